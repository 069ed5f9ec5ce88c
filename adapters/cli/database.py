"""Reading from the configured database, for a command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from adapters.cli.errors import UsageError
from adapters.cli.shared import configured
from adapters.cli.signals import run_on_network

if TYPE_CHECKING:
    from adapters.storage.reports import Reports

T = TypeVar("T")


def from_worklist(read: Callable[[Reports], Awaitable[T]]) -> T:
    """Open the configured database, read from its worklist, and close it.

    Raises:
        UsageError: the database cannot be reached.
    """
    return run_on_network(_reading(read))


async def _reading(read: Callable[[Reports], Awaitable[T]]) -> T:
    import logging
    import time

    from adapters.conversations.ports import StoreUnavailableError
    from adapters.storage.database import Database
    from adapters.storage.database_url import parse
    from adapters.storage.reports import Reports

    logging.getLogger("adapters.storage").addHandler(logging.NullHandler())  # what it would say is said below
    database = Database(parse(configured().database_url.get_secret_value()), patience=60)
    try:
        await database.look()
        return await read(Reports(database, time.time))
    except StoreUnavailableError as away:
        raise UsageError(f"The database {database.address} cannot be read: {away}.") from away
    finally:
        await database.close()
