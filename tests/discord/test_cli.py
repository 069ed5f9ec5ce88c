from __future__ import annotations

import asyncio

import pytest
from typer.testing import CliRunner

from adapters.cli.platforms import discord_app
from tests.discord.standin import TOKEN, Discord


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> pytest.MonkeyPatch:
    monkeypatch.chdir(str(tmp_path))
    for name in ("ADVISOR_DISCORD_TOKEN", "ADVISOR_DISCORD_APPLICATION_ID"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_invite_prints_both_links_for_the_application(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("ADVISOR_DISCORD_APPLICATION_ID", "4711")

    printed = CliRunner().invoke(discord_app, ["invite"]).output

    assert "client_id=4711&scope=bot+applications.commands&permissions=274877975552&integration_type=0" in printed
    assert "client_id=4711&scope=applications.commands&integration_type=1" in printed


@pytest.mark.parametrize("verb", ["invite", "sync"])
def test_without_settings_it_says_which_one_is_missing(settings: pytest.MonkeyPatch, verb: str) -> None:
    result = CliRunner().invoke(discord_app, [verb])

    assert result.exit_code != 0
    assert "ADVISOR_DISCORD_TOKEN" in str(result.exception)


async def test_sync_says_what_it_did(settings: pytest.MonkeyPatch, discord: Discord) -> None:
    settings.setenv("ADVISOR_DISCORD_TOKEN", TOKEN)
    settings.setenv("ADVISOR_DISCORD_API_URL", discord.api)

    first = await asyncio.to_thread(CliRunner().invoke, discord_app, ["sync"])
    second = await asyncio.to_thread(CliRunner().invoke, discord_app, ["sync"])

    assert first.output == "Registered: ask, compare, recommend, topics, help, privacy, about, setup, Answer this.\n"
    assert second.output.startswith("Discord has these commands already")


async def test_commands_of_one_server_can_be_removed_again(settings: pytest.MonkeyPatch, discord: Discord) -> None:
    settings.setenv("ADVISOR_DISCORD_TOKEN", TOKEN)
    settings.setenv("ADVISOR_DISCORD_API_URL", discord.api)

    tried = await asyncio.to_thread(CliRunner().invoke, discord_app, ["sync", "--guild", "100"])
    removed = await asyncio.to_thread(CliRunner().invoke, discord_app, ["sync", "--clear-guild", "100"])
    again = await asyncio.to_thread(CliRunner().invoke, discord_app, ["sync", "--clear-guild", "100"])

    assert "--clear-guild 100" in tried.output
    assert removed.output.startswith("Removed from that server: ask, compare")
    assert again.output == "That server has no commands of its own.\n"


def test_an_application_that_is_not_the_tokens_is_not_believed(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("ADVISOR_DISCORD_TOKEN", "MTIzNDU.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    settings.setenv("ADVISOR_DISCORD_APPLICATION_ID", "4711")

    result = CliRunner().invoke(discord_app, ["invite"])

    assert "belongs to the application 12345" in str(result.exception)


async def test_a_wrong_token_ends_sync_with_a_sentence(settings: pytest.MonkeyPatch, discord: Discord) -> None:
    settings.setenv("ADVISOR_DISCORD_TOKEN", "wrong")
    settings.setenv("ADVISOR_DISCORD_API_URL", discord.api)

    result = await asyncio.to_thread(CliRunner().invoke, discord_app, ["sync"])

    assert result.exit_code == 78
    assert "Reset Token" in result.output
