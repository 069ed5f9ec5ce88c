"""Brings the tables of a database up to date, back by one step, or with all that they hold into another database."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, CursorResult, Integer, MetaData, Select, Table, Text, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.storage.encryption import TokenEncryption
from adapters.storage.tables import SECRET, bots_table, installations_table, metadata

if TYPE_CHECKING:
    from adapters.storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_310_451
"""The advisory lock of PostgreSQL that migrations hold, so that two releases at once take turns."""
OLDEST = "0003"
"""The oldest revision that the tables can go back to."""
BATCH = 1_000
"""Rows that are read and written at once."""
LONGEST = 3_600.0
"""Seconds that copying may take."""


def newest() -> str:
    """Return the revision that this program needs."""
    return max(file.name[1:5] for file in MIGRATIONS.glob("versions/r*.py"))


async def revision(connection: AsyncConnection) -> str:
    """Return the revision that the database has; "" where it is empty."""
    if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
        return ""
    return (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar() or ""


async def upgrade(engine: AsyncEngine, to: str = "head") -> str:
    """Migrate to a revision, all or nothing, and return what the tables are at then.

    Does nothing where that is reached already, nor where a later release has gone further: its tables serve us, too.
    """
    level = "SERIALIZABLE" if engine.dialect.name == "sqlite" else "READ COMMITTED"
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level=level)
        await _lock(connection)
        if to != "head" or await revision(connection) < newest():
            await connection.run_sync(_run, to)
        await connection.commit()
        return await revision(connection)


class NoWayBackError(Exception):
    """The tables cannot go back by a step: it would throw away whole tables with their records."""


async def downgrade(engine: AsyncEngine) -> str:
    """Go back by one revision, all or nothing, and return what the tables are at then.

    Raises:
        NoWayBackError: the step would take tables away, or a later release made the tables.
    """
    level = "SERIALIZABLE" if engine.dialect.name == "sqlite" else "READ COMMITTED"
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level=level)
        await _lock(connection)
        found = await revision(connection)
        if found <= OLDEST:
            raise NoWayBackError(f"the tables are at revision {found or 'none'}, and earlier ones lack whole tables")
        if found > newest():
            raise NoWayBackError(f"a later release made the tables (revision {found}): only that release knows the way")
        await connection.run_sync(_run, "-1")
        await connection.commit()
        return await revision(connection)


async def _lock(connection: AsyncConnection) -> None:
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SET LOCAL statement_timeout = 0"))
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    else:
        await connection.exec_driver_sql("BEGIN IMMEDIATE")


def _run(connection: Connection, to: str) -> None:
    from alembic import command  # only where it has something to do: it is not small
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    (command.downgrade if to == "-1" else command.upgrade)(config, to)


class NotEmptyError(Exception):
    """The database to copy to already holds records; nothing was copied."""


async def copy(source: Database, target: Database) -> dict[str, int]:
    """Copy all records, tokens as they are sealed; return how many of each table.

    All or nothing: what fails half-way leaves the target empty.

    Raises:
        NotEmptyError: the target holds records.
        StoreUnavailableError: one of them is away.
        RejectedError: the target does not take a record.
    """

    async def write(connection: AsyncConnection) -> dict[str, int]:
        for table in _tables():
            if table.name != "facts" and (await connection.execute(select(func.count()).select_from(table))).scalar():
                raise NotEmptyError(f"the table {table.name} already holds records")
        return {table.name: await _copy(source, connection, table) for table in _tables()}

    return await target.run(write, transaction=True, patience=LONGEST)


async def _copy(source: Database, target: AsyncConnection, table: Table) -> int:
    """Copy one table; return how many rows that were."""
    keys, copied = list(table.primary_key), 0
    if table.name == "facts":  # the target made some of its own when its tables were made
        await target.execute(table.delete())
    while True:
        page = select(table).order_by(*keys).offset(copied).limit(BATCH)
        rows = [dict(row) for row in (await source.run(partial(_execute, page=page), patience=60)).mappings()]
        if rows:
            await target.execute(table.insert(), rows)
        copied += len(rows)
        if len(rows) < BATCH:
            break
    if copied and target.dialect.name == "postgresql" and isinstance(keys[0].type, Integer):
        await target.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))")  # noqa: S608  # our own names
        )
    return copied


async def _execute(connection: AsyncConnection, page: Select[Any]) -> CursorResult[Any]:
    result: CursorResult[Any] = await connection.execute(page)
    return result


def _tables() -> list[Table]:
    """Return all tables, those with tokens without opening them."""
    together = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(together)
    for table in (bots_table(together, TokenEncryption()), installations_table(together, TokenEncryption())):
        for column in table.c:
            if column.name in SECRET:
                column.type = Text()  # sealed as it is: no key is needed
    return list(together.tables.values())
