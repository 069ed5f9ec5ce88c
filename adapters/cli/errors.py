"""Mistakes of whoever types a command: a sentence and an exit code, never a traceback."""

from __future__ import annotations

CHECK_FAILED = 1
WRONG_USE = 2
INTERRUPTED = 130
"""What shells report of a program that Ctrl-C ended; 141, of one whose reader went away (see `signals`)."""


class UsageError(Exception):
    """Something in the command or its input that the person can mend; says how."""
