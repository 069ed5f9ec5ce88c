from __future__ import annotations

import asyncio
import os

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.conversations.ports import Feedback, Missed, UsageCount
from adapters.storage.database import Database
from adapters.storage.retention import BATCH, LOCK, Retention, Sweep, sweep
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


async def _kept(database: Database) -> list[str]:
    tables = {line.split(":")[0] for line in (await dump(database)).splitlines()}
    return sorted(tables - {"alembic_version", "facts"})


async def test_each_kind_of_record_goes_when_its_time_is_over(
    store: DatabaseStore, database: Database, clock: Clock
) -> None:
    await _fill(store, database, clock)
    kept = []
    for day in (0.5, 2, 91, 401, 801):
        await sweep(database, Retention(), clock.now + day * DAY)
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

    assert await sweep(database, Retention(), clock.now) == Sweep(removed=1)


async def test_a_claim_is_remembered_for_as_long_as_a_platform_repeats_itself(
    store: DatabaseStore, elsewhere: DatabaseStore, database: Database, clock: Clock
) -> None:
    await store.claim("event")
    await sweep(database, Retention(), clock.now + DAY - 60)

    assert not await elsewhere.claim("event")


MANY = {"sqlite": 500_000, "postgresql": 1_000_000}
FEW = {"sqlite": 3 * BATCH + 7, "postgresql": 3 * BATCH + 7}
AT_ONCE = 100_000
SERIES = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) ",
    "postgresql": "WITH n(i) AS (SELECT generate_series({first}, {last})) ",
}


async def _overflow(database: Database, clock: Clock, count: int) -> None:
    """Put in so many events of two days ago."""
    insert = f"INSERT INTO events (event, claimed_at) SELECT 'event ' || i, {clock.now - 2 * DAY} FROM n"
    statement = SERIES[database.engine.dialect.name] + insert
    for first in range(1, count + 1, AT_ONCE):
        async with database.engine.connect() as connection:
            last = min(count, first + AT_ONCE - 1)
            await connection.exec_driver_sql(statement.format(first=first, last=last))


async def overdue(database: Database, now: float) -> int:
    """Return how many records are past their time."""

    async def count(connection: AsyncConnection) -> int:
        found = 0
        for table, condition in Retention().expired(now):
            found += (await connection.execute(select(func.count()).select_from(table).where(condition))).scalar_one()
        return found

    return await database.run(count)


@pytest.mark.parametrize(
    "counts", [FEW, pytest.param(MANY, marks=pytest.mark.skipif("ADVISOR_SLOW" not in os.environ, reason="minutes"))]
)
async def test_however_much_is_overdue_it_goes_while_questions_are_answered(
    store: DatabaseStore, database: Database, clock: Clock, counts: dict[str, int]
) -> None:
    count = counts[database.engine.dialect.name]
    await _overflow(database, clock, count)
    sweeping = asyncio.create_task(sweep(database, Retention(), clock.now))
    claimed = 0
    while not sweeping.done():
        claimed += await store.claim(f"question {claimed}")
        await asyncio.sleep(0.01)

    assert await sweeping == Sweep(removed=count)
    assert claimed >= 3
    assert database.is_well
    assert await overdue(database, clock.now) == 0


async def test_what_one_sweep_cannot_remove_is_left_for_the_next_and_told(database: Database, clock: Clock) -> None:
    await _overflow(database, clock, 3 * BATCH)

    first = await sweep(database, Retention(), clock.now, longest=0)

    assert (first.removed, first.finished, first.trouble) == (BATCH, False, "there was more than one sweep can remove")
    assert await overdue(database, clock.now) == 2 * BATCH
    assert (await sweep(database, Retention(), clock.now)).finished


async def test_one_process_at_a_time_removes(database: Database, clock: Clock) -> None:
    if database.engine.dialect.name == "sqlite":
        pytest.skip("a file has one writer anyway")
    await _overflow(database, clock, 5)
    async with database.engine.connect() as other:
        await other.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
        meanwhile = await sweep(database, Retention(), clock.now)
        await other.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))

    assert meanwhile == Sweep(removed=0, finished=False)
    assert await sweep(database, Retention(), clock.now) == Sweep(removed=5)
