"""What runs beside the platforms: the database is watched, writes are flushed, the expired is removed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from adapters.conversations.ports import StoreUnavailableError
from adapters.service.bootstrap import Service
from adapters.service.pseudonym_key import settled_marks
from adapters.storage.retention import Retention, remove_expired

FIRST_LOOK = 1.0
"""Seconds that a start waits for the database; then questions are answered without it."""
FIRST_MIGRATION = 20.0
"""The same where the database is there and its tables are being made; less than hosts wait for the port."""
EVERY = 3600.0
"""Seconds between removals."""
JUMP = 3600.0
"""Seconds by which the clock may go wrong between two removals."""

log = logging.getLogger(__name__)


def upkeep(service: Service) -> list[Callable[[], Awaitable[None]]]:
    """Return what has to run for as long as the service does."""
    return [
        service.database.watch,
        service.store.flush_forever,
        lambda: service.holder.watch(service.settings.reload_seconds),
        lambda: settle_marks(service),
        lambda: remove_expired_forever(service),
    ]


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
    """Use the marks of this installation as soon as the database can tell them."""
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
    settings = service.settings
    retention = Retention(missed=settings.missed_days, feedback=settings.feedback_days)
    offset = wall() - steady()
    while True:
        jumped, offset = abs(wall() - steady() - offset) > JUMP, wall() - steady()
        try:
            if jumped:
                log.warning("The clock has jumped; nothing is removed this time.")
            else:
                removed = await remove_expired(service.database, retention, wall())
                log.info("Removed what was past its time", extra={"records": removed})
        except StoreUnavailableError:
            await asyncio.sleep(60)
            continue
        await asyncio.sleep(EVERY)
