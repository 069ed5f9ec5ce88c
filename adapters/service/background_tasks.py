"""What runs beside the platforms: the database is watched, writes are flushed, the expired is removed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from adapters.conversations.ports import StoreUnavailableError
from adapters.service.bootstrap import Service
from adapters.service.pseudonym_key import settled_marks
from adapters.service.supervisor import Supervisor
from adapters.storage.retention import Retention, Sweep, sweep

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

log = logging.getLogger(__name__)


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
            service.conversations.marks = await settled_marks(service.settings, service.database)
    except (TimeoutError, StoreUnavailableError):
        log.warning("Starting without the database", extra={"trouble": service.database.trouble})


async def settle_marks(service: Service) -> None:
    """Use the pseudonyms of this installation as soon as the database can tell their key."""
    while True:
        try:
            service.conversations.marks = await settled_marks(service.settings, service.database)
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
