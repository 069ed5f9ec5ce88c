"""The key of the marks that stand for people: one for all processes of an installation."""

from __future__ import annotations

import base64
import secrets
from hashlib import blake2b

from adapters.conversations.identity import Pseudonyms
from adapters.service.platforms import PLATFORMS
from adapters.service.settings_loader import Settings
from adapters.storage.database import Database
from adapters.storage.statements import settle_fact

FACT = "marks-key"


def provisional_marks(settings: Settings) -> Pseudonyms:
    """Return marks that need no database: by the secret in the settings, else by the platforms' credentials.

    Processes with the same settings make the same marks even while the database is away.
    """
    return _pseudonyms(_key(settings) or secrets.token_bytes(32))


async def settled_marks(settings: Settings, database: Database) -> Pseudonyms:
    """Return the marks of this installation. Without a secret in the settings the database keeps the key.

    Raises:
        StoreUnavailableError: the database is away.
    """
    if settings.secret:
        return provisional_marks(settings)
    proposal = base64.b64encode(_key(settings) or secrets.token_bytes(32)).decode()
    agreed = await database.run(lambda connection: settle_fact(connection, FACT, proposal))
    return _pseudonyms(base64.b64decode(agreed))


def _pseudonyms(key: bytes) -> Pseudonyms:
    return Pseudonyms(key, (platform.name for platform in PLATFORMS if platform.users_are_global))


def _key(settings: Settings) -> bytes:
    if settings.secret:
        return settings.secret.get_secret_value().encode()
    given = [getattr(settings, name) for platform in PLATFORMS for name in platform.credentials]
    text = "\0".join(secret.get_secret_value() for secret in given if secret)
    return blake2b(text.encode(), digest_size=32, person=b"advisor-marks").digest() if text else b""
