"""What of a text is compared: words, pairs of words, and letter trigrams inside words, weighted by how rare they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import NamedTuple

import numpy as np

from bot.matching.lexicon import Word
from bot.matching.sparse import Floats, Ints, Sparse

WORDS, PAIRS, TRIGRAMS = 1.0, 0.5, 0.6
"""What each kind of feature weighs in the comparison."""
STOP = 0.4
"""What a stop word weighs beside another word that is as rare."""
REMEMBERED = 20_000
"""Stems whose trigrams are looked up only once."""
COMMON_PAIR = 2
"""Texts that a pair of words must occur in to be a feature."""


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
        shares = [value * value / words.norm for value in words.nominal.values()] if words.norm else []
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
        for before, after in zip(ids, ids[1:], strict=False):
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


@dataclass(frozen=True, slots=True)
class Fitted:
    """A feature space with the texts that it was made from."""

    space: FeatureSpace
    rows: Sparse
    """A text per row, each of length 1."""
    size: int
    groups: int
    cells: Ints
    """Every (feature, group) that occurs, as feature x groups + group, sorted."""
    cell_of_entry: Ints

    def spread(self) -> dict[str, int]:
        """Return in how many groups each stem occurs."""
        stems = self.space.stems
        counts = np.bincount(self.cells // self.groups, minlength=self.size)
        return dict(zip(stems, counts[: len(stems)].tolist(), strict=True))


def fit(texts: Sequence[Sequence[Word]], groups: Ints, topics: int, stops: Iterable[str]) -> Fitted:
    """Return the feature space of these texts.

    Args:
        texts: read by the lexicon.
        groups: the group of each text, ascending.
        topics: how many of the groups are topics; how rare a feature is in the others does not count.
        stops: stems that carry no topic.
    """
    flat = [word.stem for text in texts for word in text]
    stems = {stem: i for i, stem in enumerate(dict.fromkeys(flat))}
    ids = np.fromiter((stems[stem] for stem in flat), np.int64, len(flat))
    rows = np.repeat(np.arange(len(texts)), np.fromiter(map(len, texts), np.int64, len(texts)))
    trigrams, table = _trigram_table(stems)
    pair_rows, pair_ids, pairs = _pairs(rows, ids, len(stems))
    first_pair, first_trigram = len(stems), len(stems) + len(pairs)
    places, lengths = table.places(ids)
    size = first_trigram + len(trigrams)
    row_of, column_of, counts = _counted(
        np.concatenate((rows, pair_rows, np.repeat(rows, lengths))),
        np.concatenate((ids, pair_ids + first_pair, table.columns[places] + first_trigram)),
        size,
    )
    n_groups = int(groups.max(initial=0)) + 1
    cells, cell_of = np.unique(column_of * n_groups + groups[row_of], return_inverse=True)
    inside = int(np.searchsorted(groups, topics))
    rarity = _rarity(column_of[row_of < inside], (cells // n_groups)[cells % n_groups < topics], (inside, topics), size)
    rarity[[stems[stem] for stem in stops if stem in stems]] *= STOP
    values = rarity[column_of] * np.sqrt(counts)
    kind = (column_of >= first_pair).astype(np.int64) + (column_of >= first_trigram)
    values = _normalised(values, row_of, kind, len(texts))
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.bincount(row_of, minlength=len(texts)), out=starts[1:])
    space = FeatureSpace(tuple(stems), pairs, trigrams, rarity)
    rows_ = Sparse(starts, column_of.astype(np.int32), values)
    return Fitted(space, rows_, size, n_groups, cells, cell_of)


def _trigram_table(stems: Iterable[str]) -> tuple[tuple[str, ...], Sparse]:
    per_stem = [trigrams_of(stem) for stem in stems]
    flat = [trigram for trigrams in per_stem for trigram in trigrams]
    ids = {trigram: i for i, trigram in enumerate(dict.fromkeys(flat))}
    columns = np.fromiter((ids[trigram] for trigram in flat), np.int32, len(flat))
    starts = np.zeros(len(per_stem) + 1, np.int64)
    np.cumsum([len(trigrams) for trigrams in per_stem], out=starts[1:])
    return tuple(ids), Sparse(starts, columns, np.ones(len(flat), np.float32))


def _pairs(rows: Ints, ids: Ints, stems: int) -> tuple[Ints, Ints, Ints]:
    inside = rows[:-1] == rows[1:]
    keys, inverse, counts = np.unique((ids[:-1] * stems + ids[1:])[inside], return_inverse=True, return_counts=True)
    frequent = counts >= COMMON_PAIR
    number = np.cumsum(frequent) - 1
    kept = frequent[inverse]
    return rows[:-1][inside][kept], number[inverse[kept]], keys[frequent]


def _counted(rows: Ints, columns: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    keys, counts = np.unique(rows * size + columns, return_counts=True)
    row_of, column_of = np.divmod(keys, size)
    return row_of, column_of, counts


def _rarity(column_of: Ints, cell_columns: Ints, totals: tuple[int, int], size: int) -> Floats:
    texts, groups = totals
    by_text = np.log1p(texts / np.maximum(1, np.bincount(column_of, minlength=size)))
    by_group = np.log1p(groups / np.maximum(1, np.bincount(cell_columns, minlength=size)))
    return np.sqrt(by_text * by_group).astype(np.float32)


def _normalised(values: Floats, row_of: Ints, kind: Ints, texts: int) -> Floats:
    block = row_of * 3 + kind
    squares = np.bincount(block, weights=values * values, minlength=texts * 3)
    weights = np.array((WORDS, PAIRS, TRIGRAMS))
    totals = np.sqrt(((squares.reshape(-1, 3) > 0) * weights**2).sum(axis=1))
    scale = np.tile(weights, texts) / np.sqrt(np.maximum(squares, 1e-12)) / np.repeat(np.maximum(totals, 1e-6), 3)
    return (values * scale[block]).astype(np.float32)
