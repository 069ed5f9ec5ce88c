"""What `advisor doctor` says of Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from adapters.discord.client import sync
from adapters.service.platforms.discord import DISCORD, DiscordSettings, check_token
from tests.discord.conftest import config
from tests.discord.standin import GUILD, TOKEN, Discord


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as opened:
        yield opened


async def test_commands_that_are_not_registered_yet_are_no_mistake(discord: Discord, session: ClientSession) -> None:
    before = await check_token(session, discord.api, TOKEN)
    await sync(config(discord))
    after = await check_token(session, discord.api, TOKEN)

    assert before.well
    assert before.words == (
        "known to Discord, as advisor, in 1 server. Its commands are not registered yet; `advisor serve` does that."
    )
    assert after.words == "known to Discord, as advisor, in 1 server."


async def test_a_bot_that_nobody_can_invite_is_pointed_out(discord: Discord, session: ClientSession) -> None:
    discord.application |= {"bot_require_code_grant": True}

    found = await check_token(session, discord.api, TOKEN)

    assert not found.well
    assert 'switch off "Requires OAuth2 Code Grant"' in found.words


async def test_commands_that_a_server_lists_twice_are_pointed_out(discord: Discord, session: ClientSession) -> None:
    await sync(config(discord))
    await sync(config(discord), GUILD)
    doubled = await check_token(session, discord.api, TOKEN)
    await sync(config(discord), GUILD, clear=True)
    mended = await check_token(session, discord.api, TOKEN)

    assert doubled.well
    remedy = f"run `advisor discord sync --clear-guild {GUILD}`."
    assert doubled.words.endswith(f"Some commands are listed twice in 1 of its servers: {remedy}")
    assert mended.words == "known to Discord, as advisor, in 1 server."


def test_a_number_of_shards_that_does_nothing_is_pointed_out() -> None:
    alone = DiscordSettings(discord_token=TOKEN, discord_shard_count=4)
    used = DiscordSettings(discord_token=TOKEN, discord_shard_count=4, discord_sharded=True)

    assert [(about, wrong) for about, wrong, _ in DISCORD.findings(alone)] == [("Discord shards", False)]
    assert list(DISCORD.findings(used)) == []


async def test_a_refused_token_is_said_to_be(discord: Discord, session: ClientSession) -> None:
    found = await check_token(session, discord.api, "wrong")

    assert (found.well, found.words) == (False, "Discord does not accept it (status 401).")


def test_an_application_id_of_another_bot_is_pointed_out() -> None:
    token = "MTIzNDU.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"
    other = DiscordSettings(discord_token=token, discord_application_id=4711)
    right = DiscordSettings(discord_token=token, discord_application_id=12345)

    [(about, wrong, words)] = DISCORD.findings(other)
    assert (about, wrong) == ("Discord application", True)
    assert "belongs to 12345" in words
    assert list(DISCORD.findings(right)) == []
