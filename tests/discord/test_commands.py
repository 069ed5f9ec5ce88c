from __future__ import annotations

import discord as library
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.conversations.service import Conversations
from adapters.discord.client import (
    application_of,
    build_client,
    fingerprint,
    payloads,
    server_invite,
    sync,
    user_invite,
)
from adapters.discord.connection import DiscordConfig, RefusedError
from adapters.discord.dispatcher import Boundary, Dispatcher
from adapters.discord.listeners.commands import question_choices, topic_choices
from bot.advisor import Advisor
from tests.discord.conftest import config
from tests.discord.standin import Discord, Json


@pytest.fixture
async def commands(conversations: Conversations) -> list[Json]:
    return payloads(build_client(conversations, DiscordConfig(token="t")))


def size(command: Json) -> int:
    """Return the characters that Discord counts, in the longest locale."""
    words = [command["name"], command.get("description") or ""]
    longest = [
        max([len(word), *map(len, (command.get(f"{key}_localizations") or {}).values())])
        for word, key in zip(words, ("name", "description"), strict=True)
    ]
    return sum(longest) + sum(size(option) for option in command.get("options", []))


def entries(commands: list[Json]) -> list[Json]:
    """Return commands and options."""
    return [entry for command in commands for entry in (command, *command.get("options", []))]


async def test_eight_slash_commands_and_one_message_command_are_offered(commands: list[Json]) -> None:
    assert [(command["name"], command["type"]) for command in commands] == [
        ("ask", 1), ("compare", 1), ("recommend", 1), ("topics", 1), ("help", 1), ("privacy", 1),
        ("about", 1), ("setup", 1), ("Answer this", 3),
    ]  # fmt: skip


async def test_they_work_everywhere_and_can_be_taken_along(commands: list[Json]) -> None:
    [setup] = [command for command in commands if command["name"] == "setup"]
    commands.remove(setup)
    assert (setup["contexts"], setup["integration_types"]) == ([0], [0])
    assert int(setup["default_member_permissions"]) == 1 << 5
    assert {tuple(sorted(command["contexts"])) for command in commands} == {(0, 1, 2)}
    assert {tuple(sorted(command["integration_types"])) for command in commands} == {(0, 1)}


async def test_names_and_descriptions_are_complete_and_fit_in_every_language(commands: list[Json]) -> None:
    for entry in entries(commands):
        names = [entry["name"], *entry.get("name_localizations", {}).values()]
        assert [name for name in names if not 1 <= len(name) <= 32] == []
        if entry["type"] == 1 or "description" in entry:
            texts = [entry["description"], *entry.get("description_localizations", {}).values()]
            assert [text for text in texts if entry["name"] != "Answer this" and not 1 <= len(text) <= 100] == []
    assert max(size(command) for command in commands) <= 8000
    assert all(c["name"] == c["name"].lower() for c in commands if c["type"] == 1)


@settings(max_examples=200, deadline=None)
@given(typed=st.text(max_size=300) | st.sampled_from(["o", "orm", "flask djn", "   "]))
def test_suggestions_stay_within_what_discord_takes(advisor: Advisor, typed: str) -> None:
    talk = Conversations(lambda: advisor)
    dispatcher = Dispatcher(talk, DiscordConfig(token="t"), Boundary(talk.observer))

    for choices in (question_choices(dispatcher, typed), topic_choices(dispatcher, typed)):
        assert len(choices) <= 25
        assert [c for c in choices if not (1 <= len(c.name) <= 100 and 1 <= len(str(c.value)) <= 100)] == []


async def test_commands_are_registered_once(discord: Discord) -> None:
    first = await sync(config(discord))
    second = await sync(config(discord))

    assert (first.changed, second.changed) == (True, False)
    assert first.commands == (
        "ask",
        "compare",
        "recommend",
        "topics",
        "help",
        "privacy",
        "about",
        "setup",
        "Answer this",
    )
    assert [call.method for call in discord.calls if call.path.endswith("/commands")] == ["GET", "PUT", "GET"]


async def test_a_dry_run_writes_nothing(discord: Discord) -> None:
    found = await sync(config(discord), dry_run=True)

    assert found.changed
    assert discord.commands == []


async def test_commands_can_be_registered_in_one_server(discord: Discord) -> None:
    await sync(config(discord), guild=100)

    assert [call.path for call in discord.calls if call.method == "PUT"] == ["/applications/900/guilds/100/commands"]


async def test_what_discord_adds_to_a_command_does_not_count_as_a_change(commands: list[Json]) -> None:
    returned = [
        {**c, "id": "9", "version": "7", "application_id": "900", "default_member_permissions": None, "nsfw": False}
        for c in reversed(commands)
    ]
    assert fingerprint(returned) == fingerprint(commands)
    assert fingerprint([{**commands[0], "description": "other"}, *commands[1:]]) != fingerprint(commands)


async def test_a_wrong_token_is_told_when_registering(discord: Discord) -> None:
    with pytest.raises(RefusedError, match="Reset Token"):
        await sync(config(discord, token="wrong"))


def test_the_invitation_asks_for_four_permissions_and_no_more() -> None:
    url = server_invite(42)

    assert url.startswith("https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands")
    asked = library.Permissions(int(url.split("permissions=")[1].split("&")[0]))
    assert sorted(name for name, on in asked if on) == [
        "read_message_history", "read_messages", "send_messages", "send_messages_in_threads",
    ]  # fmt: skip
    assert user_invite(42).endswith("scope=applications.commands&integration_type=1")


@pytest.mark.parametrize(("token", "number"), [("MTIzNDU.x.y", 12345), ("?", None), ("", None)])
def test_a_token_tells_its_application(token: str, number: int | None) -> None:
    assert application_of(token) == number
