from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from adapters.storage import database_url, migrator
from adapters.storage.database import Database
from adapters.storage.migrating_apart import upgrade_apart

ROOT = Path(__file__).parents[2]
FIRST_START = """
import asyncio, sys
from adapters.service.composition import open_database
from adapters.service.settings import Settings

async def start():
    database = open_database(Settings(_env_file=None), upgrade=True)
    print(await database.look(), database.trouble, "alembic" in sys.modules, sep="|")
    await database.close()

asyncio.run(start())
"""


def _opened(url: str) -> Database:
    return Database(database_url.parse(url), upgrade=True, migrate=lambda: upgrade_apart(url), patience=5)


async def test_a_service_that_makes_its_tables_keeps_nothing_of_alembic(url: str) -> None:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", FIRST_START),
        env={**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await child.communicate()

    assert said.decode() == "True||False\n"


async def test_earlier_tables_are_brought_up_to_date(url: str) -> None:
    database = _opened(url)
    await migrator.upgrade(database.engine, "0002")

    assert await database.look(), database.trouble
    async with database.engine.connect() as connection:
        assert await migrator.revision(connection) == migrator.newest()
    await database.close()


async def test_what_another_process_met_is_said_in_words_and_tried_again(tmp_path: Path) -> None:
    database = _opened(f"sqlite:///{tmp_path}/advisor.db")
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


async def test_a_look_that_is_given_up_leaves_no_process_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(_sleeper(tmp_path)))
    database = _opened(f"sqlite:///{tmp_path}/advisor.db")
    looking = asyncio.create_task(database.look())
    while not (tmp_path / "pid").exists():  # noqa: ASYNC110  # it cannot tell us
        await asyncio.sleep(0.02)
    looking.cancel()
    await asyncio.wait([looking])

    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
    await database.close()


def _sleeper(folder: Path) -> Path:
    """Return a program that says who it is and does not end."""
    program = folder / "sleeper"
    program.write_text(f"#!/bin/sh\necho $$ > {folder}/pid.new; mv {folder}/pid.new {folder}/pid; exec sleep 60\n")
    program.chmod(0o755)
    return program
