from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from adapters.conversations.identity import Person
from adapters.service.background_tasks import FIRST_LOOK, JUMP, first_look, remove_expired_forever
from adapters.service.bootstrap import Service, compose, provisional_pseudonyms, settled_pseudonyms
from adapters.storage import migrator
from adapters.storage.address import parse_address
from adapters.storage.database import Database
from tests.service.running import settings
from tests.storage.clocks import end
from tests.storage.databases import postgres

SOMEBODY = Person("slack", "T1", "U1")


async def _service(tmp_path: Path, **given: Any) -> Service:
    service = compose(settings(**{"database_url": f"sqlite:///{tmp_path}/advisor.db", **given}), upgrade=True)
    assert await service.database.look()
    return service


async def test_all_processes_make_the_same_marks_without_a_secret(tmp_path: Path) -> None:
    url = postgres().fresh()
    one = await _service(tmp_path, database_url=url, discord_token="of-the-worker")
    two = await _service(tmp_path, database_url=url, slack_bot_token="xoxb-1", slack_signing_secret="of-the-web")

    pseudonyms = [(await settled_pseudonyms(each.settings, each.database)).of(SOMEBODY) for each in (one, two, one)]

    assert len(set(pseudonyms)) == 1
    for each in (one, two):
        await each.database.close()


async def test_a_secret_in_the_settings_makes_the_marks_and_never_reaches_the_database(tmp_path: Path) -> None:
    service = await _service(tmp_path, secret="a secret of many letters")

    pseudonyms = await settled_pseudonyms(service.settings, service.database)

    assert pseudonyms.of(SOMEBODY) == provisional_pseudonyms(service.settings).of(SOMEBODY)
    await service.database.close()
    assert b"marks-key" not in (tmp_path / "advisor.db").read_bytes()


async def test_nothing_is_removed_right_after_the_clock_has_jumped(tmp_path: Path) -> None:
    service = await _service(tmp_path)
    await service.store.claim("event")
    times = iter([0.0, JUMP * 1000, JUMP * 1000])

    removing = asyncio.create_task(remove_expired_forever(service, lambda: next(times, JUMP * 1000), lambda: 0.0))
    await asyncio.sleep(0.3)
    await end(removing)

    assert not await service.store.claim("event")
    await service.database.close()


async def test_a_start_waits_for_tables_that_are_being_made(tmp_path: Path) -> None:
    async def slowly() -> None:
        await asyncio.sleep(FIRST_LOOK + 0.5)
        await migrator.upgrade(database.engine)

    database = Database(parse_address(f"sqlite:///{tmp_path}/slow.db"), upgrade=True, migrate=slowly, patience=5)
    service = await _service(tmp_path)
    watching = asyncio.create_task(database.watch())
    await first_look(replace(service, database=database))

    assert database.is_well, database.trouble
    await end(watching)
    await database.close()
    await service.database.close()
