"""What the service is told by its environment, or by a `.env` file on a laptop."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from adapters.knowledge_base import default_folder
from adapters.storage import database_url
from adapters.storage.slack_installations.encryption import KeyFormatError, TokenEncryption


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


def _lower(value: Any) -> Any:
    """Read a word in any case."""
    return value.strip().lower() if isinstance(value, str) else value


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


def _database(value: SecretStr) -> SecretStr:
    database_url.parse(value.get_secret_value())
    return value


def _keys(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    keys = tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        TokenEncryption(keys)
    except KeyFormatError:
        raise ValueError("each key must be one that `advisor db new-key` prints; separate them by commas") from None
    return keys


def _folder(value: Path) -> Path:
    if not (value / "knowledge.yaml").is_file():
        raise ValueError(f"there is no knowledge base in {value} (no knowledge.yaml)")
    return value


def _public(value: str) -> str:
    parts = urlsplit(value)
    local = parts.hostname in ("localhost", "127.0.0.1")
    if not parts.hostname or (parts.scheme != "https" and not (local and parts.scheme == "http")):
        raise ValueError("an address such as https://advisor.example.com is needed")
    return value.rstrip("/")


def _web(value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https"):
        raise ValueError("an address that begins with https:// is needed")
    return value


BotToken = Annotated[SecretStr, _begins("xoxb-", "a bot token")]
AppToken = Annotated[SecretStr, _begins("xapp-", "an app-level token")]
DiscordToken = Annotated[SecretStr, AfterValidator(_discord)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]
EncryptionKeys = BeforeValidator(_keys)
KnowledgeFolder = Annotated[Path, AfterValidator(_folder)]
PublicUrl = Annotated[str, AfterValidator(_public)]
WebUrl = Annotated[str, AfterValidator(_web)]


Days = Annotated[int, Field(ge=1, le=3650)]


class Settings(BaseSettings):
    """Every setting. Names in the environment are these in capitals, with `ADVISOR_` in front unless said otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="ADVISOR_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

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
    slack_api_url: WebUrl = "https://slack.com/api/"

    discord_token: DiscordToken | None = None
    discord_application_id: int | None = None
    discord_command_names: Annotated[dict[str, str], NoDecode, BeforeValidator(_renamed)] = {}  # pydantic copies it
    """Other names for slash commands, as in `ask=framework,help=framework-help`."""
    discord_sharded: bool = False
    discord_shard_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_numbers)] = ()
    """The shards of this process, as in `0,1`."""
    discord_shard_count: Annotated[int, Field(ge=1)] | None = None
    discord_api_url: WebUrl | None = None
    discord_gateway_url: str | None = None

    database_url: DatabaseUrl = Field(
        SecretStr("sqlite:///advisor.db"), validation_alias=AliasChoices("ADVISOR_DATABASE_URL", "DATABASE_URL")
    )
    encryption_keys: Annotated[tuple[SecretStr, ...], NoDecode, EncryptionKeys] = ()
    """Keys for stored Slack tokens, as in `new,old`: the first one seals, all of them open."""
    secret: Annotated[SecretStr, Field(min_length=16)] | None = None
    """The key of the marks that stand for people; the same in every process."""

    knowledge: KnowledgeFolder | None = None
    """The folder of the knowledge base; the shipped one by default."""
    reload_seconds: Annotated[float, Field(ge=0)] = 2.0
    """How often the knowledge base is looked at for changes; 0 for only when told by SIGHUP."""
    cache_dir: str | None = None
    """Where to keep what was learned from it: a folder, or "off"; the user's cache folder by default."""
    keep_missed: bool = True
    """Whether the text of questions without an answer is kept for whoever writes the knowledge."""
    missed_days: Days = 90
    feedback_days: Days = 400

    support_url: WebUrl | None = None
    """Where people get help with this bot; `/about` in Discord names it."""
    person_questions_per_minute: Annotated[int, Field(ge=1)] = 30
    """Questions that one person may ask in a minute. Buttons are not counted."""
    workspace_questions_per_minute: Annotated[int, Field(ge=1)] = 240
    """Questions that all people of one workspace or server may ask together in a minute."""

    host: str | None = None
    """The address to listen on; 0.0.0.0 where PORT is given, else only this machine."""
    port: Annotated[int, Field(ge=0, le=65535)] | None = Field(
        None, validation_alias=AliasChoices("ADVISOR_PORT", "PORT")
    )
    public_url: PublicUrl | None = None
    """Where the service is reached from outside."""
    metrics_token: SecretStr | None = None
    """What `/metrics` asks for as a bearer token; without it, anybody who reaches the port can read the metrics."""
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = "info"
    log_format: Annotated[Literal["auto", "json", "text"], BeforeValidator(_lower)] = "auto"
    grace_seconds: Annotated[float, Field(gt=0, le=25)] = 20.0
    """How long a stop waits for answers on their way."""

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

    @property
    def has_discord(self) -> bool:
        """Whether enough is given for Discord."""
        return self.discord_token is not None

    @property
    def listen_host(self) -> str:
        """The address to listen on."""
        return self.host or ("0.0.0.0" if self.port is not None else "127.0.0.1")  # noqa: S104  # hosts route to it

    @property
    def knowledge_folder(self) -> Path:
        """The folder of the knowledge base: the one that is set, else the usual one."""
        return self.knowledge or default_folder()

    def secrets(self) -> tuple[str, ...]:
        """Return every secret text, for whoever keeps them out of the logs."""
        found = [value for name, value in self if isinstance(value, SecretStr) and name != "database_url"]
        password = database_url.parse(self.database_url.get_secret_value()).url.password
        return tuple(secret.get_secret_value() for secret in (*found, *self.encryption_keys, SecretStr(password or "")))
