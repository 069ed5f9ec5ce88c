"""Replace runs of words by what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Generic, Protocol, TypeVar


class HasStem(Protocol):
    """Anything that is compared by its stem."""

    @property
    def stem(self) -> str:
        """The canonical form."""


T = TypeVar("T", bound=HasStem)


class Phrases(Generic[T]):
    """Runs of stems, each with the words that replace it; the longest run wins."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Sequence[T]]]] = {}
        self._single: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()

    def add(self, stems: Sequence[str], target: Sequence[T]) -> None:
        """Replace this run of stems by the target from now on; the first of two meanings holds."""
        if not stems or [word.stem for word in target] == list(stems):
            return
        if len(stems) == 1:
            self._single.add(stems[0])
        else:
            self._pairs.add((stems[0], stems[1]))
        runs = self._by_first.setdefault(stems[0], [])
        runs.append((tuple(stems), target))
        runs.sort(key=lambda run: -len(run[0]))

    def replaced(self, found: list[T]) -> list[T]:
        """Return the words with every run replaced, reading from the left."""
        stems = [word.stem for word in found]
        if self._single.isdisjoint(stems) and self._pairs.isdisjoint(pairwise(stems)):
            return found
        out: list[T] = []
        place = 0
        while place < len(found):
            length, target = self._run_at(found, place)
            out.extend(target)
            place += length
        return out

    def _run_at(self, found: list[T], place: int) -> tuple[int, Sequence[T]]:
        for stems, target in self._by_first.get(found[place].stem, ()):
            if tuple(word.stem for word in found[place : place + len(stems)]) == stems:
                return len(stems), target
        return 1, found[place : place + 1]
