from __future__ import annotations

import asyncio

import pytest

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.ports import Feedback, Missed, UsageCount, WorkspaceSettings
from adapters.storage.claims import LEASE
from adapters.storage.database import Database
from adapters.storage.reports import Reports, UsageRow
from adapters.storage.store import DatabaseStore
from bot.context import Context
from tests.storage.clocks import Clock, end
from tests.storage.conftest import Open, dump

DAY = 86_400


async def test_an_event_is_claimed_once_among_all_processes(store: DatabaseStore, elsewhere: DatabaseStore) -> None:
    assert await store.claim("message 1")
    assert not await elsewhere.claim("message 1")
    assert not await store.claim("message 1")
    assert await elsewhere.claim("message 2")


async def test_of_many_simultaneous_claims_one_wins(store: DatabaseStore, elsewhere: DatabaseStore) -> None:
    claims = [each.claim(f"message {number}") for number in range(50) for each in (store, elsewhere, store)]

    won = await asyncio.gather(*claims)

    assert [sum(won[start : start + 3]) for start in range(0, 150, 3)] == [1] * 50


async def test_a_conversation_begun_on_one_process_goes_on_on_another(
    store: DatabaseStore, elsewhere: DatabaseStore
) -> None:
    context = Context(topic="orm", side="both", suggested=("routing", "forms"), guide="abc.def")
    await store.save("slack/T1/C1", context, "mark")
    await store.flush()

    assert await elsewhere.load("slack/T1/C1") == context
    assert await elsewhere.load("slack/T1/C2") is None


async def test_what_admins_choose_holds_in_all_processes_until_it_is_forgotten(
    store: DatabaseStore, elsewhere: DatabaseStore
) -> None:
    chosen = WorkspaceSettings(("C1", "C2"), "C3", threads=True)
    before = await elsewhere.workspace_settings("slack/T1")
    await store.keep_workspace_settings("slack/T1", WorkspaceSettings(("C9",)))
    await store.keep_workspace_settings("slack/T1", chosen)
    kept, of_another = await elsewhere.workspace_settings("slack/T1"), await elsewhere.workspace_settings("slack/T2")
    await elsewhere.forget_workspace("slack/T1")

    assert (before, kept, of_another) == (WorkspaceSettings(), chosen, WorkspaceSettings())
    assert await store.workspace_settings("slack/T1") == WorkspaceSettings()


async def test_what_was_just_said_is_known_before_it_is_written(store: DatabaseStore) -> None:
    await store.save("here", Context(topic="orm"), "mark")
    assert await store.load("here") == Context(topic="orm")

    await store.flush()
    await store.save("here", Context(topic="forms"), "mark")
    assert await store.load("here") == Context(topic="forms")


async def test_what_is_being_written_is_known_meanwhile(store: DatabaseStore) -> None:
    await store.save("here", Context(topic="orm"), "mark")
    writing = asyncio.create_task(store.flush())
    await asyncio.sleep(0)

    assert await store.load("here") == Context(topic="orm")
    assert await writing


async def test_a_conversation_is_forgotten_after_a_day(store: DatabaseStore, clock: Clock) -> None:
    await store.save("here", Context(topic="orm"), "mark")
    await store.flush()

    clock.now += DAY - 1
    assert await store.load("here") == Context(topic="orm")
    clock.now += 2
    assert await store.load("here") is None


async def test_counts_of_all_processes_add_up(
    store: DatabaseStore, elsewhere: DatabaseStore, database: Database, clock: Clock
) -> None:
    for each in (store, store, elsewhere):
        await each.count(UsageCount("slack", "answer", "orm"))
    await store.count(UsageCount("discord", "unknown"))
    await store.flush()
    await elsewhere.flush()
    await store.count(UsageCount("slack", "answer", "orm"))
    await store.flush()

    assert await Reports(database, clock).tallies() == [
        UsageRow("2027-01-15", "discord", "unknown", "", 1),
        UsageRow("2027-01-15", "slack", "answer", "orm", 4),
    ]


async def test_a_second_word_on_a_reply_replaces_the_first(
    store: DatabaseStore, elsewhere: DatabaseStore, database: Database, clock: Clock
) -> None:
    await store.feedback(Feedback("ref", "slack", "orm", helpful=True, mark="a"))
    await store.flush()
    await elsewhere.feedback(Feedback("ref", "slack", "orm", helpful=False, mark="a"))
    await elsewhere.feedback(Feedback("ref", "slack", "orm", helpful=True, mark="b"))
    await elsewhere.flush()

    assert sorted(word.helpful for word in await Reports(database, clock).feedback()) == [False, True]


