"""Deadlines by a clock that stands still while the event loop does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PARTS = 12
"""Parts of a deadline, each of which is seen to pass: more turns of the loop than a call to the database needs."""


@asynccontextmanager
async def running_time(seconds: float) -> AsyncIterator[None]:
    """Bound a block as `asyncio.timeout` does, by the time in which the event loop was running.

    A process that gets no processor finds that all its deadlines have passed, and that says nothing about what it
    waits for: the answer may be there, unread. So a part of the time counts once, however late the loop came to see
    that it has passed.

    Raises:
        TimeoutError: the time is over.
    """
    loop = asyncio.get_running_loop()
    timer: asyncio.TimerHandle | None = None

    def wait(parts: int) -> None:
        nonlocal timer
        if parts:
            timer = loop.call_later(seconds / PARTS, wait, parts - 1)
        else:
            limit.reschedule(loop.time())

    async with asyncio.timeout(None) as limit:
        wait(PARTS)
        try:
            yield
        finally:
            assert timer
            timer.cancel()
