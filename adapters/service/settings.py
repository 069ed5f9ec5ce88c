"""What the program is told by its environment, or by a `.env` file on a laptop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from adapters.knowledge_base.loader import shipped_folder
from adapters.knowledge_base.model_cache import cache_folder
from adapters.service.platforms.discord import DiscordSettings
from adapters.service.platforms.slack import SlackSettings

FEWEST_CHARACTERS = 16
"""Of a secret that nobody can guess."""
Days = Annotated[int, Field(ge=1, le=3650)]


def _folder(value: Path) -> Path:
    if not (value / "knowledge.yaml").is_file():
        raise ValueError(f"there is no knowledge base in {value} (no knowledge.yaml)")
    return value


KnowledgeFolder = Annotated[Path, AfterValidator(_folder)]


class KnowledgeSettings(BaseSettings):
    """Which knowledge base is used. Names in the environment are these in capitals, with `ADVISOR_` in front."""

    model_config = SettingsConfigDict(
        env_prefix="ADVISOR_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    knowledge: KnowledgeFolder | None = None
    """The folder of the knowledge base; the shipped one by default."""
    cache_dir: str | None = None
    """Where to keep what was learned from it: a folder, or "off"; the user's cache folder by default."""

    @property
    def knowledge_folder(self) -> Path:
        """The folder of the knowledge base: the one that is set, else the shipped one."""
        return self.knowledge or shipped_folder()

    @property
    def cache_folder(self) -> Path | None:
        """The folder for what is learned; None where nothing is kept."""
        return cache_folder(self.cache_dir)


def _lower(value: Any) -> Any:
    """Read a word in any case."""
    return value.strip().lower() if isinstance(value, str) else value


def _database(value: SecretStr) -> SecretStr:
    from adapters.storage.address import AddressError, parse_address

    try:
        address = parse_address(value.get_secret_value())
    except AddressError:
        raise
    except (ValueError, TypeError):  # the library's own words may repeat a part of the password
        hint = "special characters in user and password are written as %40 for @, %3A for :, %2F for /"
        raise ValueError(f"this is not a database address; {hint}") from None
    if address.is_sqlite and address.url.database in (None, "", ":memory:"):
        raise ValueError("a file is needed, as in sqlite:///advisor.db")
    return value


def _keys(value: Any) -> Any:
    from adapters.storage.encryption import KeyFormatError, TokenEncryption

    if not isinstance(value, str):
        return value
    keys = tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        TokenEncryption(keys)
    except KeyFormatError:
        raise ValueError("each key must be one that `advisor db new-key` prints; separate them by commas") from None
    return keys


def _long(value: SecretStr) -> SecretStr:
    count = len(value.get_secret_value())
    if count < FEWEST_CHARACTERS:
        raise ValueError(f"{FEWEST_CHARACTERS} characters or more are needed, not {count}")
    return value


def _public(value: str) -> str:
    parts = urlsplit(value)
    local = parts.hostname in ("localhost", "127.0.0.1")
    if not parts.hostname or (parts.scheme != "https" and not (local and parts.scheme == "http")):
        raise ValueError("an address such as https://advisor.example.com is needed")
    return value.rstrip("/")


DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]
EncryptionKeys = BeforeValidator(_keys)
LongSecret = Annotated[SecretStr, AfterValidator(_long)]
PublicUrl = Annotated[str, AfterValidator(_public)]


class Settings(SlackSettings, DiscordSettings, KnowledgeSettings):
    """Every setting. Names in the environment are these in capitals, with `ADVISOR_` in front unless said otherwise."""

    model_config = KnowledgeSettings.model_config

    database_url: DatabaseUrl = Field(
        SecretStr("sqlite:///advisor.db"), validation_alias=AliasChoices("ADVISOR_DATABASE_URL", "DATABASE_URL")
    )
    encryption_keys: Annotated[tuple[SecretStr, ...], NoDecode, EncryptionKeys] = ()
    """Keys for stored Slack tokens, as in `new,old`: the first one seals, all of them open."""
    secret: LongSecret | None = None
    """The key of the pseudonyms that stand for people; the same in every process."""

    reload_seconds: Annotated[float, Field(ge=0)] = 2.0
    """How often the knowledge base is looked at for changes; 0 for only when told by SIGHUP."""
    keep_missed: bool = True
    """Whether the text of questions without an answer is kept for whoever writes the knowledge."""
    missed_days: Days = 90
    feedback_days: Days = 400

    person_questions_per_minute: Annotated[int, Field(ge=1)] = 30
    """Questions that one person may ask in a minute. Buttons are not counted."""
    workspace_questions_per_minute: Annotated[int, Field(ge=1)] = 600
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
    def listen_host(self) -> str:
        """The address to listen on."""
        return self.host or ("0.0.0.0" if self.port is not None else "127.0.0.1")  # noqa: S104  # hosts route to it

    def secrets(self) -> tuple[str, ...]:
        """Return every secret text, for whoever keeps them out of the logs."""
        from adapters.storage.address import parse_address

        found = [value for name, value in self if isinstance(value, SecretStr) and name != "database_url"]
        password = parse_address(self.database_url.get_secret_value()).url.password
        return tuple(secret.get_secret_value() for secret in (*found, *self.encryption_keys, SecretStr(password or "")))
