from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.conversations.identity import Message, Person
from adapters.conversations.ports import Feedback, StoreUnavailableError, UsageCount
from adapters.conversations.service import Conversations
from adapters.storage.address import parse_address
from adapters.storage.claims import WAITING
from adapters.storage.database import Database
from adapters.storage.outbox import KEPT
from adapters.storage.reports import Reports, UsageRow
from adapters.storage.store import DatabaseStore
from bot.context import Context
from bot.replies import Answer
from tests.storage.clocks import Clock, end
from tests.storage.databases import postgres
from tests.storage.wires import Wire
from tests.trained import TEA, trained_advisor


@pytest.fixture
async def near(tmp_path: Path) -> AsyncIterator[Database]:
    """A file."""
    database = Database(parse_address(f"sqlite:///{tmp_path}/advisor.db"), upgrade=True, patience=5)
    assert await database.look(), database.trouble
    yield database
    await database.close()


async def _fails(store: DatabaseStore, times: int = 1) -> None:
    for number in range(times):
        with pytest.raises(StoreUnavailableError):
            await store.load(f"chat {number}")


async def _away(database: Database, store: DatabaseStore) -> None:
    """Let a call fail, and wait for the look that comes of it."""
    await _fails(store)
    assert not await database.look()


async def test_a_database_that_is_away_at_start_is_used_once_it_is_there(clock: Clock) -> None:
    wire = Wire(postgres().socket)
    await wire.start()
    await wire.cut()
    name = parse_address(postgres().fresh()).url.database
    address = parse_address(f"postgres://postgres@127.0.0.1:{wire.port}/{name}?sslmode=disable")
    database = Database(address, upgrade=True, patience=5)
    store = DatabaseStore(database, clock)

    assert not await database.look()
    assert database.trouble == "connection refused"
    await store.count(UsageCount("slack", "answer", "orm"))
    await store.feedback(Feedback("ref", "slack", "orm", helpful=True, mark="mark"))
    assert not await store.flush()

    await wire.start()
    assert await database.look()
    assert await store.flush()
    assert await Reports(database, clock).tallies() == [UsageRow("2027-01-15", "slack", "answer", "orm", 1)]
    assert len(await Reports(database, clock).feedback()) == 1
    await database.close()
    await wire.cut()


async def test_a_database_that_stops_answering_is_soon_left_alone(far: Database, wire: Wire, clock: Clock) -> None:
    store = DatabaseStore(far, clock)
    wire.hold()
    await _away(far, store)
    tried = wire.connections

    await _fails(store, 200)

    assert wire.connections <= tried + 1  # by one of its own, the driver tells the server to give up the first call
    assert not far.is_well
    wire.release()
    assert await far.look()
    assert await store.load("chat") is None


async def test_a_server_that_stops_and_starts_costs_no_record(far: Database, wire: Wire, clock: Clock) -> None:
    store = DatabaseStore(far, clock)
    await store.count(UsageCount("slack", "answer", "orm"))
    assert await store.flush()
    await asyncio.to_thread(postgres().stop)
    for _ in range(5):
        await store.count(UsageCount("slack", "answer", "orm"))
        await store.flush()
    assert not await far.look()

    await asyncio.to_thread(postgres().start)

    assert await far.look(), far.trouble
    assert await store.flush()
    assert await Reports(far, clock).tallies() == [UsageRow("2027-01-15", "slack", "answer", "orm", 6)]


async def test_the_watch_notices_both_the_loss_and_the_return(far: Database, wire: Wire, clock: Clock) -> None:
    watching = asyncio.create_task(far.watch())
    store = DatabaseStore(far, clock)
    await wire.cut()
    await _away(far, store)

    await wire.start()
    async with asyncio.timeout(60):
        while not far.is_well:  # noqa: ASYNC110  # there is nothing to wait on from outside
            await asyncio.sleep(0.05)
    await end(watching)


async def test_nothing_piles_up_while_the_database_is_away(far: Database, wire: Wire, clock: Clock) -> None:
    store = DatabaseStore(far, clock)
    await wire.cut()
    await _away(far, store)
    for number in range(KEPT + 500):
        await store.save(f"chat {number}", Context(topic="orm"), "mark")
        await store.count(UsageCount("slack", "answer", f"topic {number % 50}"))
        if number % 1000 == 0:
            await store.flush()
    await store.flush()

    assert store.waiting <= KEPT + 50
    assert await store.load(f"chat {KEPT + 499}") == Context(topic="orm")


async def test_callers_beyond_what_may_wait_are_turned_away_at_once(far: Database, wire: Wire, clock: Clock) -> None:
    store = DatabaseStore(far, clock)
    wire.hold()
    callers = [asyncio.create_task(store.load(f"chat {number}")) for number in range(2 * WAITING)]
    outcomes = await asyncio.gather(*callers, return_exceptions=True)

    assert all(isinstance(outcome, StoreUnavailableError) for outcome in outcomes)
    assert "too many callers wait" in {str(outcome) for outcome in outcomes}


