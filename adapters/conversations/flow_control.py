"""How much is taken on: what one person may ask, whose turn it is to be read, and when a message counts as taken."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

PEOPLE = 10_000
"""Buckets that are kept; whoever was quiet longest starts afresh."""
ROUNDS = 5
"""Rounds of the event loop that it takes until an accepted message has become work."""


class RateLimit:
    """A token bucket for each person or workspace, kept by each process for itself.

    Several processes hold the limit only approximately: with n of them a person may get up to n times as much.
    """

    def __init__(self, burst: int, per_minute: float, clock: Callable[[], float]) -> None:
        self._burst = float(burst)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Return whether whoever has this key may go on, and count it if so."""
        now = self._clock()
        left, since = self._buckets.pop(key, (self._burst, now))
        left = min(self._burst, left + max(0.0, now - since) * self._per_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        while len(self._buckets) > PEOPLE:
            self._buckets.popitem(last=False)
        return allowed


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


@dataclass
class Acknowledgement:
    """What has to be done before a platform may be told that a message has arrived for good: it is answered.

    A platform that sends a message again until it is acknowledged is the safest place for a message to wait: a process
    that dies before loses nothing. So the web handler makes an acknowledgement and hands it on with the request: the
    adapter adds the work that it starts, the store says where another process is at work on the same message, and the
    handler waits.
    """

    work: list[asyncio.Task[Any]] = field(default_factory=list)
    held: bool = False
    """Whether the message must come again: it has no answer yet, and who will give one is not known, or may die."""

    repeated: bool = False
    """Whether the message has come before and will come once more: who got it first may have answered it."""

    def wait_for(self, task: asyncio.Task[Any]) -> None:
        """Wait for this, too, before the request is acknowledged."""
        self.work.append(task)

    def hold_back(self) -> None:
        """Let the platform send the message again: it cannot be answered now."""
        self.held = True

    async def settled(self, seconds: float) -> bool:
        """Wait for the work, for at most so many seconds; return whether the message may be acknowledged.

        What is not done by then goes on, and the message comes again, to find itself claimed or answered.
        """
        for _ in range(ROUNDS):
            if self.work:
                break
            await asyncio.sleep(0)
        if self.work:
            _, unfinished = await asyncio.wait(self.work, timeout=seconds)
            self.held = self.held or bool(unfinished)
        return not self.held
