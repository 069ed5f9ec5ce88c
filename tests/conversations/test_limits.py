"""How much one person may ask in how short a time."""

from __future__ import annotations

from adapters.conversations.flow_control import PEOPLE, RateLimit


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_allowed_then_it_is_enough_then_it_refills() -> None:
    clock = Clock()
    limit = RateLimit(burst=3, per_minute=60, clock=clock)

    assert [limit.allows("anna") for _ in range(4)] == [True, True, True, False]
    clock.now += 1
    assert [limit.allows("anna") for _ in range(2)] == [True, False]


def test_everybody_has_a_limit_of_their_own() -> None:
    limit = RateLimit(burst=1, per_minute=1, clock=Clock())

    assert (limit.allows("anna"), limit.allows("ben"), limit.allows("anna")) == (True, True, False)


def test_a_clock_that_jumps_back_neither_fills_nor_empties() -> None:
    clock = Clock()
    limit = RateLimit(burst=2, per_minute=60, clock=clock)
    limit.allows("anna")
    clock.now -= 3_600

    assert [limit.allows("anna"), limit.allows("anna")] == [True, False]
    clock.now += 1
    assert limit.allows("anna")


def test_quiet_people_are_forgotten_so_that_memory_stays_bounded() -> None:
    limit = RateLimit(burst=1, per_minute=1, clock=Clock())
    for number in range(PEOPLE + 5):
        limit.allows(str(number))

    assert limit.allows("0")
    assert not limit.allows(str(PEOPLE + 4))
