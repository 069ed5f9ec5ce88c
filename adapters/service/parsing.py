"""Reads values as people write them in an environment."""

from __future__ import annotations

from typing import Any


def numbers(value: Any) -> Any:
    """Read `0,1,2` as numbers; leave anything else for the checks that follow."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def lower(value: Any) -> Any:
    """Read a word in any case."""
    return value.strip().lower() if isinstance(value, str) else value
