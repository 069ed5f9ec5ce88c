"""Mistakes of whoever types a command: a sentence and an exit code, never a traceback."""

from __future__ import annotations

WRONG_USE = 2
CHECK_FAILED = 1


class UsageError(Exception):
    """Something in the command or its input that the person can mend; says how."""
