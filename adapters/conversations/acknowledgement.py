"""When a platform may be told that a message has arrived for good: once it is answered.

A platform that sends a message again until it is acknowledged is the safest place for a message to wait: a process that
dies before the acknowledgement loses nothing. So the web handler makes an acknowledgement and hands it on with the
request: the adapter adds the work that it starts, the store says where another process is at work on the same message,
and the handler waits.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

TURNS = 5
"""Turns of the event loop that it takes until an accepted message has become work."""


@dataclass
class Acknowledgement:
    """What has to be done before one request may be acknowledged."""

    work: list[asyncio.Task[Any]] = field(default_factory=list)
    held: bool = False
    """Whether the message must come again: another process is at work on it, or what an answer needs is away."""

    def wait_for(self, task: asyncio.Task[Any]) -> None:
        """Wait for this, too, before the request is acknowledged."""
        self.work.append(task)

    def hold_back(self) -> None:
        """Let the platform send the message again: it cannot be answered now."""
        self.held = True

    async def settled(self, seconds: float) -> bool:
        """Wait for the work, for at most so many seconds; return whether the message may be acknowledged."""
        for _ in range(TURNS):
            if self.work:
                break
            await asyncio.sleep(0)
        if self.work:
            await asyncio.wait(self.work, timeout=seconds)
        return not self.held
