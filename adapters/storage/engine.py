"""How connections are made to either kind of database, and what a database says when it fails."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy.exc as sa
from asyncpg.exceptions import (  # type: ignore[import-untyped]  # it comes without types
    InterfaceError,
    PostgresError,
)
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from adapters.storage.address import Address

LOCKED = 0.4
"""Seconds to wait for another process that writes to the same SQLite file; less than a call may take in all."""
CONNECT = 3.0
"""Seconds to wait for PostgreSQL to accept a connection."""
CONNECTIONS = 5
"""To PostgreSQL, from one process; small hosts allow 20 in all."""
STATEMENT = 5_000
"""Milliseconds after which PostgreSQL gives up on a statement, so that what we no longer wait for ends there, too."""
UNAVAILABLE_ERRORS = (OSError, TimeoutError, ValueError, sa.SQLAlchemyError, PostgresError, InterfaceError)
"""What a call to the database may end with."""
_REJECTED = ("22", "23")
"""Classes of SQLSTATE: data that do not fit, and rows that break a rule."""
NO_ANSWER = "no answer in time"
"""What happened where nothing did: it may be the fault of the database, of who holds a lock, or of this process."""
_SIGNS = (
    ("disk is full", "the disk is full"),
    ("no space left", "the disk is full"),
    ("locked", "locked by another process"),
    ("readonly", "the file is read-only"),
    ("read-only", "the database is read-only"),
    ("unable to open", "the file cannot be opened"),
    ("disk i/o", "the disk fails"),
    ("malformed", "the file is damaged"),
    ("not a database", "the file is not a database"),
    ("no such table", "the tables are missing"),
    ("does not exist", "the database, user or table does not exist"),
    ("password", "the password is not accepted"),
    ("too many", "too many connections"),
    ("refused", "connection refused"),
    ("gaierror", "the host is not known"),
    ("filenotfound", "connection refused"),
    ("shutting down", "shutting down"),
    ("starting up", "starting up"),
    ("closed", "connection lost"),
    ("timeout", NO_ANSWER),
)


def make_engine(address: Address) -> AsyncEngine:
    """Return an engine that commits each statement by itself; nothing is opened yet.

    Whoever needs a transaction asks for one by the execution option `isolation_level`.
    """
    return _sqlite(address) if address.is_sqlite else _postgres(address)


def _postgres(address: Address) -> AsyncEngine:
    arguments: dict[str, Any] = {"timeout": CONNECT, "command_timeout": STATEMENT / 1000, **address.arguments}
    arguments["server_settings"] = _server_settings(arguments.get("server_settings", {}), address.is_pooled)
    return create_async_engine(
        address.url,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=STATEMENT / 1000,
        pool_recycle=1800,
        connect_args=arguments,
        hide_parameters=True,
    )


def _server_settings(given: dict[str, str], pooled: bool) -> dict[str, str]:
    """Return what the server is told at the start, unless it was told something else about it.

    Poolers by transaction refuse the time limit, as they refuse most settings; the driver's own limit remains.
    """
    settings = {"application_name": "advisor"}
    if not pooled and "statement_timeout" not in given.get("options", ""):
        settings["statement_timeout"] = str(STATEMENT)
    return settings | given


def _sqlite(address: Address) -> AsyncEngine:
    if address.url.database:
        with suppress(OSError):  # whoever opens the file hears what is wrong
            _make_private(Path(address.url.database))
    engine = create_async_engine(
        address.url,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,  # there is nothing to take back, and each is a way to the thread and back
        pool_size=1,  # one writer is all that SQLite has
        max_overflow=0,
        pool_timeout=STATEMENT / 1000,
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


class InWordsError(OSError):
    """What is wrong with the database, in words already."""


def expect_file(address: Address) -> None:
    """Make sure that a file is still where it was: whoever has it open would go on writing into nothing.

    Raises:
        InWordsError: it is not there.
    """
    if address.is_sqlite and not Path(address.url.database or "").exists():
        raise InWordsError("the file cannot be opened")


def is_our_fault(error: BaseException) -> bool:
    """Return whether the same call would fail on a healthy database, too, so that trying again is no use."""
    if not isinstance(error, sa.DBAPIError):
        return isinstance(error, sa.StatementError | sa.CompileError | ValueError)
    if error.connection_invalidated:
        return False
    state = str(getattr(error.orig, "sqlstate", "") or "")
    return isinstance(error, sa.DataError | sa.IntegrityError) or state[:2] in _REJECTED


def in_words(error: BaseException) -> str:
    """Return what happened, without statements, parameters or addresses."""
    if isinstance(error, InWordsError):
        return str(error)
    if isinstance(error, TimeoutError):
        return NO_ANSWER
    cause = error.orig if isinstance(error, sa.DBAPIError) and error.orig else error
    text = f"{type(cause).__name__} {cause}".lower()
    return next((words for sign, words in _SIGNS if sign in text), f"it failed ({type(cause).__name__})")
