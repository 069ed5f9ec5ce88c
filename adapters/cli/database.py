"""Reading from the configured database, for a command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from adapters.cli.errors import UsageError
from adapters.cli.shared import configured
from adapters.cli.signals import run_on_network

if TYPE_CHECKING:
    from adapters.storage.database_url import Address
    from adapters.storage.reports import Reports

T = TypeVar("T")


def from_worklist(read: Callable[[Reports], Awaitable[T]]) -> T:
    """Open the configured database, read from its worklist, and close it. Makes no file.

    Raises:
        UsageError: there is no database, or it cannot be reached.
    """
    from adapters.storage.database_url import parse

    address = parse(configured().database_url.get_secret_value())
    file = Path(address.url.database or "") if address.is_sqlite else None
    if file and not file.is_file():
        raise UsageError(
            f"There is no database {file} in this folder: `advisor serve` makes it when it first runs. If the service "
            "runs elsewhere, set DATABASE_URL to its database, or run this command in its folder."
        )
    return run_on_network(_reading(address, read))


async def _reading(address: Address, read: Callable[[Reports], Awaitable[T]]) -> T:
    import logging
    import time

    from adapters.conversations.ports import StoreUnavailableError
    from adapters.storage.database import Database
    from adapters.storage.reports import Reports

    logging.getLogger("adapters.storage").addHandler(logging.NullHandler())  # what it would say is said below
    database = Database(address, patience=60)
    try:
        await database.look()
        return await read(Reports(database, time.time))
    except StoreUnavailableError as away:
        raise UsageError(f"The database {database.address} cannot be read: {away}.") from away
    finally:
        await database.close()
