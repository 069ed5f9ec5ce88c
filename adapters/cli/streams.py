"""Standard streams that never end a command: whatever encoding they have, whoever closed them."""

from __future__ import annotations

import codecs
import sys
from io import StringIO, TextIOWrapper

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
