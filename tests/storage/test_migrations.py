from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, inspect, text

from adapters.conversations.ports import Missed
from adapters.storage import migrator, tables
from adapters.storage.address import parse_address
from adapters.storage.database import Database
from adapters.storage.encryption import TokenEncryption
from adapters.storage.engine import make_engine
from adapters.storage.store import DatabaseStore
from adapters.storage.tables import bots_table, installations_table
from bot.context import Context
from tests.storage.clocks import Clock
from tests.storage.conftest import Open

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")


def _expected() -> MetaData:
    together = MetaData()
    for table in tables.metadata.tables.values():
        table.to_metadata(together)
    bots_table(together, TokenEncryption())
    installations_table(together, TokenEncryption())
    return together


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
    return list(compare_metadata(context, _expected()))


def _is_ours(_thing: object, name: str, kind: str, *_more: object) -> bool:
    return not (kind == "table" and name == "slack_oauth_states")  # Slack's table lacks our index


async def test_an_empty_database_gets_the_tables_that_the_program_expects(url: str) -> None:
    engine = make_engine(parse_address(url))

    assert await migrator.upgrade(engine) == REVISIONS[-1] == migrator.newest()

    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


@pytest.mark.parametrize("earlier", REVISIONS)
async def test_every_earlier_database_is_brought_up_to_date_with_its_records(
    url: str, earlier: str, open_database: Open, clock: Clock
) -> None:
    engine = make_engine(parse_address(url))
    await migrator.upgrade(engine, earlier)
    async with engine.connect() as connection:
        await connection.execute(text("INSERT INTO tallies VALUES ('2026-01-01', 'slack', 'answer', 'orm', 7)"))
    await engine.dispose()

    database = await open_database()

    async with database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count FROM tallies"))).scalar() == 7
        assert await connection.run_sync(_differences) == []
    store = DatabaseStore(database, clock)
    await store.save("here", Context(topic="orm"), "mark")
    assert await store.flush()


async def test_releases_that_start_together_take_turns(url: str) -> None:
    engines = [make_engine(parse_address(url)) for _ in range(3)]
    if not parse_address(url).is_sqlite:
        assert await asyncio.gather(*map(migrator.upgrade, engines)) == [REVISIONS[-1]] * 3
    else:
        for engine in engines:
            assert await migrator.upgrade(engine) == REVISIONS[-1]
    for engine in engines:
        await engine.dispose()


async def test_a_migration_that_fails_leaves_the_database_as_it_was(url: str) -> None:
    engine = make_engine(parse_address(url))
    await migrator.upgrade(engine, "0001")
    async with engine.connect() as connection:
        await connection.execute(text("CREATE TABLE slack_oauth_states (mine integer)"))  # in the way of 0002

    with pytest.raises(Exception, match="slack_oauth_states"):
        await migrator.upgrade(engine)

    async with engine.connect() as connection:
        assert await migrator.revision(connection) == "0001"
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert "slack_bots" not in names
    await engine.dispose()


async def test_tables_of_a_later_release_are_left_alone_and_used(url: str, open_database: Open) -> None:
    engine = make_engine(parse_address(url))
    await migrator.upgrade(engine)
    async with engine.connect() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert await migrator.upgrade(engine) == "9999"
    assert (await open_database()).is_well
    await engine.dispose()


async def test_the_tables_go_back_by_a_step_and_up_again_with_their_records(
    url: str, open_database: Open, clock: Clock
) -> None:
    database = await open_database()
    store = DatabaseStore(database, clock)
    await store.missed(Missed("ref", "slack", "why", "unknown", (), "slack/T1"))
    assert await store.flush()
    engine = make_engine(parse_address(url))

    assert await migrator.downgrade(engine) == "0005"
    async with engine.connect() as connection:
        columns = await connection.run_sync(lambda sync: inspect(sync).get_columns("missed"))
        assert (await connection.execute(text("SELECT text FROM missed"))).scalar() == "why"
    assert "workspace" not in {column["name"] for column in columns}

    assert await migrator.downgrade(engine) == "0004"
    assert await migrator.downgrade(engine) == "0003"
    with pytest.raises(migrator.NoWayBackError, match="at revision 0003"):
        await migrator.downgrade(engine)
    assert await migrator.upgrade(engine) == migrator.newest()
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
        assert (await connection.execute(text("SELECT text FROM missed"))).scalar() == "why"
    await engine.dispose()


async def test_tables_of_a_later_release_are_not_taken_back(url: str) -> None:
    engine = make_engine(parse_address(url))
    await migrator.upgrade(engine)
    async with engine.connect() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(migrator.NoWayBackError, match="later release"):
        await migrator.downgrade(engine)
    await engine.dispose()


async def test_the_first_look_brings_earlier_tables_up_to_date(url: str) -> None:
    database = Database(parse_address(url), upgrade=True, patience=5)
    await migrator.upgrade(database.engine, "0002")

    assert await database.look(), database.trouble
    async with database.engine.connect() as connection:
        assert await migrator.revision(connection) == migrator.newest()
    await database.close()


async def test_what_another_process_does_is_said_in_words_and_tried_again(tmp_path: Path) -> None:
    database = Database(parse_address(f"sqlite:///{tmp_path}/advisor.db"), upgrade=True)
    await database.engine.dispose()
    other = sqlite3.connect(tmp_path / "advisor.db", isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")

    assert not await database.look()
    assert database.trouble == "locked by another process"

    other.execute("ROLLBACK")
    assert await database.look(), database.trouble
    other.close()
    await database.close()
