"""Telling somebody something once, and not again for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

PEOPLE = 1_000
"""People that are remembered; beyond that, whoever was told longest ago hears it again."""


class Told:
    """Remembers who was told, for so many seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._told: OrderedDict[str, float] = OrderedDict()

    def is_news(self, mark: str) -> bool:
        """Return whether the person has not been told lately; they count as told from now on."""
        now = self._clock()
        before = self._told.get(mark)
        if before is not None and now - before < self._seconds:
            return False
        self._told[mark] = now
        self._told.move_to_end(mark)
        while len(self._told) > PEOPLE:
            self._told.popitem(last=False)
        return True
