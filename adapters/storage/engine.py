"""Engines: how connections to either database are made."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from adapters.storage.database_url import Address

LOCKED = 0.4
"""Seconds to wait for another process that writes to the same SQLite file; less than a call may take in all."""
CONNECT = 3.0
"""Seconds to wait for PostgreSQL to accept a connection."""
CONNECTIONS = 5
"""To PostgreSQL, from one process; small hosts allow 20 in all."""
STATEMENT = 5_000
"""Milliseconds after which PostgreSQL gives up on a statement, so that what we no longer wait for ends there, too."""


def make_engine(address: Address) -> AsyncEngine:
    """Return an engine that commits each statement by itself; nothing is opened yet.

    Whoever needs a transaction asks for one by the execution option `isolation_level`.
    """
    return _sqlite(address) if address.is_sqlite else _postgres(address)


def _postgres(address: Address) -> AsyncEngine:
    arguments: dict[str, Any] = {"timeout": CONNECT, "command_timeout": STATEMENT / 1000, **address.arguments}
    settings = {"application_name": "advisor", "statement_timeout": str(STATEMENT)}
    arguments["server_settings"] = settings | arguments.get("server_settings", {})
    return create_async_engine(
        address.url,
        isolation_level="AUTOCOMMIT",
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=1,
        pool_recycle=1800,
        connect_args=arguments,
        hide_parameters=True,
    )


def _sqlite(address: Address) -> AsyncEngine:
    if address.url.database:
        with suppress(OSError):  # whoever opens the file hears what is wrong
            _make_private(Path(address.url.database))
    engine = create_async_engine(
        address.url,
        isolation_level="AUTOCOMMIT",
        pool_size=1,  # one writer is all that SQLite has
        max_overflow=0,
        pool_timeout=1,
        connect_args={"timeout": LOCKED},
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")  # readers and a writer at once
            cursor.execute("PRAGMA synchronous=NORMAL")  # a crash of the machine may cost a second, never the file
            cursor.close()
        except Exception:
            connection.close()  # nobody else does, and its thread would stay
            raise

    return engine


def _make_private(file: Path) -> None:
    """Make a database file and its folder where they are missing, for nobody else to read: it may hold tokens."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
