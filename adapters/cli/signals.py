"""What happens when whoever reads our output goes away, as `head` does when it has seen enough."""

from __future__ import annotations

import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

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
