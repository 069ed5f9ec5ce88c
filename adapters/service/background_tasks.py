"""What runs beside the platforms: the database is watched, writes are flushed, the expired is removed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from adapters.conversations.ports import Observer, StoreUnavailableError
from adapters.service.bootstrap import Service, settled_pseudonyms
from adapters.service.metrics import Health
from adapters.storage.retention import Retention, Sweep, sweep

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


FIRST_LOOK = 1.0
"""Seconds that a start waits for the database; then questions are answered without it."""
FIRST_MIGRATION = 20.0
"""The same where the database is there and its tables are being made; less than hosts wait for the port."""
EVERY = 3600.0
"""Seconds between removals."""
AGAIN = 60.0
"""The same where one could not be finished, or another process was at it."""
JUMP = 3600.0
"""Seconds by which the clock may go wrong between two removals."""


def start_background_tasks(service: Service) -> Supervisor:
    """Start everything that has to run for as long as the service does."""
    supervisor = Supervisor(service.metrics, service.health)
    supervisor.start("database", service.database.watch)
    supervisor.start("writes", service.store.flush_forever)
    supervisor.start("reload", lambda: service.holder.watch(service.settings.reload_seconds))
    supervisor.start("pseudonyms", lambda: settle_marks(service))
    supervisor.start("retention", lambda: remove_expired_forever(service))
    return supervisor


async def first_look(service: Service) -> None:
    """Give the database a moment to be there before the first question."""
    database, clock = service.database, asyncio.get_running_loop().time
    soon, at_last = clock() + FIRST_LOOK, clock() + FIRST_MIGRATION
    while not database.is_well and clock() < (at_last if database.is_migrating else soon):  # noqa: ASYNC110  # a few times at start
        await asyncio.sleep(0.02)
    try:
        async with asyncio.timeout(FIRST_LOOK):
            service.conversations.pseudonyms = await settled_pseudonyms(service.settings, service.database)
    except (TimeoutError, StoreUnavailableError):
        log.warning("Starting without the database", extra={"trouble": service.database.trouble})


async def settle_marks(service: Service) -> None:
    """Use the pseudonyms of this installation as soon as the database can tell their key."""
    while True:
        try:
            service.conversations.pseudonyms = await settled_pseudonyms(service.settings, service.database)
        except StoreUnavailableError:
            await asyncio.sleep(1)
        else:
            return


async def remove_expired_forever(
    service: Service, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
) -> None:
    """Remove what is past its time, every hour, but not right after the clock has jumped: it may be wrong."""
    offset = wall() - steady()
    while True:
        jumped, offset = abs(wall() - steady() - offset) > JUMP, wall() - steady()
        if jumped:
            log.warning("The clock has jumped; nothing is removed this time.")
        done = jumped or await _remove_expired(service, wall())
        await asyncio.sleep(EVERY if done else AGAIN)


async def _remove_expired(service: Service, now: float) -> bool:
    """Remove what is past its time; return whether nothing is left to do for this hour."""
    settings = service.settings
    retention = Retention(missed=settings.missed_days, feedback=settings.feedback_days)
    swept = await sweep(service.database, retention, now)
    service.retention.note(swept, now)
    _log(swept)
    return swept.finished


def _log(swept: Sweep) -> None:
    if swept.removed:
        log.info("Removed what was past its time", extra={"records": swept.removed})
    if swept.trouble:
        log.warning("Not everything past its time could be removed: %s", swept.trouble)
