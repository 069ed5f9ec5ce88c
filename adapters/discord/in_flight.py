"""What is being answered right now, so that a stop can wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class InFlight:
    """Counts events between their arrival and their answer."""

    def __init__(self) -> None:
        self._flying = 0
        self._landed = asyncio.Event()
        self._landed.set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one event while the block runs."""
        self._flying += 1
        self._landed.clear()
        try:
            yield
        finally:
            self._flying -= 1
            if not self._flying:
                self._landed.set()

    async def landed(self, within: float) -> bool:
        """Wait until nothing is in flight; return whether that was so within so many seconds."""
        try:
            await asyncio.wait_for(self._landed.wait(), within)
        except TimeoutError:
            return False
        return True