async def test_forgetting_a_person_removes_their_records_and_nobody_elses(
    store: DatabaseStore, elsewhere: DatabaseStore, database: Database, clock: Clock
) -> None:
    for mark in ("mine", "yours"):
        await store.save(f"chat of {mark}", Context(topic="orm"), mark)
        await store.feedback(Feedback("ref", "slack", "orm", helpful=True, mark=mark))
    await store.flush()
    await elsewhere.save("not written yet", Context(topic="orm"), "mine")

    assert await elsewhere.forget("mine") == 3
    await elsewhere.flush()

    assert "mine" not in await dump(database)
    assert await elsewhere.load("chat of mine") is None
    assert await elsewhere.load("not written yet") is None
    assert await store.load("chat of yours") == Context(topic="orm")
    assert len(await Reports(database, clock).feedback()) == 1


async def test_a_write_under_way_does_not_bring_back_what_is_forgotten(store: DatabaseStore) -> None:
    await store.save("chat", Context(topic="orm"), "mine")
    writing = asyncio.create_task(store.flush())
    await asyncio.sleep(0)

    await store.forget("mine")
    await writing
    await store.flush()

    assert await store.load("chat") is None


async def test_ids_of_channels_messages_and_people_are_not_stored(store: DatabaseStore, database: Database) -> None:
    await store.claim("slack:T0AAAAA:C0BBBBB:1700000000.000100")
    await store.save("slack/T0AAAAA/C0BBBBB:1700000000.000100", Context(topic="orm"), "mark")
    await store.count(UsageCount("slack", "answer", "orm"))
    await store.flush()

    stored = await dump(database)
    assert "orm" in stored
    assert not [trace for trace in ("T0AAAAA", "C0BBBBB", "1700000000.000100") if trace in stored]


async def test_text_that_a_database_cannot_hold_is_held_without_that(
    store: DatabaseStore, database: Database, clock: Clock
) -> None:
    await store.missed(Missed("ref", "slack", "what\0 is \U0001f40d \udcff?", "unknown", ("orm",)))
    assert await store.flush()

    assert [question.text for question in await Reports(database, clock).missed()] == ["what is \U0001f40d ?"]


async def test_what_a_database_will_never_take_does_not_hold_up_the_rest(store: DatabaseStore) -> None:
    await store.missed(Missed("ref" * 40, "a platform with far too long a name" * 9, "?", "unknown", ()))
    await store.flush()
    await store.save("here", Context(topic="orm"), "mark")

    assert await store.flush()
    assert store.waiting == 0
    assert await store.load("here") == Context(topic="orm")


async def test_writes_go_out_by_themselves(store: DatabaseStore, elsewhere: DatabaseStore) -> None:
    flushing = asyncio.create_task(store.flush_forever())
    await store.save("here", Context(topic="orm"), "mark")

    async with asyncio.timeout(60):
        while await elsewhere.load("here") is None:  # noqa: ASYNC110  # another process has no way to tell us
            await asyncio.sleep(0.05)
    await end(flushing)


async def test_an_event_whose_process_died_is_taken_over_once(
    store: DatabaseStore, elsewhere: DatabaseStore, open_database: Open, clock: Clock
) -> None:
    third = DatabaseStore(await open_database(), clock)
    assert await store.claim("message")

    clock.now += LEASE - 1
    assert not await elsewhere.claim("message")
    clock.now += 2
    assert await elsewhere.claim("message")
    assert not await third.claim("message")


async def test_an_answered_event_is_never_taken_over(
    store: DatabaseStore, elsewhere: DatabaseStore, clock: Clock
) -> None:
    assert await store.claim("message")
    await store.answered("message")

    clock.now += 10 * LEASE
    assert not await elsewhere.claim("message")
    assert not await store.claim("message")


@pytest.mark.parametrize("answered", [False, True])
async def test_a_repeat_is_acknowledged_only_when_it_has_been_answered(
    store: DatabaseStore, elsewhere: DatabaseStore, answered: bool
) -> None:
    await store.claim("message")
    if answered:
        await store.answered("message")

    for process in (store, elsewhere):
        acknowledgement = Acknowledgement()
        assert not await process.claim("message", acknowledgement)
        assert await acknowledgement.settled(1) is answered


async def test_a_record_that_the_database_refuses_takes_no_other_along(
    store: DatabaseStore, database: Database, clock: Clock
) -> None:
    for number in range(20):
        await store.save(f"chat {number}", Context(topic="orm"), "mark")
        await store.count(UsageCount("slack", "answer", f"topic {number}"))
    await store.feedback(Feedback("ref", "a platform with too long a name", "orm", helpful=True, mark="mark"))
    refused = database.engine.dialect.name == "postgresql"  # SQLite takes any length

    assert await store.flush()

    assert store.rejected == int(refused)
    assert len(await Reports(database, clock).tallies()) == 20
    assert len(await Reports(database, clock).feedback()) == int(not refused)


async def test_an_answer_given_while_the_database_was_away_is_known_afterwards(
    store: DatabaseStore, elsewhere: DatabaseStore
) -> None:
    """Nobody could claim the event; a process that gets it once more must not answer again."""
    await store.answered("event")
    await store.flush()

    assert not await elsewhere.claim("event")
