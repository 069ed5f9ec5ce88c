"""Standard streams that never end a command: whatever encoding they have, whoever closed them."""

from __future__ import annotations

import codecs
import sys
from io import StringIO, TextIOWrapper

_PLAIN = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "→": "->",
    "…": "...",
    "–": "-",
    "—": "-",
    "•": "*",
    "━": "-",
    "\u00a0": " ",
    "\u2011": "-",
}
"""What stands for a sign that an encoding does not have."""


def set_up() -> None:
    """Let signs that the encoding lacks become the nearest that it has, on the way out; and be ready for closed input."""
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
