"""Many texts as numbers, so that numpy can go through all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from bot.matching.sparse import Ints

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Texts(Generic[T]):
    """Text r has the words whose numbers are `numbers[starts[r]:starts[r + 1]]`."""

    words: Sequence[T]
    """By their numbers; one that no text has does no harm."""
    numbers: Ints
    starts: Ints

    def __getitem__(self, row: int) -> list[T]:
        """Return the words of one text."""
        return [self.words[number] for number in self.numbers[self.starts[row] : self.starts[row + 1]].tolist()]

    @property
    def lengths(self) -> Ints:
        """How many words each text has."""
        return np.diff(self.starts)

    @property
    def rows(self) -> Ints:
        """The text that each of the numbers belongs to."""
        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)

    def without_empty(self) -> Texts[T]:
        """Return the texts that have words."""
        return Texts(self.words, self.numbers, self.starts[np.append(self.lengths > 0, True)])
