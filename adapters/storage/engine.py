"""Addresses of databases, how connections are made to either kind, and what a database does when it fails."""

from __future__ import annotations

import os
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy.exc as sa
from asyncpg.exceptions import (  # type: ignore[import-untyped]  # it comes without types
    InterfaceError,
    PostgresError,
)
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

SQLITE = "sqlite+aiosqlite"
POSTGRES = "postgresql+asyncpg"
_DRIVERS = {
    "sqlite": SQLITE,
    SQLITE: SQLITE,
    "postgres": POSTGRES,
    "postgresql": POSTGRES,
    POSTGRES: POSTGRES,
    "postgresql+psycopg": POSTGRES,
    "postgresql+psycopg2": POSTGRES,
}
UNREADABLE = (
    "this is not a database address such as postgresql://USER:PASSWORD@HOST:5432/NAME; in a password, write @ as %40, "
    ": as %3A and / as %2F"
)
_UNENCRYPTED = ("disable", "allow", "prefer")
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


class AddressError(ValueError):
    """The text is not an address of a database that we can use; never repeats the address, which holds a password."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is."""

    url: URL
    arguments: dict[str, Any] = field(default_factory=dict)
    """What the driver wants apart from the URL."""

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.url.drivername == SQLITE

    def expect_file(self) -> None:
        """Make sure that a file is still where it was: whoever has it open would go on writing into nothing.

        Raises:
            InWordsError: it is not there.
        """
        if self.is_sqlite and not Path(self.url.database or "").exists():
            raise InWordsError("the file cannot be opened")

    def __str__(self) -> str:
        """Return the address without password or parameters."""
        return self.url.set(query={}).render_as_string(hide_password=True)


def parse_address(text: str) -> Address:
    """Read `sqlite:///file`, `postgres://...?sslmode=require` and their kin.

    `pgbouncer=true` among the parameters turns prepared statements off, which poolers by transaction need.

    Raises:
        AddressError: it is something else.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # the latter repeats what it takes for a port: perhaps half a password
        raise AddressError(UNREADABLE) from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise AddressError(
            f'"{url.drivername}" is not supported; use sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME'
        )
    if driver == SQLITE and (url.database or ":memory:") == ":memory:":
        raise AddressError("a file is needed, as in sqlite:///advisor.db")
    if driver == SQLITE:
        return Address(url.set(drivername=driver))
    return _postgres_address(url.set(drivername=driver))


def _postgres_address(url: URL) -> Address:
    given = {key: value if isinstance(value, str) else value[-1] for key, value in url.query.items()}
    kept = {key: value for key, value in given.items() if key in ("host", "port")}
    arguments: dict[str, Any] = {}
    mode = given.get("sslmode") or given.get("ssl")
    if mode:
        arguments["ssl"] = _encryption(mode, given.get("sslrootcert"))
    if given.get("application_name"):
        arguments["server_settings"] = {"application_name": given["application_name"]}
    if given.get("pgbouncer", "").lower() in ("true", "1"):
        arguments |= {"statement_cache_size": 0, "prepared_statement_name_func": lambda: f"advisor_{uuid4().hex}"}
        kept["prepared_statement_cache_size"] = "0"
    return Address(url.set(query=kept), arguments)


def _encryption(mode: str, authority: str | None) -> str | ssl.SSLContext:
    if mode in _UNENCRYPTED or (mode == "require" and not authority):
        return mode
    if mode not in ("require", "verify-ca", "verify-full"):
        raise AddressError(f'"{mode}" is not an sslmode')
    try:
        context = ssl.create_default_context(cafile=authority)
    except OSError:
        raise AddressError("sslrootcert names a file that cannot be read") from None
    context.check_hostname = mode == "verify-full"
    return context


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
        pool_timeout=STATEMENT / 1000,
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
    """What another process met at the database, in words already."""


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
