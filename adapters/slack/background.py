"""Answers in flight: started after the acknowledgement, waited for when the process stops."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from adapters.conversations.acknowledgement import wait_for

T = TypeVar("T")


class BackgroundTasks:
    """Keeps track of tasks, so that nothing that Slack was told is accepted gets lost."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, coroutine: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run `coroutine` and remember it until it is done."""
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        wait_for(task)
        return task

    async def drain(self, seconds: float) -> int:
        """Wait until everything is done, also what starts meanwhile; give up after `seconds`.

        Returns:
            How many tasks were given up and cancelled.
        """
        clock = asyncio.get_running_loop().time
        end = clock() + seconds
        while self._tasks and clock() < end:
            await asyncio.wait(set(self._tasks), timeout=end - clock(), return_when=asyncio.FIRST_COMPLETED)
        left = set(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return len(left)
