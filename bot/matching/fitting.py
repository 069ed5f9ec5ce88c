"""Find the features of a knowledge base in all its texts at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import PAIRS, STOP, TRIGRAMS, WORDS, trigrams_of
from bot.matching.lexicon import Word
from bot.matching.sparse import Floats, Ints, Sparse, numbered, split, starts_of
from bot.matching.texts import Texts

COMMON_PAIR = 2
"""Texts that a pair of words must occur in to be a feature."""


@dataclass(frozen=True, slots=True)
class Fitted:
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


def fit(texts: Texts[Word], groups: Ints, topics: int, stops: Iterable[str]) -> Fitted:
    """Return the features of these texts.

    Args:
        texts: read by the lexicon.
        groups: the group of each text, ascending.
        topics: how many of the groups are topics; how rare a feature is in the others does not count.
        stops: stems that carry no topic.
    """
    stems = _stems(texts)
    ids = np.array([stems.get(word.stem, -1) for word in texts.words], np.int64)[texts.numbers]
    rows, count = texts.rows, len(texts.starts) - 1
    trigrams, table = _trigram_table(stems)
    pair_rows, pair_ids, pairs = _pairs(rows, ids, len(stems))
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
    rarity[[stems[stem] for stem in stops if stem in stems]] *= STOP
    kind = (column_of >= first_pair).astype(np.int64) + (column_of >= first_trigram)
    values = _normalised(rarity[column_of] * np.sqrt(counts), row_of, kind, count)
    weighted = Sparse(starts_of(row_of, count), column_of.astype(np.int32), values)
    return Fitted(tuple(stems), pairs, trigrams, table, rarity, weighted, n_groups, cells, cell_of)


def _stems(texts: Texts[Word]) -> dict[str, int]:
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


def _pairs(rows: Ints, ids: Ints, stems: int) -> tuple[Ints, Ints, Ints]:
    inside = rows[:-1] == rows[1:]
    keys, numbers = numbered((ids[:-1] * stems + ids[1:])[inside])
    frequent = np.bincount(numbers) >= COMMON_PAIR
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


def _normalised(values: Floats, row_of: Ints, kind: Ints, texts: int) -> Floats:
    block = row_of * 3 + kind
    squares = np.bincount(block, weights=values * values, minlength=texts * 3)
    weights = np.array((WORDS, PAIRS, TRIGRAMS))
    totals = np.sqrt(((squares.reshape(-1, 3) > 0) * weights**2).sum(axis=1))
    scale = np.tile(weights, texts) / np.sqrt(np.maximum(squares, 1e-12)) / np.repeat(np.maximum(totals, 1e-6), 3)
    normalised: Floats = (values * scale[block]).astype(np.float32)
    return normalised
