"""What a database does when it fails: it is away, or it is unhappy with what it was given."""

from __future__ import annotations

import sqlalchemy.exc as sa
from asyncpg.exceptions import (  # type: ignore[import-untyped]  # it comes without types
    InterfaceError,
    PostgresError,
)

UNAVAILABLE_ERRORS = (OSError, TimeoutError, ValueError, sa.SQLAlchemyError, PostgresError, InterfaceError)
"""What a call to the database may end with."""
_REJECTED = ("22", "23")
"""Classes of SQLSTATE: data that do not fit, and rows that break a rule."""

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
    ("timeout", "no answer in time"),
)


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
        return "no answer in time"
    cause = error.orig if isinstance(error, sa.DBAPIError) and error.orig else error
    text = f"{type(cause).__name__} {cause}".lower()
    return next((words for sign, words in _SIGNS if sign in text), f"it failed ({type(cause).__name__})")
