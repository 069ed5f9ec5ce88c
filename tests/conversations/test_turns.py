"""Questions that come together are read one by one, and everything else goes on in between."""

from __future__ import annotations

import asyncio

import pytest

from adapters.conversations.flow_control import Turns
from adapters.conversations.identity import Message, Person
from adapters.conversations.service import Conversations
from bot.advisor import Advisor, Turn
from tests.storage.clocks import Clock, end
from tests.trained import TEA, trained_advisor


class Listening:
    """An advisor that notes how often the event loop had gone round when it was asked."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor
        self.rounds = 0
        self.asked_in: list[int] = []

    async def count(self) -> None:
        """Count the rounds of the event loop."""
        while True:
            self.rounds += 1
            await asyncio.sleep(0)

    def ask(self, *args: object, **kwargs: object) -> Turn:
        """Note the round, and answer."""
        self.asked_in.append(self.rounds)
        return self._advisor.ask(*args, **kwargs)  # type: ignore[arg-type]  # it only passes on

    def __getattr__(self, name: str) -> object:
        return getattr(self._advisor, name)


async def test_the_event_loop_goes_round_between_two_questions() -> None:
    advisor = Listening(trained_advisor(TEA))
    conversations = Conversations(lambda: advisor)  # type: ignore[arg-type,return-value]  # it behaves as one
    counting = asyncio.create_task(advisor.count())

    asked = [Message(Person("slack", "T1", f"U{user}"), "", "how much caffeine is in coffee?") for user in range(20)]
    await asyncio.gather(*(conversations.ask(each) for each in asked))
    await end(counting)

    assert len(set(advisor.asked_in)) == 20


async def test_the_delay_is_how_long_the_next_one_has_waited() -> None:
    clock = Clock()
    turns = Turns(clock)

    async def wait() -> None:
        async with turns.turn():
            pass

    async with turns.turn():
        alone = turns.delay
        first = asyncio.create_task(wait())
        await asyncio.sleep(0)
        clock.now += 3
        second = asyncio.create_task(wait())
        await asyncio.sleep(0)
        clock.now += 4
        behind = turns.delay
        await end(first)
        without_the_first = turns.delay
    await second

    assert (alone, behind, without_the_first, turns.delay) == (0, 7, 4, 0)


@pytest.mark.parametrize("times", [1, 2])
async def test_a_turn_that_breaks_is_over(times: int) -> None:
    turns = Turns(Clock())
    for _ in range(times):
        with pytest.raises(ValueError, match="broken"):
            async with turns.turn():
                raise ValueError("broken")
