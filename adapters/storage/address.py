"""Addresses of databases, as people and hosts write them.

Parameters for PostgreSQL are those of libpq. The driver, asyncpg, knows most of them; what it does not know is refused
rather than dropped, as whoever wrote it counts on it.
"""

from __future__ import annotations

import re
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
    ": as %3A, / as %2F and ? as %3F"
)
_UNENCRYPTED = ("disable", "allow", "prefer")
_ENCRYPTED = ("require", "verify-ca", "verify-full")
_CERTIFICATES = ("sslrootcert", "sslcert", "sslcrl")
_OF_TLS = (*_CERTIFICATES, "sslkey", "sslpassword", "sslnegotiation")
_OF_THE_SERVER = ("application_name", "options")
"""Parameters that the server reads, or the pooler before it."""
_OF_THE_DRIVER = ("target_session_attrs", "passfile", "krbsrvname", "gsslib")
"""Parameters that asyncpg takes by the same name."""
_CHOICES = {
    "channel_binding": (
        ("disable", "prefer"),
        "the driver has no channel binding: write channel_binding=prefer; sslmode=verify-full knows the server, too",
    ),
    "gssencmode": (("disable", "prefer"), "the driver has no encryption by GSSAPI: write gssencmode=prefer"),
    "sslnegotiation": (("postgres", "direct"), "sslnegotiation has to be postgres or direct"),
    "target_session_attrs": (
        ("any", "primary", "read-write"),
        "target_session_attrs has to be any, primary or read-write, as records are written",
    ),
}
"""What a parameter may be, and what is said to anything else."""
_KNOWN = {
    *("host", "port", "user", "password", "dbname", "ssl", "sslmode", "connect_timeout", "pgbouncer"),
    *_OF_TLS,
    *_OF_THE_SERVER,
    *_OF_THE_DRIVER,
    *_CHOICES,
}


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

    @property
    def is_pooled(self) -> bool:
        """Whether a pooler that hands out connections by transaction stands before it."""
        return "prepared_statement_cache_size" in self.url.query

    def __str__(self) -> str:
        """Return the address without password or parameters."""
        return self.url.set(query={}).render_as_string(hide_password=True)


def parse_address(text: str) -> Address:
    """Read `sqlite:///file`, `postgres://...?sslmode=require` and their kin.

    `pgbouncer=true` among the parameters turns prepared statements off, which poolers by transaction need.

    Raises:
        AddressError: it is something else, or has parameters that cannot be kept.
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
    if driver == SQLITE and url.query:
        raise AddressError("the address of a SQLite file has no parameters: remove what stands after the question mark")
    if driver == SQLITE:
        return Address(url.set(drivername=driver))
    return _postgres_address(url.set(drivername=driver))


def _postgres_address(url: URL) -> Address:
    given = {key: value if isinstance(value, str) else value[-1] for key, value in url.query.items()}
    problems = _problems(given)
    if problems:
        raise AddressError("; ".join(problems))
    kept: dict[str, Any] = {key: url.query[key] for key in ("host", "port") if key in given}
    arguments: dict[str, Any] = {key: given[key] for key in _OF_THE_DRIVER if key in given}
    encryption = _encryption(given)
    if encryption is not None:
        arguments["ssl"] = encryption
    if given.get("sslnegotiation") == "direct":
        arguments["direct_tls"] = True
    if given.get("connect_timeout", "0") != "0":
        arguments["timeout"] = float(given["connect_timeout"])
    settings = {key: given[key] for key in _OF_THE_SERVER if given.get(key)}
    if settings:
        arguments["server_settings"] = settings
    if given.get("pgbouncer", "").lower() in ("true", "1"):
        arguments |= {"statement_cache_size": 0, "prepared_statement_name_func": lambda: f"advisor_{uuid4().hex}"}
        kept["prepared_statement_cache_size"] = "0"
    url = url.set(query=kept)
    if "user" in given:
        url = url.set(username=given["user"])
    if "password" in given:
        url = url.set(password=given["password"])
    if "dbname" in given:
        url = url.set(database=given["dbname"])
    return Address(url, arguments)


def _problems(given: dict[str, str]) -> list[str]:
    """Return everything that is wrong with the parameters, each with how to mend it."""
    unknown = [key for key in given if key not in _KNOWN]
    if any("@" in given[key] for key in unknown):  # then it is a password that goes on after a question mark
        return [UNREADABLE]
    problems = [
        f'"{key}" is no parameter of the driver: remove it or, if it is a setting of the server, '
        f"write options=-c%20{key}%3DVALUE"
        for key in unknown
    ]
    problems += [said for key, (choices, said) in _CHOICES.items() if given.get(key, choices[0]) not in choices]
    if not re.fullmatch("[0-9]{1,4}", given.get("connect_timeout", "0")):
        problems.append("connect_timeout has to be a whole number of seconds")
    mode = given.get("sslmode") or given.get("ssl") or "prefer"
    if mode not in (*_UNENCRYPTED, *_ENCRYPTED):
        problems.append(f'"{mode}" is not an sslmode')
    if mode in _UNENCRYPTED:
        problems += [f"{key} needs sslmode=require, verify-ca or verify-full" for key in _OF_TLS if given.get(key)]
    return problems


def _encryption(given: dict[str, str]) -> str | ssl.SSLContext | None:
    """Return what the driver takes: a mode or, where certificates are named or checked, a context."""
    mode = given.get("sslmode") or given.get("ssl")
    if not mode or mode in _UNENCRYPTED or (mode == "require" and not any(given.get(key) for key in _CERTIFICATES)):
        return mode
    authority, reading = given.get("sslrootcert"), "sslrootcert"
    try:
        context = ssl.create_default_context(cafile=None if authority == "system" else authority)
        context.check_hostname = mode == "verify-full"
        if mode == "require" and not authority:
            context.verify_mode = ssl.CERT_NONE
        if given.get("sslcrl"):
            reading = "sslcrl"
            context.load_verify_locations(cafile=given["sslcrl"])
            context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
        if given.get("sslcert"):
            reading = "sslcert or sslkey"
            context.load_cert_chain(given["sslcert"], given.get("sslkey"), given.get("sslpassword", ""))
    except OSError:
        raise AddressError(f"{reading} names a file that cannot be read") from None
    return context
