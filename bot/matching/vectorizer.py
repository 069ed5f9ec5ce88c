"""Features of a text: words, pairs of words, and letter trigrams inside words; rare ones weigh more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.arrays import Floats, Ints, Sparse, Texts, numbered, split, starts_of
from bot.matching.config import DEFAULT, FeatureConfig
from bot.matching.lexicon import MARK, MARK_BOTH, Token

REMEMBERED = DEFAULT.limits.spelt
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


class Vectorizer:
    """The features of a knowledge base: which there are, and what each weighs."""

    def __init__(
        self, stems: Sequence[str], pairs: Ints, trigrams: Sequence[str], rarity: Floats, config: FeatureConfig
    ) -> None:
        self._config = config
        self._stems = {stem: i for i, stem in enumerate(stems)}
        self._pairs = {key: len(stems) + i for i, key in enumerate(pairs.tolist())}
        first = len(stems) + len(pairs)
        self._trigrams = {trigram: first + i for i, trigram in enumerate(trigrams)}
        self._rarity: list[float] = rarity.tolist()
        self._remembered: dict[str, tuple[list[int], list[float], float]] = {}
        self._rarest = (
            max(self._rarity[: len(stems)], default=1.0),
            max(self._rarity[len(stems) : first], default=1.0),
            max(self._rarity[first:], default=1.0),
        )

    def query(self, text: Sequence[Token], stops: frozenset[str]) -> Query:
        """Return a message as features."""
        weights = (self._config.words, self._config.pairs, self._config.trigrams)
        words, shares = self._word_block(text, stops)
        blocks = (words, self._pair_block(text), self._trigram_block(text))
        total = sum([weight * weight for block, weight in zip(blocks, weights, strict=True) if block.norm]) or 1.0
        columns: list[int] = []
        values: list[float] = []
        for block, weight in zip(blocks, weights, strict=True):
            scale = weight / sqrt(total * (block.norm or 1.0))
            columns += block.columns
            values += [value * scale for value in block.values]
        return Query(np.array(columns, np.int64), np.array(values, np.float32), np.array(shares, np.float32))

    def columns(self, stems: Iterable[str]) -> list[int]:
        """Return the features of those of these stems that the knowledge base has."""
        return [self._stems[stem] for stem in stems if stem in self._stems]

    def _word_block(self, text: Sequence[Token], stops: frozenset[str]) -> tuple[_Block, list[float]]:
        """Return the words, and how much of the meaning each carries."""
        block, carried = _Block(), []
        for word in text:
            column = self._stems.get(word.stem) if word.known else None
            if column is None:
                block.norm += (self._rarest[0] * (self._config.stop_word if word.stem in stops else 1.0)) ** 2
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

    def _pair_block(self, text: Sequence[Token]) -> _Block:
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

    def _trigram_block(self, text: Sequence[Token]) -> _Block:
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
        return columns, values, norm


def trigrams_of(stem: str) -> list[str]:
    """Return the letter trigrams of a word, its borders marked."""
    padded = f"^{stem[:30]}$"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


@dataclass(frozen=True, slots=True)
class FittedFeatures:
    """The features of a knowledge base, with the texts that they were found in."""

    stems: tuple[str, ...]
    pairs: Ints
    trigrams: tuple[str, ...]
    spelling: Sparse
    """The trigrams of each stem."""
    rarity: Floats
    rows: Sparse
    """A text per row, each of length 1."""
    groups: int
    cells: Ints
    """Every (feature, group) that occurs, as feature x groups + group, sorted."""
    cell_of_entry: Ints

    @property
    def size(self) -> int:
        """How many features there are."""
        return len(self.rarity)

    def having(self) -> NDArray[np.bool_]:
        """Return which groups (columns) have texts with each stem (rows)."""
        stems = len(self.stems)
        columns, groups = split(self.cells[: np.searchsorted(self.cells, stems * self.groups)], self.groups)
        table = np.zeros((stems, self.groups), bool)
        table[columns, groups] = True
        return table

    def spread(self) -> dict[str, int]:
        """Return in how many groups each stem occurs."""
        counts = np.bincount(self.cells // self.groups, minlength=self.size)
        return dict(zip(self.stems, counts[: len(self.stems)].tolist(), strict=True))


def fit(texts: Texts[Token], groups: Ints, topics: int, stops: Iterable[str], config: FeatureConfig) -> FittedFeatures:
    """Return the features of these texts.

    Args:
        texts: read by the lexicon.
        groups: the group of each text, ascending.
        topics: how many of the groups are topics; how rare a feature is in the others does not count.
        stops: stems that carry no topic.
        config: what each kind of feature weighs.
    """
    stems = _stems(texts)
    ids = np.array([stems.get(word.stem, -1) for word in texts.words], np.int64)[texts.numbers]
    rows, count = texts.rows, len(texts.starts) - 1
    trigrams, table = _trigram_table(stems)
    pair_rows, pair_ids, pairs = _pairs(rows, ids, len(stems), config.common_pair)
    first_pair, first_trigram = len(stems), len(stems) + len(pairs)
    places, lengths = table.places(ids)
    size = first_trigram + len(trigrams)
    of_rows: Ints = np.concatenate((rows, pair_rows, np.repeat(rows, lengths)))
    columns: Ints = np.concatenate((ids, pair_ids + first_pair, table.columns[places] + first_trigram))
    row_of, column_of, counts = _counted(of_rows, columns, size)
    n_groups = int(groups.max(initial=0)) + 1
    cells, cell_of = numbered(column_of * n_groups + groups[row_of])
    cell_columns, cell_groups = split(cells, n_groups)
    inside = int(np.searchsorted(groups, topics))
    rarity = _rarity(column_of[row_of < inside], cell_columns[cell_groups < topics], (inside, topics), size)
    rarity[[stems[stem] for stem in stops if stem in stems]] *= config.stop_word
    named = np.isin(ids, [stems[mark] for mark in (MARK, MARK_BOTH) if mark in stems])
    naming = len(np.unique(rows[named & (rows < inside)])) / max(1, inside)
    rarity[_of_sides(stems, pairs, trigrams)] *= _side_weight(naming, config)
    kind = (column_of >= first_pair).astype(np.int64) + (column_of >= first_trigram)
    values = _normalised(rarity[column_of] * np.sqrt(counts), row_of, kind, count, config)
    weighted = Sparse(starts_of(row_of, count), column_of.astype(np.int32), values)
    return FittedFeatures(tuple(stems), pairs, trigrams, table, rarity, weighted, n_groups, cells, cell_of)


def _of_sides(stems: Mapping[str, int], pairs: Ints, trigrams: Sequence[str]) -> Ints:
    """Return the features that the name of a side has part in."""
    marks = [number for stem, number in stems.items() if stem in (MARK, MARK_BOTH)]
    paired = np.flatnonzero(np.isin(pairs // len(stems), marks) | np.isin(pairs % len(stems), marks))
    spelt = [number for number, trigram in enumerate(trigrams) if MARK in trigram]
    first_trigram = len(stems) + len(pairs)
    return np.array([*marks, *(paired + len(stems)).tolist(), *(first_trigram + n for n in spelt)], np.int64)


def _side_weight(naming: float, config: FeatureConfig) -> float:
    """Return what names of sides weigh where this share of the texts of topics has one.

    Where few have, such a name is rare and would pull every message that names a side to their topics.
    """
    few, usual = config.sided_few, config.sided_usual
    return float(np.clip((naming - few) / (usual - few), config.sided_least, 1.0))


def _stems(texts: Texts[Token]) -> dict[str, int]:
    """Number the stems as they come."""
    used = (texts.words[number].stem for number in dict.fromkeys(texts.numbers.tolist()))
    return {stem: i for i, stem in enumerate(dict.fromkeys(used))}


def _trigram_table(stems: Iterable[str]) -> tuple[tuple[str, ...], Sparse]:
    per_stem = [trigrams_of(stem) for stem in stems]
    flat = [trigram for trigrams in per_stem for trigram in trigrams]
    ids = {trigram: i for i, trigram in enumerate(dict.fromkeys(flat))}
    columns = np.fromiter((ids[trigram] for trigram in flat), np.int32, len(flat))
    starts = np.zeros(len(per_stem) + 1, np.int64)
    np.cumsum([len(trigrams) for trigrams in per_stem], out=starts[1:])
    return tuple(ids), Sparse(starts, columns, np.ones(len(flat), np.float32))


def _pairs(rows: Ints, ids: Ints, stems: int, fewest: int) -> tuple[Ints, Ints, Ints]:
    inside = rows[:-1] == rows[1:]
    keys, numbers = numbered((ids[:-1] * stems + ids[1:])[inside])
    frequent = np.bincount(numbers) >= fewest
    renumbered = np.cumsum(frequent) - 1
    kept = frequent[numbers]
    return rows[:-1][inside][kept], renumbered[numbers[kept]], keys[frequent]


def _counted(rows: Ints, columns: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    keys, counts = np.unique(rows * size + columns, return_counts=True)
    row_of, column_of = split(keys, size)
    return row_of, column_of, counts


def _rarity(column_of: Ints, cell_columns: Ints, totals: tuple[int, int], size: int) -> Floats:
    texts, groups = totals
    by_text = np.log1p(texts / np.maximum(1, np.bincount(column_of, minlength=size)))
    by_group = np.log1p(groups / np.maximum(1, np.bincount(cell_columns, minlength=size)))
    rarity: Floats = np.sqrt(by_text * by_group).astype(np.float32)
    return rarity


def _normalised(values: Floats, row_of: Ints, kind: Ints, texts: int, config: FeatureConfig) -> Floats:
    block = row_of * 3 + kind
    squares = np.bincount(block, weights=values * values, minlength=texts * 3)
    weights = np.array((config.words, config.pairs, config.trigrams))
    totals = np.sqrt(((squares.reshape(-1, 3) > 0) * weights**2).sum(axis=1))
    scale = np.tile(weights, texts) / np.sqrt(np.maximum(squares, 1e-12)) / np.repeat(np.maximum(totals, 1e-6), 3)
    normalised: Floats = (values * scale[block]).astype(np.float32)
    return normalised
