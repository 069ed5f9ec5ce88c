"""Claims on events: each is answered by one process, and by another one where the first has died."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.ports import StoreUnavailableError
from adapters.storage.database import Database, running_time
from adapters.storage.engine import NO_ANSWER
from adapters.storage.tables import events, insert_for

V = TypeVar("V")

LINGER = 0.01
"""Seconds to wait for more callers. Nobody notices them in a chat, and a busy process asks far less often."""
WAITING = 2_000
"""Callers that may wait; beyond, they are turned away at once, so that nothing piles up."""


class Batcher(Generic[V]):
    """Answers for keys, fetched for all callers of the moment at once."""

    def __init__(self, fetch: Callable[[list[str]], Awaitable[Mapping[str, V]]], absent: V) -> None:
        self._fetch = fetch
        self._absent = absent
        self._waiting: dict[str, list[asyncio.Future[V]]] = {}
        self._task: asyncio.Task[None] | None = None

    async def get(self, key: str) -> V:
        """Return what there is for `key`.

        Raises:
            StoreUnavailableError: the fetch failed, or too many wait already.
        """
        if len(self._waiting) >= WAITING:
            raise StoreUnavailableError("too many callers wait")
        future: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(future)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        return await future

    async def _work(self) -> None:
        while self._waiting:
            await asyncio.sleep(LINGER)
            batch, self._waiting = self._waiting, {}
            try:
                found = await self._fetch(list(batch))
            except Exception as error:  # noqa: BLE001  # whatever it was, the callers wait for it
                self._fail(batch, error)
            else:
                self._deliver(batch, found)

    def _deliver(self, batch: dict[str, list[asyncio.Future[V]]], found: Mapping[str, V]) -> None:
        for key, futures in batch.items():
            for future in futures:
                if not future.done():
                    future.set_result(found.get(key, self._absent))

    @staticmethod
    def _fail(batch: dict[str, list[asyncio.Future[V]]], error: Exception) -> None:
        away = error if isinstance(error, StoreUnavailableError) else StoreUnavailableError(type(error).__name__)
        for future in (future for futures in batch.values() for future in futures):
            if not future.done():
                future.set_exception(StoreUnavailableError(*away.args))


LEASE = 45.0
"""Seconds after which an event without an answer may be taken over. Slack sends again after a minute."""
SEEN = 10_000
"""Events of its own that a process knows without asking the database."""

_MINE, _HELD, _ANSWERED = "mine", "held", "answered"


class Claims:
    """Claims of all processes on one database."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._seen: OrderedDict[str, bool] = OrderedDict()
        self._asking = Batcher(self._ask, absent=_HELD)
        self._marking = Batcher(self._mark, absent=None)

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:
        """Return whether the event, a digest, is the caller's to answer.

        Where somebody else is at work on it, the acknowledgement is held back; also where nobody knows, and the
        database is not away, or the message is repeated: by the time that it comes again, somebody will know. A message
        without acknowledgement comes once, and a person waits for it.

        Raises:
            StoreUnavailableError: that cannot be known; at least nobody in this process has it.
        """
        if acknowledgement is None:
            return await self._soon(event) == _MINE
        try:
            state = await self._state(event)
        except StoreUnavailableError:
            if not (acknowledgement.held or acknowledgement.repeated or self._database.is_well):
                raise
            self._seen.pop(event, None)
            state = _HELD
        if state == _HELD:
            acknowledgement.hold_back()
        return state == _MINE

    async def answered(self, event: str) -> None:
        """Note that an event has its answer.

        Raises:
            StoreUnavailableError: the other processes do not know it yet.
        """
        if event in self._seen:
            self._see(event, answered=True)
        await self._marking.get(event)

    async def _soon(self, event: str) -> str:
        try:
            async with running_time(self._database.patience):
                return await self._state(event)
        except TimeoutError:
            raise StoreUnavailableError(NO_ANSWER) from None

    async def _state(self, event: str) -> str:
        if event in self._seen:
            return _ANSWERED if self._seen[event] else _HELD
        self._see(event, answered=False)
        state = await self._asking.get(event)
        if state == _HELD:
            self._seen.pop(event, None)  # another process has it: what became of it is to be asked again
        elif state == _ANSWERED:
            self._see(event, answered=True)
        return state

    def _see(self, event: str, *, answered: bool) -> None:
        self._seen[event] = answered
        if len(self._seen) > SEEN:
            self._seen.popitem(last=False)

    async def _ask(self, keys: list[str]) -> Mapping[str, str]:
        return await self._database.insist(lambda connection: self._states(connection, keys))

    async def _mark(self, keys: list[str]) -> Mapping[str, None]:
        marks = dict.fromkeys(keys, self._clock())
        await self._database.run(lambda connection: note_answered(connection, marks))
        return {}

    async def _states(self, connection: AsyncConnection, keys: list[str]) -> dict[str, str]:
        now = self._clock()
        new = insert_for(connection, events).on_conflict_do_nothing().returning(events.c.event)
        rows = [{"event": key, "claimed_at": now} for key in keys]
        states = dict.fromkeys((await connection.execute(new, rows)).scalars(), _MINE)
        left = [key for key in keys if key not in states]
        return states | await self._taken(connection, left, now) if left else states

    async def _taken(self, connection: AsyncConnection, keys: list[str], now: float) -> dict[str, str]:
        """Return the states of events that somebody claimed before; take over those whose time is over."""
        over = or_(events.c.claimed_at < now - LEASE, events.c.claimed_at > now + LEASE)  # or a clock was wrong
        free = events.c.event.in_(keys) & events.c.answered_at.is_(None) & over
        won = await connection.execute(update(events).where(free).values(claimed_at=now).returning(events.c.event))
        states = dict.fromkeys(won.scalars(), _MINE)
        done = select(events.c.event).where(events.c.event.in_(keys), events.c.answered_at.is_not(None))
        return dict.fromkeys((await connection.execute(done)).scalars(), _ANSWERED) | states


async def note_answered(connection: AsyncConnection, answered: Mapping[str, float]) -> None:
    """Note which events are answered, also those that were answered while the database was away: nobody claimed them.

    A message that its platform sends once more is then known to have its answer, whichever process gets it.
    """
    if not answered:
        return
    insert = insert_for(connection, events)
    rows = [{"event": event, "claimed_at": at, "answered_at": at} for event, at in sorted(answered.items())]
    noted = {"answered_at": insert.excluded.answered_at}
    await connection.execute(insert.on_conflict_do_update(index_elements=["event"], set_=noted), rows)
