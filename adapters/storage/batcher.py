"""Many callers, one call: what is asked for while a call is under way goes into the next one together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar

from adapters.conversations.ports import StoreUnavailableError

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
