"""The manifest: names, scopes and limits, and everything that the listeners wait for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from adapters.slack.config import (
    MANIFEST_AGENT_DESCRIPTION,
    MANIFEST_BOT_NAME,
    MANIFEST_DESCRIPTION,
    MANIFEST_NAME,
    SUGGESTED_PROMPTS,
    Wanted,
    manifest,
)

MANIFEST_LONG_DESCRIPTION = (175, 4_000)
MANIFEST_COMMAND = 32
MANIFEST_USAGE_HINT = 1_000
MANIFEST_SHORTCUT_NAME = 24
MANIFEST_SHORTCUT_DESCRIPTION = 150
MANIFEST_SHORTCUTS = 10
URL = "https://advisor.example"
EXAMPLES = ("One?", "Two?", "Three?", "Four?", "Five?")


def made(**more: Any) -> dict[str, Any]:
    wanted = {"subject": "Flask and Django", "name": "Framework Advisor", "examples": EXAMPLES} | more
    return manifest(Wanted(**wanted))


def run(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, with no settings but these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ADVISOR_")} | environment
    code = "from adapters.cli.platforms import slack_app; slack_app()"
    command = [sys.executable, "-c", code, "manifest", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=clean)


def test_it_asks_for_no_more_than_it_needs() -> None:
    bot = made(url=URL)["oauth_config"]["scopes"]["bot"]

    assert bot == ["app_mentions:read", "chat:write", "commands", "channels:read", "users:read"]


def test_direct_messages_bring_their_scopes_events_and_the_agent_view() -> None:
    direct = made(url=URL, direct_messages=True)

    assert direct["oauth_config"]["scopes"]["bot"][5:] == ["assistant:write", "im:history"]
    assert "message.im" in direct["settings"]["event_subscriptions"]["bot_events"]
    assert direct["features"]["app_home"]["messages_tab_enabled"] is True
    assert [prompt["message"] for prompt in direct["features"]["agent_view"]["suggested_prompts"]] == [*EXAMPLES[:4]]


def test_without_them_nobody_is_invited_to_write_directly() -> None:
    plain = made(url=URL)

    assert plain["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_mention",
        "member_joined_channel",
        "app_uninstalled",
        "tokens_revoked",
    ]
    assert plain["features"]["app_home"]["messages_tab_enabled"] is False
    assert "agent_view" not in plain["features"]


def test_over_http_every_request_goes_to_the_public_address() -> None:
    http = made(url=f"{URL}/")
    commands = http["features"]["slash_commands"]

    assert [command["url"] for command in commands] == [f"{URL}/slack/events"] * 2
    assert http["settings"]["interactivity"]["request_url"] == f"{URL}/slack/events"
    assert http["settings"]["event_subscriptions"]["request_url"] == f"{URL}/slack/events"
    assert http["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert http["settings"]["socket_mode_enabled"] is False
    assert http["settings"]["org_deploy_enabled"] is True


def test_without_an_address_it_is_for_socket_mode() -> None:
    socket = made()

    assert socket["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(socket)


def test_commands_and_shortcuts_are_those_that_the_listeners_wait_for() -> None:
    features = made()["features"]

    assert [command["command"] for command in features["slash_commands"]] == ["/advisor", "/recommend"]
    assert {shortcut["callback_id"]: shortcut["type"] for shortcut in features["shortcuts"]} == {
        "answer_this": "message",
        "guided_choice": "global",
    }


@pytest.mark.parametrize("subject", ["x", "Flask and Django", "very long " * 60])
def test_it_stays_within_the_limits(subject: str) -> None:
    full = manifest(Wanted(subject, "A name that is much too long for Slack", EXAMPLES, URL, direct_messages=True))
    shown, features = full["display_information"], full["features"]
    shortest, longest = MANIFEST_LONG_DESCRIPTION

    assert 1 <= len(shown["name"]) <= MANIFEST_NAME
    assert 1 <= len(shown["description"]) <= MANIFEST_DESCRIPTION
    assert shortest <= len(shown["long_description"]) <= longest
    assert len(features["bot_user"]["display_name"]) <= MANIFEST_BOT_NAME
    assert len(features["shortcuts"]) <= MANIFEST_SHORTCUTS
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= MANIFEST_SHORTCUT_NAME
        assert len(shortcut["description"]) <= MANIFEST_SHORTCUT_DESCRIPTION
    for command in features["slash_commands"]:
        assert len(command["command"]) <= MANIFEST_COMMAND
        assert len(command["usage_hint"]) <= MANIFEST_USAGE_HINT
    assert len(features["agent_view"]["agent_description"]) <= MANIFEST_AGENT_DESCRIPTION
    assert len(features["agent_view"]["suggested_prompts"]) <= SUGGESTED_PROMPTS


def test_the_command_prints_it_for_the_configured_address() -> None:
    ran = run(ADVISOR_PUBLIC_URL=URL)
    printed = json.loads(ran.stdout)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert printed["settings"]["event_subscriptions"]["request_url"] == f"{URL}/slack/events"
    assert [scope for scope in printed["oauth_config"]["scopes"]["bot"] if "history" in scope] == []


def test_the_command_says_when_it_knows_no_address() -> None:
    ran = run()

    assert json.loads(ran.stdout)["settings"]["socket_mode_enabled"] is True
    assert "ADVISOR_PUBLIC_URL" in ran.stderr


def test_the_command_follows_its_options() -> None:
    printed = json.loads(run("--url", URL, "--direct-messages", "--name", "Ada").stdout)
    socket = run("--socket-mode", ADVISOR_PUBLIC_URL=URL)

    assert printed["display_information"]["name"] == "Ada"
    assert "im:history" in printed["oauth_config"]["scopes"]["bot"]
    assert json.loads(socket.stdout)["settings"]["socket_mode_enabled"] is True
    assert socket.stderr == ""