async def test_questions_are_answered_and_repeats_still_known_while_the_database_is_away(
    far: Database, wire: Wire, clock: Clock
) -> None:
    advisor = trained_advisor(TEA)
    store = DatabaseStore(far, clock)
    conversations = Conversations(lambda: advisor, store=store)
    await wire.cut()
    asked = Message(Person("slack", "T1", "U1"), "C1", "how much caffeine is in coffee?", event="C1:1")

    first, again = await conversations.ask(asked), await conversations.ask(asked)

    assert first is not None
    assert isinstance(first.reply, Answer)
    assert again is None


async def test_what_is_said_while_the_database_is_away_is_followed_up(far: Database, wire: Wire, clock: Clock) -> None:
    store = DatabaseStore(far, clock)
    await wire.cut()
    await _away(far, store)
    await store.save("chat", Context(topic="orm"), "mark")
    await store.flush()

    assert await store.load("chat") == Context(topic="orm")


async def test_forgetting_is_not_claimed_while_the_database_is_away(far: Database, wire: Wire, clock: Clock) -> None:
    store = DatabaseStore(far, clock)
    await wire.cut()

    with pytest.raises(StoreUnavailableError):
        await store.forget("mark")


async def test_a_full_disk_is_said_in_words_and_costs_no_record(near: Database, clock: Clock) -> None:
    store = DatabaseStore(near, clock)
    async with near.engine.connect() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar()
        await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    for number in range(300):
        await store.save(f"chat {number}", Context(topic="orm", suggested=("a",) * 30), "mark")

    assert not await store.flush()
    assert not await store.flush()
    assert near.trouble == "the disk is full"
    assert await store.load("chat 1") == Context(topic="orm", suggested=("a",) * 30)

    async with near.engine.connect() as connection:
        await connection.execute(text("PRAGMA max_page_count = 100000"))
    assert await near.look()
    assert await store.flush()
    assert store.waiting == 0


async def test_a_file_that_somebody_else_locks_is_used_again_afterwards(
    near: Database, clock: Clock, tmp_path: Path
) -> None:
    store = DatabaseStore(near, clock)
    other = sqlite3.connect(tmp_path / "advisor.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreUnavailableError, match="locked by another process"):
        await store.claim("event")
    other.execute("ROLLBACK")
    other.close()
    assert await near.look()

    assert await store.claim("another event")


@pytest.mark.parametrize(
    "content", [b"this is no database, it only has the name of one", b"SQLite format 3\0" + b"x" * 5000]
)
async def test_a_damaged_file_is_said_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "advisor.db").write_bytes(content)
    database = Database(parse_address(f"sqlite:///{tmp_path}/advisor.db"), upgrade=True)

    assert not await database.look()
    assert database.trouble in ("the file is not a database", "the file is damaged")
    await database.close()
    await asyncio.sleep(0.1)  # the library's thread takes its leave a little later


async def test_a_file_that_is_taken_away_is_missed_and_used_when_it_is_back(near: Database, tmp_path: Path) -> None:
    kept = (tmp_path / "advisor.db").rename(tmp_path / "away")

    assert not await near.look()
    assert near.trouble == "the file cannot be opened"
    kept.rename(tmp_path / "advisor.db")
    assert await near.look()


async def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    database = Database(parse_address(f"sqlite:///{tmp_path}/file/advisor.db"), upgrade=True)

    assert not await database.look()
    assert database.trouble == "the file cannot be opened"
    await asyncio.sleep(0.1)  # the same


async def test_tables_of_another_release_are_said_in_words(url: str) -> None:
    database = Database(parse_address(url), upgrade=False, patience=5)

    assert not await database.look()
    assert database.trouble == "the tables are at revision none and must be at 0006: run `advisor db upgrade`"
    await database.close()


async def test_a_clock_that_jumps_back_keeps_conversations(near: Database, clock: Clock) -> None:
    store = DatabaseStore(near, clock)
    await store.save("chat", Context(topic="orm"), "mark")
    await store.flush()
    clock.now -= 400 * 86_400

    assert await store.load("chat") == Context(topic="orm")
    assert not await _claimed_twice(store)


async def _claimed_twice(store: DatabaseStore) -> bool:
    return await store.claim(os.urandom(4).hex()) and await store.claim("same") and await store.claim("same")


async def test_no_call_outlives_the_connections_that_are_closed(url: str) -> None:
    """A call that was cut off from its connection would never end, and a loop that waits for it neither."""
    database = Database(parse_address(url), upgrade=True)
    assert await database.look(), database.trouble
    before = asyncio.all_tasks()

    async def ask() -> None:
        async with database.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
            await asyncio.Event().wait()

    async def late() -> None:
        with pytest.raises(StoreUnavailableError):
            await database.call(ask, patience=0.01)

    await asyncio.gather(*(late() for _ in range(4)))
    await database.close()

    assert asyncio.all_tasks() == before
