"""Database addresses, in the forms that people and hosts write them."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

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

    def __str__(self) -> str:
        """Return the address without password or parameters."""
        return self.url.set(query={}).render_as_string(hide_password=True)


def parse(text: str) -> Address:
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
    return _postgres(url.set(drivername=driver))


def _postgres(url: URL) -> Address:
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
