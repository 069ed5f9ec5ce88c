"""A file is copied to PostgreSQL, or the other way round, with everything in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from slack_sdk.oauth.installation_store import Installation

from adapters.conversations.ports import Feedback, Missed, UsageCount
from adapters.storage.address import parse_address
from adapters.storage.database import Database
from adapters.storage.encryption import TokenEncryption, new_key
from adapters.storage.installations import InstallationStore
from adapters.storage.store import DatabaseStore
from adapters.storage.transfer import NotEmptyError, copy
from bot.context import Context
from tests.storage.clocks import Clock
from tests.storage.databases import postgres

KEY = new_key()


async def _opened(url: str) -> Database:
    database = Database(parse_address(url), upgrade=True, patience=10)
    assert await database.look(), database.trouble
    return database


async def _fill(database: Database, clock: Clock) -> None:
    store = DatabaseStore(database, clock)
    await store.claim("event")
    await store.save("chat", Context(topic="orm"), "mark")
    await store.missed(Missed("ref", "slack", "text", "unknown", ("orm",)))
    await store.chosen("ref", "orm")
    await store.feedback(Feedback("ref", "slack", "orm", helpful=True, mark="mark"))
    for number in range(1_500):
        await store.count(UsageCount("slack", "answer", f"topic {number:04}"))
    assert await store.flush()
    await _installations(database, clock).async_save(
        Installation(app_id="A1", team_id="T1", user_id="U1", bot_token="xoxb-1", bot_id="B1", bot_user_id="UB")
    )


def _installations(database: Database, clock: Clock) -> InstallationStore:
    return InstallationStore("client", database, TokenEncryption([KEY]), clock)


@pytest.mark.parametrize("direction", ["to PostgreSQL", "to a file"])
async def test_everything_is_copied_and_goes_on_there(tmp_path: Path, clock: Clock, direction: str) -> None:
    urls = [f"sqlite:///{tmp_path}/advisor.db", postgres().fresh()]
    source, target = [await _opened(url) for url in (urls if direction == "to PostgreSQL" else reversed(urls))]
    await _fill(source, clock)

    copied = await copy(source, target)

    assert copied["tallies"] == 1_500
    assert copied["slack_bots"] == copied["slack_installations"] == copied["contexts"] == copied["events"] == 1
    there = DatabaseStore(target, clock)
    assert await there.load("chat") == Context(topic="orm")
    assert not await there.claim("event")
    bot = await _installations(target, clock).async_find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    assert bot.bot_token == "xoxb-1"
    await _installations(target, clock).async_save(
        Installation(app_id="A1", team_id="T2", user_id="U2", bot_token="xoxb-2", bot_id="B1", bot_user_id="UB")
    )
    with pytest.raises(NotEmptyError):
        await copy(source, target)
    await source.close()
    await target.close()
