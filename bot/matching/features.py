"""What of a text is compared: words, pairs of words, and letter trigrams inside words; rare ones weigh more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np

from bot.matching.lexicon import Word
from bot.matching.sparse import Floats, Ints

WORDS, PAIRS, TRIGRAMS = 1.0, 0.8, 0.8
"""What each kind of feature weighs in the comparison."""
_WEIGHTS = (WORDS, PAIRS, TRIGRAMS)

STOP = 0.7
"""What a stop word weighs beside another word that is as rare."""
REMEMBERED = 20_000
"""Stems whose trigrams are looked up only once."""


class Query(NamedTuple):
    """A message as features; the values are divided by the norm of all of it, also of what nothing matches."""

    columns: Ints
    values: Floats
    informs: Floats
    """How much of the meaning each word carries, for the features that are words; these come first.
    Words that the knowledge base does not have carry what is missing to 1."""


class _Block:
    """One kind of feature of a message while it is being counted. What occurs twice is there twice."""

    __slots__ = ("columns", "norm", "values")

    def __init__(self) -> None:
        self.columns: list[int] = []
        self.values: list[float] = []
        self.norm = 0.0
        """Sum of the squares, also of what is no feature of the knowledge base."""


class FeatureSpace:
    """The features of a knowledge base: which there are, and what each weighs."""

    def __init__(
        self, stems: Sequence[str], pairs: Ints, trigrams: Sequence[str], rarity: Floats, *, spellings: bool
    ) -> None:
        """`spellings`: whether all trigrams of a known stem together are one more feature, after all the others."""
        self._stems = {stem: i for i, stem in enumerate(stems)}
        self._pairs = {key: len(stems) + i for i, key in enumerate(pairs.tolist())}
        first = len(stems) + len(pairs)
        self._trigrams = {trigram: first + i for i, trigram in enumerate(trigrams)}
        self._rarity: list[float] = rarity.tolist()
        self._first_spelling = len(rarity) if spellings else None
        self._remembered: dict[str, tuple[list[int], list[float], float]] = {}
        self._rarest = (
            max(self._rarity[: len(stems)], default=1.0),
            max(self._rarity[len(stems) : first], default=1.0),
            max(self._rarity[first:], default=1.0),
        )

    def query(self, text: Sequence[Word], stops: frozenset[str]) -> Query:
        """Return a message as features."""
        words, shares = self._word_block(text, stops)
        blocks = (words, self._pair_block(text), self._trigram_block(text))
        total = sum([weight * weight for block, weight in zip(blocks, _WEIGHTS, strict=True) if block.norm]) or 1.0
        columns: list[int] = []
        values: list[float] = []
        for block, weight in zip(blocks, _WEIGHTS, strict=True):
            scale = weight / sqrt(total * (block.norm or 1.0))
            columns += block.columns
            values += [value * scale for value in block.values]
        return Query(np.array(columns, np.int64), np.array(values, np.float32), np.array(shares, np.float32))

    def _word_block(self, text: Sequence[Word], stops: frozenset[str]) -> tuple[_Block, list[float]]:
        """Return the words, and how much of the meaning each carries."""
        block, carried = _Block(), []
        for word in text:
            column = self._stems.get(word.stem) if word.known else None
            if column is None:
                block.norm += (self._rarest[0] * (STOP if word.stem in stops else 1.0)) ** 2
                continue
            rarity = self._rarity[column]
            block.norm += rarity * rarity
            block.columns.append(column)
            block.values.append(rarity * word.weight)
            carried.append(rarity * rarity * word.weight)
            for stem, weight in word.others:
                other = self._stems.get(stem)
                if other is not None:
                    block.columns.append(other)
                    block.values.append(self._rarity[other] * weight)
                    carried.append(0.0)
        return block, [each / block.norm for each in carried]

    def _pair_block(self, text: Sequence[Word]) -> _Block:
        block = _Block()
        known, pairs, count, rarest = self._stems, self._pairs, len(self._stems), self._rarest[1]
        ids = [known.get(word.stem, -1) for word in text]
        for before, after in pairwise(ids):
            column = pairs.get(before * count + after) if before >= 0 <= after else None
            if column is None:
                block.norm += rarest * rarest
            else:
                rarity = self._rarity[column]
                block.norm += rarity * rarity
                block.columns.append(column)
                block.values.append(rarity)
        return block

    def _trigram_block(self, text: Sequence[Word]) -> _Block:
        block = _Block()
        for word in text:
            columns, values, norm = self._trigrams_in(word.stem)
            block.norm += norm
            block.columns += columns
            block.values += values
        return block

    def _trigrams_in(self, stem: str) -> tuple[list[int], list[float], float]:
        """Return the trigrams of a stem that are features, what each weighs, and what all of them add to the norm."""
        found = self._remembered.get(stem)
        if found is None:
            found = self._spelt(stem)
            if len(self._remembered) < REMEMBERED:
                self._remembered[stem] = found
        return found

    def _spelt(self, stem: str) -> tuple[list[int], list[float], float]:
        every = [self._trigrams.get(trigram) for trigram in trigrams_of(stem)]
        columns = [column for column in every if column is not None]
        values = [self._rarity[column] for column in columns]
        missing = (len(every) - len(columns)) * self._rarest[2] ** 2
        norm = missing + sum(value * value for value in values)
        if self._first_spelling is not None and stem in self._stems:
            return [self._first_spelling + self._stems[stem]], [1.0], norm
        return columns, values, norm


def trigrams_of(stem: str) -> list[str]:
    """Return the letter trigrams of a word, its borders marked."""
    padded = f"^{stem[:30]}$"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]
