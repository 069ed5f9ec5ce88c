from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from adapters.storage.address import parse_address
from adapters.storage.database import Database
from adapters.storage.store import DatabaseStore
from tests.storage.clocks import Clock
from tests.storage.databases import postgres
from tests.storage.wires import QUICK, Wire, through, wired

Open = Callable[..., Awaitable[Database]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of either kind."""
    return f"sqlite:///{tmp_path}/advisor.db" if request.param == "sqlite" else postgres().fresh()


@pytest.fixture
async def open_database(url: str) -> AsyncIterator[Open]:
    """Opens the test's database as one more process would."""
    opened: list[Database] = []

    async def opening(**options: Any) -> Database:
        database = Database(parse_address(url), upgrade=True, **{"patience": 10, **options})
        opened.append(database)
        assert await database.look(), database.trouble
        return database

    yield opening
    for database in opened:
        await database.close()


@pytest.fixture
async def database(open_database: Open) -> Database:
    return await open_database()


@pytest.fixture
async def store(database: Database, clock: Clock) -> DatabaseStore:
    return DatabaseStore(database, clock)


@pytest.fixture
async def elsewhere(open_database: Open, clock: Clock) -> DatabaseStore:
    """The store of another process on the same database."""
    return DatabaseStore(await open_database(), clock)


async def dump(database: Database) -> str:
    """Return everything that the database holds, as text."""
    listing = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
        "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    }
    found = []
    async with database.engine.connect() as connection:
        tables = (await connection.execute(text(listing[database.engine.dialect.name]))).scalars().all()
        for table in tables:
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            found.extend(f"{table}: {tuple(row)}" for row in rows)
    return "\n".join(found)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with wired() as made:
        yield made


@pytest.fixture
async def far(wire: Wire) -> AsyncIterator[Database]:
    """A PostgreSQL at the other end of the wire."""
    database = Database(parse_address(through(wire)), upgrade=True, patience=QUICK)
    assert await database.look(), database.trouble
    yield database
    await database.close()
