"""What the Slack app has to be told, and what Slack has to be told of the app: its manifest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from adapters.slack.render.buttons import USUAL_COMMANDS, Commands
from adapters.slack.render.layout import plain

REPEATS = ("1", "2")
"""The numbers of Slack's tries that follow on another and are not the last."""
EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

SCOPES = ("app_mentions:read", "chat:write", "commands", "channels:read", "users:read")
"""What every surface but direct messages needs: `channels:read` for a hello when invited to a channel, `users:read` to
know who is an admin of the workspace and may change its settings."""
DIRECT_SCOPES = ("assistant:write", "im:history")
"""What direct messages and the agent view need besides. Slack sends no direct message to an app without im:history."""
ANSWER_THIS, GUIDED_CHOICE = "answer_this", "guided_choice"
"""Callback ids of the shortcuts."""
MANIFEST_NAME = 35  # characters that Slack takes, here and below
MANIFEST_DESCRIPTION = 140
MANIFEST_BOT_NAME = 80
MANIFEST_AGENT_DESCRIPTION = 300
SUGGESTED_PROMPTS = 4
Manifest = dict[str, Any]
LONG = (
    "{description} Ask in your own words: mention the advisor in a channel, or use {advisor} anywhere; answers to "
    "commands are only for you until you share them. It names its sources, says how sure it is, and says so when it "
    "does not know. {recommend} leads through a guide of about five questions to a recommendation with "
    "reasons, the strongest reason against it, and what would change it. It is a program with a fixed store of "
    "knowledge, not a language model. It keeps no names and no text of answered questions."
)


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """Credentials and addresses. One workspace needs `bot_token`; many need `client_id` and `client_secret`.

    HTTP needs `signing_secret`, Socket Mode needs `app_token`. Secrets do not show in `repr`.
    """

    signing_secret: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    public_url: str = ""
    """Where Slack and browsers reach the service, as in https://advisor.example.com."""
    scopes: tuple[str, ...] = SCOPES
    """What an installation asks for; `SCOPES + DIRECT_SCOPES` where the app takes direct messages."""
    api_url: str = "https://slack.com/api/"
    commands: Commands = USUAL_COMMANDS
    """What the slash commands are called, where another app has taken the usual names."""

    @property
    def multi_workspace(self) -> bool:
        """Whether workspaces install the app themselves, each with a token of its own."""
        return bool(self.client_id and self.client_secret)

    @property
    def redirect_url(self) -> str | None:
        """Where Slack sends somebody who has allowed an installation; None where the address is not known."""
        return self.public_url.rstrip("/") + REDIRECT_PATH if self.public_url else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the manifest is for."""

    subject: str
    """What the knowledge base is about, as in "I know about ..."."""
    name: str
    """What the advisor is called."""
    examples: tuple[str, ...]
    url: str = ""
    """The public address of the service; empty for Socket Mode."""
    direct_messages: bool = False
    """Whether people can write to the app alone. Slack demands the scope im:history for it."""
    commands: Commands = USUAL_COMMANDS


def manifest(wanted: Wanted) -> Manifest:
    """Return the manifest, ready for Slack's "create an app from a manifest"."""
    return {
        "display_information": _display(wanted),
        "features": _features(wanted),
        "oauth_config": _oauth(wanted),
        "settings": _settings(wanted),
    }


def _display(wanted: Wanted) -> Manifest:
    description = plain(f"Answers questions about {wanted.subject}.", MANIFEST_DESCRIPTION)
    long = LONG.format(description=description, advisor=wanted.commands.ask, recommend=wanted.commands.recommend)
    return {
        "name": plain(wanted.name, MANIFEST_NAME),
        "description": description,
        "long_description": long,
        "background_color": "#1f3d5c",
    }


def _features(wanted: Wanted) -> Manifest:
    features = {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": wanted.direct_messages,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": plain(wanted.name, MANIFEST_BOT_NAME), "always_online": True},
        "shortcuts": [
            _shortcut("Answer this", "message", ANSWER_THIS, "Answer the question in this message, just for you"),
            _shortcut("Help me choose", "global", GUIDED_CHOICE, "A few questions, then a recommendation"),
        ],
        "slash_commands": [
            _command(
                wanted,
                wanted.commands.ask,
                "Ask a question, just for you",
                "[question | compare topic | topics | help]",
            ),
            _command(
                wanted, wanted.commands.recommend, "Be led to a recommendation", "[a few words about your project]"
            ),
        ],
    }
    return features | ({"agent_view": _agent(wanted)} if wanted.direct_messages else {})


def _shortcut(name: str, kind: str, callback: str, description: str) -> Manifest:
    return {"name": name, "type": kind, "callback_id": callback, "description": description}


def _command(wanted: Wanted, command: str, description: str, hint: str) -> Manifest:
    made = {"command": command, "description": description, "usage_hint": hint, "should_escape": False}
    return made | _request_url(wanted, "url")


def _agent(wanted: Wanted) -> Manifest:
    examples = wanted.examples[:SUGGESTED_PROMPTS]
    return {
        "agent_description": plain(f"Answers questions about {wanted.subject}.", MANIFEST_AGENT_DESCRIPTION),
        "suggested_prompts": [{"title": example, "message": example} for example in examples],
    }


def _oauth(wanted: Wanted) -> Manifest:
    scopes = SCOPES + (DIRECT_SCOPES if wanted.direct_messages else ())
    redirect = {"redirect_urls": [wanted.url.rstrip("/") + REDIRECT_PATH]} if wanted.url else {}
    return redirect | {"scopes": {"bot": list(scopes)}}


def _settings(wanted: Wanted) -> Manifest:
    events = ["app_home_opened", "app_mention", "member_joined_channel"]
    events += ["message.im"] if wanted.direct_messages else []
    events += ["app_uninstalled", "tokens_revoked"] if wanted.url else []
    return {
        "event_subscriptions": {"bot_events": events} | _request_url(wanted, "request_url"),
        "interactivity": {"is_enabled": True} | _request_url(wanted, "request_url"),
        "org_deploy_enabled": bool(wanted.url),
        "socket_mode_enabled": not wanted.url,
        "token_rotation_enabled": False,
    }


def _request_url(wanted: Wanted, key: str) -> Manifest:
    return {key: wanted.url.rstrip("/") + EVENTS_PATH} if wanted.url else {}
