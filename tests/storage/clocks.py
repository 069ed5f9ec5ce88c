"""A clock that tests set."""

from __future__ import annotations


class Clock:
    """Tells the time that it was told."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now
