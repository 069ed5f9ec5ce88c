"""What of a text is compared: words, pairs of words, and letter trigrams inside words; rare ones weigh more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np

from bot.matching.lexicon import Word
from bot.matching.sparse import Floats, Ints

WORDS, PAIRS, TRIGRAMS = 1.0, 0.8, 0.8
"""What each kind of feature weighs in the comparison."""
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


@dataclass(slots=True)
class _Block:
    """One kind of feature of a message while it is being counted."""

    values: dict[int, float] = field(default_factory=dict)
    nominal: dict[int, float] = field(default_factory=dict)
    norm: float = 0.0

    def add(self, column: int, value: float, nominal: float) -> None:
        """Count a feature with this value; `nominal` is what it would be if it were sure."""
        self.values[column] = self.values.get(column, 0.0) + value
        self.nominal[column] = sqrt(self.nominal.get(column, 0.0) ** 2 + nominal * nominal)
        self.norm += nominal * nominal

    def miss(self, nominal: float) -> None:
        self.norm += nominal * nominal


class FeatureSpace:
    """The features of a knowledge base: which there are, and what each weighs."""

    def __init__(self, stems: Sequence[str], pairs: Ints, trigrams: Sequence[str], rarity: Floats) -> None:
        self._stems = {stem: i for i, stem in enumerate(stems)}
        self._pairs = {key: len(stems) + i for i, key in enumerate(pairs.tolist())}
        first = len(stems) + len(pairs)
        self._trigrams = {trigram: first + i for i, trigram in enumerate(trigrams)}
        self._rarity: list[float] = rarity.tolist()
        self._remembered: dict[str, tuple[tuple[int, ...], float]] = {}
        self._rarest = (
            max(self._rarity[: len(stems)], default=1.0),
            max(self._rarity[len(stems) : first], default=1.0),
            max(self._rarity[first:], default=1.0),
        )

    @property
    def stems(self) -> tuple[str, ...]:
        """All stems, in the order of their features."""
        return tuple(self._stems)

    def weight(self, stem: str) -> float:
        """Return how informative a stem is, 0 to 1; a stem that no text has is as informative as can be."""
        column = self._stems.get(stem)
        return 1.0 if column is None else self._rarity[column] / self._rarest[0]

    def query(self, text: Sequence[Word], stops: frozenset[str]) -> Query:
        """Return a message as features."""
        words = self._word_block(text, stops)
        blocks = ((words, WORDS), (self._pair_block(text), PAIRS), (self._trigram_block(text), TRIGRAMS))
        total = sqrt(sum(weight * weight for block, weight in blocks if block.norm)) or 1.0
        columns: list[int] = []
        values: list[float] = []
        for block, weight in blocks:
            scale = weight / (total * sqrt(block.norm)) if block.norm else 0.0
            columns.extend(block.values)
            values.extend([value * scale for value in block.values.values()])
        sure = zip(words.values.values(), words.nominal.values(), strict=True)
        shares = [value * nominal / words.norm for value, nominal in sure] if words.norm else []
        return Query(np.array(columns, np.int64), np.array(values, np.float32), np.array(shares, np.float32))

    def _word_block(self, text: Sequence[Word], stops: frozenset[str]) -> _Block:
        block = _Block()
        for word in text:
            column = self._stems.get(word.stem) if word.known else None
            if column is None:
                block.miss(self._rarest[0] * (STOP if word.stem in stops else 1.0))
                continue
            rarity = self._rarity[column]
            block.add(column, rarity * word.weight, rarity)
            for stem, weight in word.others:
                other = self._stems.get(stem)
                if other is not None:
                    block.add(other, self._rarity[other] * weight, 0.0)
        return block

    def _pair_block(self, text: Sequence[Word]) -> _Block:
        block = _Block()
        ids = [self._stems.get(word.stem, -1) for word in text]
        for before, after in pairwise(ids):
            column = self._pairs.get(before * len(self._stems) + after) if before >= 0 <= after else None
            if column is None:
                block.miss(self._rarest[1])
            else:
                block.add(column, self._rarity[column], self._rarity[column])
        return block

    def _trigram_block(self, text: Sequence[Word]) -> _Block:
        block = _Block()
        values, rarity = block.values, self._rarity
        for word in text:
            columns, norm = self._trigrams_in(word.stem)
            block.norm += norm
            for column in columns:
                values[column] = values.get(column, 0.0) + rarity[column]
        return block

    def _trigrams_in(self, stem: str) -> tuple[tuple[int, ...], float]:
        """Return the trigrams of a stem that are features, and what all of them add to the norm."""
        found = self._remembered.get(stem)
        if found is None:
            every = [self._trigrams.get(trigram) for trigram in trigrams_of(stem)]
            columns = tuple(column for column in every if column is not None)
            missing = (len(every) - len(columns)) * self._rarest[2] ** 2
            found = columns, missing + sum(self._rarity[column] ** 2 for column in columns)
            if len(self._remembered) < REMEMBERED:
                self._remembered[stem] = found
        return found


def trigrams_of(stem: str) -> list[str]:
    """Return the letter trigrams of a word, its borders marked."""
    padded = f"^{stem[:30]}$"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]
