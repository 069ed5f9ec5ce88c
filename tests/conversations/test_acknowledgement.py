"""When a request may be acknowledged: once the work that it started is done, and never while it has to come again."""

from __future__ import annotations

import asyncio

import pytest

from adapters.conversations.flow_control import Acknowledgement

PATIENCE = 30.0
"""Seconds that are waited for what happens at once."""


async def test_a_request_that_starts_nothing_is_acknowledged() -> None:
    assert await Acknowledgement().settled(PATIENCE)


@pytest.mark.parametrize("turns", [0, 1, 4])
async def test_the_work_that_a_request_starts_is_waited_for(turns: int) -> None:
    current, done = Acknowledgement(), list[str]()

    async def work() -> None:
        await asyncio.sleep(0.01)
        done.append("work")

    async def accept() -> None:
        for _ in range(turns):
            await asyncio.sleep(0)
        current.wait_for(asyncio.create_task(work()))

    accepting = asyncio.create_task(accept())

    assert await current.settled(PATIENCE)
    assert done == ["work"]
    await accepting


async def test_work_that_takes_too_long_goes_on_and_the_request_has_to_come_again() -> None:
    current = Acknowledgement()
    hanging = asyncio.Event()
    work = asyncio.create_task(hanging.wait())
    current.wait_for(work)

    assert not await current.settled(0.01)
    assert not work.done()
    hanging.set()
    assert await work


async def test_what_has_to_come_again_is_not_acknowledged() -> None:
    current = Acknowledgement()

    async def work() -> None:
        current.hold_back()

    current.wait_for(asyncio.create_task(work()))

    assert not await current.settled(PATIENCE)
