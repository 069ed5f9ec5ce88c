"""Texts and their features as arrays, so that numpy goes through many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sparse:
    """Row r has the values `values[starts[r]:starts[r + 1]]` in the columns at the same places."""

    starts: Ints
    columns: NDArray[np.int32]
    values: Floats

    @classmethod
    def empty(cls) -> Sparse:
        """Return the matrix without rows."""
        return cls(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32))

    def places(self, rows: NDArray[Any]) -> tuple[Ints, Ints]:
        """Return the places of these rows' entries one after another, and how many each row has."""
        begins = self.starts[rows]
        lengths = self.starts[rows + 1] - begins
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        return np.arange(total) + np.repeat(begins - ends + lengths, lengths), lengths

    def taken(self, rows: NDArray[Any]) -> Sparse:
        """Return the matrix that has these rows, in this order."""
        places, lengths = self.places(rows)
        return Sparse(np.concatenate(([0], np.cumsum(lengths))), self.columns[places], self.values[places])


def from_keys(keys: Ints, values: Floats, shape: tuple[int, int]) -> Sparse:
    """Return the matrix whose entries have these sorted keys (row x columns + column)."""
    rows, columns = split(keys, shape[1])
    return Sparse(starts_of(rows, shape[0]), columns.astype(np.int32), values)


def split(keys: Ints, columns: int) -> tuple[Ints, Ints]:
    """Return the rows and columns of these keys; numpy's own divmod takes several times as long."""
    rows = keys // columns
    return rows, keys - rows * columns


def numbered(keys: Ints) -> tuple[Ints, Ints]:
    """Return the distinct keys, sorted, and the number of each key among them.

    Each key is sorted together with its place: numpy's unique sorts places by their keys, which takes twice as long.
    """
    bits = len(keys).bit_length()
    both = np.sort((keys << bits) + np.arange(len(keys)))
    ordered = both >> bits
    first = np.diff(ordered, prepend=-1) > 0
    numbers = np.empty_like(keys)
    numbers[both & ((1 << bits) - 1)] = np.cumsum(first) - 1
    return ordered[first], numbers


def starts_of(rows: Ints, count: int) -> Ints:
    """Return where each of `count` rows begins, and where the last one ends, in entries of these ascending rows."""
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return starts


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

    def taken(self, rows: Ints) -> Texts[T]:
        """Return these texts, in this order."""
        chosen = [self.numbers[self.starts[row] : self.starts[row + 1]] for row in rows]
        return Texts(self.words, np.concatenate([self.numbers[:0], *chosen]), np.cumsum([0, *map(len, chosen)]))

    def without_empty(self) -> Texts[T]:
        """Return the texts that have words."""
        return Texts(self.words, self.numbers, self.starts[np.append(self.lengths > 0, True)])
