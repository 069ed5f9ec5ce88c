"""Brings the tables of a database up to date, or back by one step."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_310_451
"""The advisory lock of PostgreSQL that migrations hold, so that two releases at once take turns."""
OLDEST = "0003"
"""The oldest revision that the tables can go back to."""


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
