"""How much a person or a workspace may ask in how short a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

PEOPLE = 10_000
"""Buckets that are kept; whoever was quiet longest starts afresh."""


class RateLimit:
    """A token bucket for each person or workspace, kept by each process for itself.

    Several processes hold the limit only approximately: with n of them a person may get up to n times as much.
    """

    def __init__(self, burst: int, per_minute: float, clock: Callable[[], float]) -> None:
        self._burst = float(burst)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Return whether whoever has this key may go on, and count it if so."""
        now = self._clock()
        left, since = self._buckets.pop(key, (self._burst, now))
        left = min(self._burst, left + max(0.0, now - since) * self._per_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        while len(self._buckets) > PEOPLE:
            self._buckets.popitem(last=False)
        return allowed
