"""Keeps the background tasks of a service running: none of them ends unseen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from adapters.conversations.ports import Observer
from adapters.service.health import Health

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds until a task that failed is started again; each further failure doubles them."""
CANCEL_AGAIN = 0.2
"""Seconds between cancellations of a task that is to end."""
STEADY = 30.0
"""Seconds that a task must have run again for its failure to be over."""

log = logging.getLogger(__name__)

Work = Callable[[], Awaitable[None]]


@dataclass
class BackgroundTask:
    """One task, and what is wrong with it."""

    name: str
    work: Work
    observer: Observer
    trouble: str = ""
    """Why it does not run as it should, in words; empty while it does."""
    _pause: float = FIRST_PAUSE

    async def run(self) -> None:
        """Do the work until it is done; where it breaks, log, count and show that, and begin again."""
        while True:
            over = asyncio.get_running_loop().call_later(STEADY, self._well)
            try:
                await self.work()
            except Exception as error:
                log.exception("The background task %s failed; it is started again.", self.name)
                self._failed(error)
            else:
                self._well()
                return
            finally:
                over.cancel()
            await asyncio.sleep(self._pause)
            self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def _failed(self, error: Exception) -> None:
        self.observer.failed("service", self.name)
        self.trouble = f"it failed ({type(error).__name__}) and is started again"

    def _well(self) -> None:
        self.trouble, self._pause = "", FIRST_PAUSE


@dataclass
class Supervisor:
    """The background tasks of a process."""

    observer: Observer
    health: Health
    _running: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self, name: str, work: Work) -> None:
        """Run a task until it is done, or until `stop`; health tells what is wrong with it."""
        task = BackgroundTask(name, work, self.observer)
        self.health.watch(f"task {name}", lambda: task.trouble)
        self._running.append(asyncio.create_task(task.run(), name=name))

    async def stop(self, seconds: float) -> list[str]:
        """End all tasks; return the names of those that had not ended after so many seconds.

        They are cancelled more than once: a library may take a cancellation for a failure of its own.
        """
        end = asyncio.get_running_loop().time() + seconds
        left = set(self._running)
        while left and asyncio.get_running_loop().time() < end:
            for task in left:
                task.cancel()
            _, left = await asyncio.wait(left, timeout=CANCEL_AGAIN)
        return sorted(task.get_name() for task in left)
