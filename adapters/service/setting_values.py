"""Kinds of settings, each with a check whose words say what is needed and never repeat the value."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

from adapters.storage import addresses
from adapters.storage.vault import KeyFormatError, Vault


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
    addresses.parse(value.get_secret_value())
    return value


def _keys(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    keys = tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        Vault(keys)
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
