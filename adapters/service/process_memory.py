"""Keeps the memory of a process small, and its garbage collector out of the way."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

_ARENAS = -8
"""What the GNU library calls the number of its heaps (M_ARENA_MAX)."""


def one_heap() -> None:
    """Keep the C library from making a heap for every thread: Python's threads take turns anyway."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_ARENAS, 1)


def settle() -> None:
    """Call once everything that lives long is built, and again after some of it was replaced.

    What loading needed goes back to the system, which the C library would keep otherwise. What stays is taken out of
    the collector's sight: it would look through it again and again while questions wait.
    """
    gc.unfreeze()
    gc.collect()
    with suppress(OSError, AttributeError):  # only the GNU library has it
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
