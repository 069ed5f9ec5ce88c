"""Input, output, signals and exit codes of the command line."""

from __future__ import annotations

import codecs
import signal
import sys
from collections.abc import Coroutine
from io import StringIO, TextIOWrapper
from typing import Any, TypeVar

_PLAIN = {
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{BULLET}": "*",
    "\N{NO-BREAK SPACE}": " ",
}
"""What stands for a sign that an encoding does not have."""


def set_up() -> None:
    """Replace signs that the encoding of the output lacks by the nearest that it has; be ready for closed input."""
    codecs.register_error("plain", _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="plain")
    sys.stdin = sys.stdin or StringIO()  # closed by whoever started us: nothing to read
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def takes_any_sign() -> bool:
    """Return whether standard output can write every sign."""
    return "utf" in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_PLAIN.get(sign, "?") for sign in signs), error.end


T = TypeVar("T")

BROKEN_PIPE: signal.Signals | None = getattr(signal, "SIGPIPE", None)
"""What a write that nobody can read raises; Windows has no such signal."""


def end_when_nobody_reads() -> None:
    """From now on, let the system end us without a word at such a write, as it ends `cat` and `git`.

    Shells then report 141. Python would raise, and click and rich would turn that into the 1 of a check that failed.
    """
    if BROKEN_PIPE:
        signal.signal(BROKEN_PIPE, signal.SIG_DFL)


def run_on_network(work: Coroutine[Any, Any, T]) -> T:
    """Run what talks to other machines: one that goes away is an error like others there, and must not end us."""
    import asyncio

    if not BROKEN_PIPE or signal.getsignal(BROKEN_PIPE) is not signal.SIG_DFL:
        return asyncio.run(work)
    signal.signal(BROKEN_PIPE, signal.SIG_IGN)
    try:
        return asyncio.run(work)
    finally:
        signal.signal(BROKEN_PIPE, signal.SIG_DFL)


CHECK_FAILED = 1
WRONG_USE = 2
INTERRUPTED = 130
"""What shells report of a program that Ctrl-C ended; 141, of one whose reader went away."""


class UsageError(Exception):
    """Something in the command or its input that the person can mend; says how."""
