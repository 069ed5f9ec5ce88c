"""A clock that tests set, and an end for what runs for ever."""

from __future__ import annotations

import asyncio
from typing import Any


class Clock:
    """Tells the time that it was told."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait until it has let go of everything."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
