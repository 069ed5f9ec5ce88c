"""Keeps tokens unreadable to whoever sees the database only."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

SEALED = "sealed:"
"""How a sealed text begins; tokens of Slack begin otherwise."""

log = logging.getLogger(__name__)


class KeyFormatError(ValueError):
    """A key is not one that `new_key` makes; never repeats the key."""


def new_key() -> str:
    """Return a fresh key."""
    return Fernet.generate_key().decode()


class TokenEncryption:
    """Seals with the first of its keys and opens with any of them, so that keys can be changed one after the other.

    Without keys, texts are stored as they are; texts stored before there was a key can still be read.
    """

    def __init__(self, keys: Sequence[str] = ()) -> None:
        try:
            self._box = MultiFernet([Fernet(key) for key in keys]) if keys else None
        except ValueError:
            raise KeyFormatError("a key must be 32 bytes in URL-safe base64") from None

    @property
    def seals(self) -> bool:
        """Whether there is a key."""
        return self._box is not None

    def seal(self, text: str) -> str:
        """Return `text` sealed; as it is where there is no key."""
        return SEALED + self._box.encrypt(text.encode()).decode() if self._box else text

    def unseal(self, stored: str) -> str | None:
        """Return what was sealed; None where no key opens it."""
        if not stored.startswith(SEALED):
            return stored
        try:
            return self._box.decrypt(stored.removeprefix(SEALED)).decode() if self._box else None
        except InvalidToken:
            return None


class EncryptedText(TypeDecorator[str]):
    """A column that is sealed on its way in and opened on its way out."""

    impl = Text
    cache_ok = False  # statements of different vaults must not be mixed up

    def __init__(self, vault: TokenEncryption) -> None:
        super().__init__()
        self._vault = vault

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's
        """Seal."""
        return None if value is None else self._vault.seal(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's
        """Open; a token that no key opens reads as none at all, as if the app had been removed."""
        if value is None:
            return None
        opened = self._vault.unseal(str(value))
        if opened is None:
            log.error("A stored Slack token opens with none of the keys: put the old key back, after the new one.")
        return opened
