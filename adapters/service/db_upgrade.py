"""Brings the database up to date before a release goes live, and back where that does not work out."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.conversations.ports import StoreUnavailableError
from adapters.service.bootstrap import open_database
from adapters.service.settings_loader import Settings
from adapters.storage import migrator
from adapters.storage.address import AddressError, parse_address
from adapters.storage.database import Database, RejectedError
from adapters.storage.encryption import TokenEncryption
from adapters.storage.engine import UNAVAILABLE_ERRORS, in_words
from adapters.storage.installations import reseal
from adapters.storage.transfer import NotEmptyError, copy

WAIT = 30.0
"""Seconds to wait for a database that is only just starting."""


class UpgradeError(Exception):
    """The database could not be brought up to date; says why in words."""


async def upgrade(settings: Settings, wait: float = WAIT) -> str:
    """Migrate, seal the stored tokens with the first key, and return what was done in a sentence.

    Raises:
        UpgradeError: the database is away for longer than `wait` seconds, or a migration failed.
    """
    database = open_database(settings)
    clock = asyncio.get_running_loop().time
    end = clock() + wait
    try:
        while True:
            try:
                return await _upgrade(settings, database.engine)
            except (OSError, TimeoutError) as error:
                if clock() > end:
                    raise UpgradeError(f"The database {database.address} is away: {in_words(error)}.") from None
                await asyncio.sleep(1)
    except UNAVAILABLE_ERRORS as error:
        raise UpgradeError(f"The database {database.address} was not upgraded: {in_words(error)}.") from None
    finally:
        await database.close()


async def downgrade(settings: Settings) -> str:
    """Take the tables back by one step, and return what was done in a sentence.

    Raises:
        UpgradeError: the database is away, or there is no such step.
    """
    database = open_database(settings)
    try:
        revision = await migrator.downgrade(database.engine)
    except migrator.NoWayBackError as error:
        raise UpgradeError(f"Nothing was changed: {error}.") from None
    except UNAVAILABLE_ERRORS as error:
        raise UpgradeError(f"The database {database.address} was not changed: {in_words(error)}.") from None
    finally:
        await database.close()
    return f"The tables are at revision {revision}. Start the earlier release now: this one would bring them up again."


async def copy_to(settings: Settings, address: str) -> str:
    """Copy everything to the database at this address, and return what was copied in a sentence.

    Raises:
        UpgradeError: one of the two cannot be used, or the other one is not empty.
    """
    try:
        source, target = open_database(settings), Database(parse_address(address), upgrade=True)
    except AddressError as error:
        raise UpgradeError(f"The new database: {error}.") from None
    try:
        for database in (source, target):
            if not await database.look():
                raise UpgradeError(f"The database {database.address} cannot be used: {database.trouble}.")
        copied = await copy(source, target)
    except (NotEmptyError, RejectedError, StoreUnavailableError) as error:
        raise UpgradeError(f"Nothing was copied to {target.address}: {error}.") from None
    finally:
        await source.close()
        await target.close()
    return f"Copied {sum(copied.values())} records. Set DATABASE_URL to the new database, then start `advisor serve`."


async def _upgrade(settings: Settings, engine: AsyncEngine) -> str:
    revision = await migrator.upgrade(engine)
    done = f"The tables are at revision {revision}."
    vault = TokenEncryption([key.get_secret_value() for key in settings.encryption_keys])
    if not vault.seals:
        return done
    sealed, lost = await reseal(engine, vault)
    done += f" {sealed} stored tokens are sealed with the first key."
    return done + (f" {lost} open with none of the keys: put the old key back, after the new one." if lost else "")
