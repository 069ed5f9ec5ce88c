"""The settings of each platform: their names, and what each value has to look like."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode


def _numbers(value: Any) -> Any:
    """Read `0,1,2` as numbers; leave anything else for the checks that follow."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _renamed(value: Any) -> Any:
    """Read `ask=framework,help=framework-help` as names by the usual ones."""
    if not isinstance(value, str):
        return value
    pairs = [part.partition("=") for part in value.split(",") if part.strip()]
    names = {usual.strip(): name.strip() for usual, _, name in pairs}
    if not all(usual and re.fullmatch(r"[a-z0-9_-]{1,32}", name) for usual, name in names.items()):
        raise ValueError("pairs such as ask=framework are needed; names have small letters, digits, - and _")
    return names


def _begins(prefix: str, what: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(f"{what} begins with {prefix}")
        return value

    return AfterValidator(check)


def _discord(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if text.startswith("Bot ") or any(character.isspace() for character in text):
        raise ValueError('give the token alone, without "Bot" and without spaces')
    return value


def _web(value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https"):
        raise ValueError("an address that begins with https:// is needed")
    return value


BotToken = Annotated[SecretStr, _begins("xoxb-", "a bot token")]
AppToken = Annotated[SecretStr, _begins("xapp-", "an app-level token")]
DiscordToken = Annotated[SecretStr, AfterValidator(_discord)]
WebUrl = Annotated[str, AfterValidator(_web)]
SlashCommand = Annotated[str, Field(pattern=r"^/[a-z0-9_-]{1,31}$")]


class SlackSettings(BaseSettings):
    """What Slack needs."""

    slack_bot_token: BotToken | None = None
    """The token of the one workspace that the app is in; begins with xoxb-."""
    slack_signing_secret: SecretStr | None = None
    """For Slack over HTTP."""
    slack_app_token: AppToken | None = None
    """For Slack without a public address (Socket Mode); begins with xapp-."""
    slack_client_id: str | None = None
    """With the client secret: any workspace may install the app."""
    slack_client_secret: SecretStr | None = None
    slack_direct_messages: bool = False
    """Whether the app takes direct messages, for which Slack demands the scope im:history."""
    slack_command: SlashCommand = "/advisor"
    slack_recommend_command: SlashCommand = "/recommend"
    """What the slash commands are called, for a workspace where another app has these names."""
    slack_api_url: WebUrl = "https://slack.com/api/"

    @property
    def has_slack(self) -> bool:
        """Whether enough is given for Slack."""
        return bool(
            self.slack_socket_mode or (self.slack_signing_secret and (self.slack_bot_token or self.slack_oauth))
        )

    @property
    def slack_oauth(self) -> bool:
        """Whether any workspace may install the app."""
        return bool(self.slack_client_id and self.slack_client_secret)

    @property
    def slack_socket_mode(self) -> bool:
        """Whether Slack comes over a connection that we open."""
        return bool(self.slack_app_token and self.slack_bot_token)


class DiscordSettings(BaseSettings):
    """What Discord needs."""

    discord_token: DiscordToken | None = None
    discord_application_id: int | None = None
    discord_command_names: Annotated[dict[str, str], NoDecode, BeforeValidator(_renamed)] = Field({})
    """Other names for slash commands, as in `ask=framework,help=framework-help`."""
    support_url: WebUrl | None = None
    """Where people get help with this bot; `/about` names it."""
    discord_sharded: bool = False
    discord_shard_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_numbers)] = ()
    """The shards of this process, as in `0,1`."""
    discord_shard_count: Annotated[int, Field(ge=1)] | None = None
    discord_api_url: WebUrl | None = None
    discord_gateway_url: str | None = None

    @property
    def has_discord(self) -> bool:
        """Whether enough is given for Discord."""
        return self.discord_token is not None
