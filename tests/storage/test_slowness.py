"""A database that is slow is not away, and what nobody knows is not answered twice."""

from __future__ import annotations

import asyncio
import time

import pytest
from sqlalchemy import text

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.ports import StoreUnavailableError
from adapters.storage.address import parse_address
from adapters.storage.claims import LEASE
from adapters.storage.database import PARTS, Database
from adapters.storage.engine import NO_ANSWER
from adapters.storage.store import DatabaseStore
from tests.storage.clocks import Clock
from tests.storage.conftest import Open
from tests.storage.databases import postgres
from tests.storage.wires import QUICK, Wire

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


async def test_a_process_that_stands_still_does_not_take_that_for_a_slow_database(open_database: Open) -> None:
    database = await open_database(patience=QUICK)

    async def answer() -> str:
        for _ in range(PARTS // 2):
            time.sleep(QUICK)  # noqa: ASYNC251  # this is what it is about
            await asyncio.sleep(0)
        return "here"

    assert await database.call(answer) == "here"
    assert database.is_well


async def test_a_call_without_an_answer_does_not_make_a_database_away_that_is_well(open_database: Open) -> None:
    database = await open_database(patience=QUICK)
    for _ in range(3):
        with pytest.raises(StoreUnavailableError, match=NO_ANSWER):
            await database.call(asyncio.Event().wait)

    assert await database.look()


async def test_of_two_processes_before_a_locked_table_one_answers_once_it_is_free(clock: Clock) -> None:
    url = postgres().fresh()
    processes = [Database(parse_address(url), upgrade=True, patience=0.01) for _ in range(2)]
    assert [await database.look() for database in processes] == [True, True]
    acknowledgements = [Acknowledgement(), Acknowledgement()]
    async with processes[0].engine.connect() as other:
        await other.execution_options(isolation_level="READ COMMITTED")
        await other.execute(text("LOCK TABLE events"))
        claims = [
            asyncio.create_task(DatabaseStore(database, clock).claim("message", acknowledgement))
            for database, acknowledgement in zip(processes, acknowledgements, strict=True)
        ]
        async with asyncio.timeout(60):
            while postgres().run("postgres", WAITING).strip() != "2":  # noqa: ASYNC110  # it cannot tell us
                await asyncio.sleep(0.05)
        await other.rollback()
    won = await asyncio.gather(*claims)

    assert sorted(won) == [False, True]
    assert [acknowledgement.held for acknowledgement in acknowledgements] == [not mine for mine in won]
    for database in processes:
        await database.close()


async def test_a_message_that_comes_again_is_not_answered_without_a_claim(
    far: Database, wire: Wire, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time that the database is known to be away, the platform has been told to send the message again."""
    monkeypatch.setattr("adapters.storage.database.CHECK", QUICK)
    store = DatabaseStore(far, clock)
    wire.hold()
    over = Acknowledgement(held=True)

    assert not await store.claim("message", over)
    assert not far.is_well
    with pytest.raises(StoreUnavailableError):  # it is known now, so the next try is answered
        await store.claim("message", Acknowledgement())

    monkeypatch.undo()
    wire.release()
    assert await far.look()
    clock.now += LEASE + 1
    assert await DatabaseStore(far, clock).claim("message", Acknowledgement())


async def test_while_the_database_is_away_a_message_is_answered_when_it_comes_first_and_last(
    far: Database, wire: Wire, clock: Clock
) -> None:
    """Whoever got it before may have answered it, and only the database knows."""
    store = DatabaseStore(far, clock)
    await wire.cut()
    assert not await far.look()
    between = Acknowledgement(repeated=True)

    assert not await store.claim("message", between)
    assert between.held
    with pytest.raises(StoreUnavailableError):
        await store.claim("message", Acknowledgement())


async def test_a_message_that_comes_once_waits_no_longer_than_a_person_would(
    far: Database, wire: Wire, clock: Clock
) -> None:
    store = DatabaseStore(far, clock)
    wire.hold()

    with pytest.raises(StoreUnavailableError, match=NO_ANSWER):
        await store.claim("press")
    assert far.is_well  # not even a look has ended by then
