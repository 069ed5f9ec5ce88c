"""The database as something that may be away: calls end soon, and while it is away nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.conversations.ports import StoreUnavailableError
from adapters.storage import migrator
from adapters.storage.address import Address
from adapters.storage.engine import NO_ANSWER, UNAVAILABLE_ERRORS, expect_file, in_words, is_our_fault, make_engine
from adapters.storage.tables import write_fact

T = TypeVar("T")
Work = Callable[[AsyncConnection], Awaitable[T]]
PATIENCE = 1.2
"""Seconds that a question waits for one call. Slack wants to hear within three, and a question makes up to two."""
WRITE_PATIENCE = 20.0
"""Seconds that a transaction may take; each of its statements is ended by the driver before."""
FAILURES = 2
"""Calls in a row that the database has refused before it counts as away."""
LONGEST = 10.0
"""Seconds that a call may take which is not given up for being slow; the driver and the server end it before."""
LOOK_AGAIN, LOOK = 1.0, 15.0
"""Seconds between looks at a database that is away, and at a healthy one."""
CHECK = 5.0
"""Seconds that a look may take."""
GIVING_BACK = 1.0
"""Seconds that calls have to give their connections back when everything is closed."""
MIGRATION = 60
"""Seconds that bringing the tables up to date may take."""
PARTS = 12
"""Parts of a deadline, each of which is seen to pass: more turns of the loop than a call to the database needs."""
log = logging.getLogger(__name__)


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


class RejectedError(Exception):
    """The database is well and will not take this: trying again is no use."""


class Database:
    """One engine, and whether it answers.

    It counts as away until the first look has found it well, and again after some failures in a row. A call without an
    answer is no proof by itself, as it may have waited for a row, for a connection, or for this very process: then a
    look decides. Only `watch` declares it well again, so that no question ever pays for trying.
    """

    def __init__(
        self,
        address: Address,
        *,
        upgrade: bool = False,
        migrate: Callable[[], Awaitable[object]] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.address = address
        self.engine = make_engine(address)
        self.trouble = "not looked at yet"
        """Why it counts as away, in words; empty while it is well."""
        self.is_migrating = False
        """Whether the look that is under way has found old tables, and brings them up to date."""
        self.patience = patience
        """Seconds that somebody waits for one call."""
        self._upgrade = upgrade
        self._migrate = migrate or (lambda: migrator.upgrade(self.engine))
        self._failures = 0
        self._lost = asyncio.Event()
        self._looking: asyncio.Task[bool] | None = None
        self._calls: set[asyncio.Task[Any]] = set()

    @property
    def is_well(self) -> bool:
        """Whether calls are made at all."""
        return not self.trouble

    async def run(self, work: Work[T], *, transaction: bool = False, patience: float | None = None) -> T:
        """Do some work on a connection and return what it returns.

        A transaction that takes too long is cancelled, so that it can be repeated as a whole. Work with a `patience` of
        its own, in seconds, is slow by nature: that it fails is no reason to look whether the database is away.

        Raises:
            StoreUnavailableError: the database is away, or was too slow.
            RejectedError: it will never take this.
        """
        if transaction:
            async with self._bounded(patience or WRITE_PATIENCE, patience is None):
                return await self._connected(work, transaction)
        return await self.call(lambda: self._connected(work, transaction), patience)

    async def call(self, call: Callable[[], Awaitable[T]], patience: float | None = None) -> T:
        """Await a call that makes its own connections, under the same conditions.

        What takes too long goes on without its caller until the driver gives up: cancelled, it would take its
        connection along, and a database some way off would never be done with connecting.

        Raises:
            StoreUnavailableError: the database is away, or was too slow.
            RejectedError: it will never take this.
        """
        async with self._bounded(patience or self.patience, patience is None):
            return await asyncio.shield(self._started(call()))

    async def insist(self, work: Work[T]) -> T:
        """Do some work as `run` does, but give it up only when it has failed, or the database is found to be away.

        Raises:
            StoreUnavailableError: `is_well` tells by now which of both it was.
            RejectedError: it will never take this.
        """
        if self.trouble:
            raise StoreUnavailableError(self.trouble)
        call = self._started(self._connected(work, transaction=False))
        await asyncio.wait({call}, timeout=self.patience)
        if not call.done():
            await self.look()
        try:
            async with self._bounded(LONGEST, telling=False):
                return await asyncio.shield(call)
        except StoreUnavailableError:
            if self.is_well:
                await self.look()
            raise

    @asynccontextmanager
    async def _bounded(self, seconds: float, telling: bool) -> AsyncIterator[None]:
        """Bound a block with a call; where it is `telling`, its failure may mean that the database is away."""
        if self.trouble:
            raise StoreUnavailableError(self.trouble)
        try:
            async with running_time(seconds):
                yield
        except UNAVAILABLE_ERRORS as error:
            if is_our_fault(error):
                raise RejectedError(in_words(error)) from error
            if telling:
                self._failed(in_words(error))
            raise StoreUnavailableError(in_words(error)) from error
        self._failures = 0

    def _failed(self, trouble: str) -> None:
        if trouble == NO_ANSWER:
            self._look_soon()
            return
        self._failures += 1
        if self._failures >= FAILURES:
            self._declare(trouble)

    def _started(self, call: Awaitable[T]) -> asyncio.Task[T]:
        """Return a call that goes on whoever waits for it, until everything is closed."""
        task = asyncio.ensure_future(call)
        assert isinstance(task, asyncio.Task)
        self._calls.add(task)
        task.add_done_callback(self._forget)
        return task

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._calls.discard(task)
        if not task.cancelled():
            task.exception()  # whoever still waits has it; for a caller that has left it is of no use

    async def look(self) -> bool:
        """Find out whether the database answers, takes writes, and has the right tables; return whether it does."""
        return await asyncio.shield(self._look_soon())

    def _look_soon(self) -> asyncio.Task[bool]:
        """Return the look that is under way: one for all who want to know."""
        if self._looking is None or self._looking.done():
            self._looking = self._started(self._look())
        return self._looking

    async def _look(self) -> bool:
        try:
            expect_file(self.address)
            if self._upgrade:
                await self._bring_up_to_date()
            async with running_time(CHECK):
                self._declare(await self._connected(_examine, transaction=False))
        except UNAVAILABLE_ERRORS as error:
            self._declare(in_words(error))
        finally:
            self.is_migrating = False
        if not self.is_well:
            await self.engine.dispose()  # the next look connects anew: to the file or server that is there by then
        return self.is_well

    async def _bring_up_to_date(self) -> None:
        async with running_time(CHECK):
            found = await self._connected(migrator.revision, transaction=False)
        if found < migrator.newest():
            self.is_migrating = True
            await asyncio.wait_for(self._migrate(), MIGRATION)
        self._upgrade = False

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.look()
            self._lost.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._lost.wait(), LOOK if self.is_well else LOOK_AGAIN)
                await asyncio.sleep(LOOK_AGAIN)

    async def close(self) -> None:
        """Close all connections, also those of calls that nobody waits for any more."""
        late = set(self._calls)
        for call in late:
            call.cancel()
        if late:  # each gives its own connection back; one that was closed under it would never answer it again
            await asyncio.wait(late, timeout=GIVING_BACK)
        await self.engine.dispose()

    async def _connected(self, work: Work[T], transaction: bool) -> T:
        async with self.engine.connect() as connection:
            if not transaction:
                return await work(connection)
            level = "SERIALIZABLE" if self.address.is_sqlite else "READ COMMITTED"
            await connection.execution_options(isolation_level=level)
            result = await work(connection)
            await connection.commit()
            return result

    def _declare(self, trouble: str) -> None:
        if trouble and trouble != self.trouble:
            log.warning("The database is away: %s. Questions are answered all the same.", trouble)
            self._lost.set()
        if not trouble and self.trouble:
            log.info("The database is well.")
        self._failures = 0
        self.trouble = trouble


async def _examine(connection: AsyncConnection) -> str:
    found, needed = await migrator.revision(connection), migrator.newest()
    if found < needed:
        return f"the tables are at revision {found or 'none'} and must be at {needed}: run `advisor db upgrade`"
    await write_fact(connection, "looked", str(int(time.time())))
    return ""
