"""Turns: what keeps the event loop from everything else is done piece by piece."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Turns:
    """Lets one piece of work after the other have the event loop, which goes round in between.

    Otherwise a hundred questions that come together would be read in one go, and requests, acknowledgements and the
    answers of the database would have to wait until the last one is.
    """

    clock: Callable[[], float] = time.monotonic
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _came: deque[float] = field(default_factory=deque)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, which lasts until the block ends."""
        came = self.clock()
        self._came.append(came)
        try:
            await self._lock.acquire()
        finally:
            self._came.remove(came)
        try:
            await asyncio.sleep(0)
            yield
        finally:
            self._lock.release()

    @property
    def delay(self) -> float:
        """Seconds for which whoever is next has waited."""
        return self.clock() - self._came[0] if self._came else 0.0
