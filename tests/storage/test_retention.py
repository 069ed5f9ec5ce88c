from __future__ import annotations

from adapters.conversations.ports import Feedback, Missed, UsageCount
from adapters.storage.database import Database
from adapters.storage.retention import Retention, remove_expired
from adapters.storage.slack_installations.states import StateStore
from adapters.storage.store import DatabaseStore
from bot.context import Context
from tests.storage.clocks import Clock
from tests.storage.conftest import dump

DAY = 86_400


async def _fill(store: DatabaseStore, database: Database, clock: Clock) -> None:
    await store.claim("event")
    await store.save("here", Context(topic="orm"), "mark")
    await store.missed(Missed("ref", "slack", "text", "unknown", ()))
    await store.chosen("ref", "orm")
    await store.feedback(Feedback("ref", "slack", "orm", helpful=True, mark="mark"))
    await store.count(UsageCount("slack", "answer", "orm"))
    await store.flush()
    await StateStore(database, clock).async_issue()


async def _kept(database: Database) -> list[str]:
    tables = {line.split(":")[0] for line in (await dump(database)).splitlines()}
    return sorted(tables - {"alembic_version", "facts"})


async def test_each_kind_of_record_goes_when_its_time_is_over(
    store: DatabaseStore, database: Database, clock: Clock
) -> None:
    await _fill(store, database, clock)
    kept = []
    for day in (0.5, 2, 91, 401, 801):
        await remove_expired(database, Retention(), clock.now + day * DAY)
        kept.append(await _kept(database))

    assert kept == [
        ["choices", "contexts", "events", "feedback", "missed", "tallies"],
        ["choices", "feedback", "missed", "tallies"],
        ["feedback", "tallies"],
        ["tallies"],
        [],
    ]


async def test_a_context_that_a_wrong_clock_dated_far_ahead_goes_too(
    store: DatabaseStore, database: Database, clock: Clock
) -> None:
    clock.now += 1000 * DAY
    await store.save("here", Context(topic="orm"), "mark")
    await store.flush()
    clock.now -= 1000 * DAY

    assert await remove_expired(database, Retention(), clock.now) == 1


async def test_a_claim_is_remembered_for_as_long_as_a_platform_repeats_itself(
    store: DatabaseStore, elsewhere: DatabaseStore, database: Database, clock: Clock
) -> None:
    await store.claim("event")
    await remove_expired(database, Retention(), clock.now + DAY - 60)

    assert not await elsewhere.claim("event")
