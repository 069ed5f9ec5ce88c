"""How well a message fits each topic: a trained linear score, the nearest phrasing, and which side it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bot.matching import sidedness, training
from bot.matching.features import FeatureSpace, Query
from bot.matching.fitting import Fitted
from bot.matching.sparse import Floats, Ints, Sparse, from_keys

NEAREST = 0.5
"""What the best likeness to one phrasing adds to the linear score."""
EXPLAINED = 0.15
"""What it adds when texts of the group have all the message's words: common questions shall not win over rare words."""
RERANKED = 5
"""Topics whose phrasings are compared one by one."""
MOST_COMPARED = 256
"""Phrasings of one topic that are compared at most."""
SLIGHT = 0.12
"""Entries of a phrasing smaller than this do not count in the comparison with it."""
PRUNED = 0.004
"""Weights smaller than this are dropped."""


class Scores(NamedTuple):
    """The best groups for a message, best first."""

    groups: Ints
    scores: Floats
    explained: Floats
    """Share, 0 to 1, of the weight of the message's words that texts of each group have."""


_NO_INTS, _NO_FLOATS = np.zeros(0, np.int64), np.zeros(0, np.float32)
_NOTHING = Scores(_NO_INTS, _NO_FLOATS, _NO_FLOATS)


class Scorer:
    """A trained index over groups of phrasings."""

    def __init__(self, fitted: Fitted, weights: Sparse, bounds: Ints, sides: dict[str, Floats]) -> None:
        self.space: FeatureSpace = fitted.space
        self._cells = fitted.cells
        self._rows = fitted.rows.without_slight(SLIGHT)
        self._weights = weights
        self._bounds = bounds
        self._begins: list[int] = bounds.tolist()
        self._sides = sides
        self._size = len(weights.starts) - 1
        self._groups = len(bounds) - 1
        self._undecided = np.zeros(self._groups, np.float32)

    def scores(self, query: Query, signature: str, favoured: Mapping[int, float] | None = None) -> Scores:
        """Return the groups that fit a message best, with their scores; `favoured` groups get so much on top."""
        linear = self._linear(query) + self._sides.get(signature, self._undecided)
        for group, extra in (favoured or {}).items():
            linear[group] += extra
        count = min(RERANKED, self._groups)
        best = np.argpartition(-linear, count - 1)[:count] if count else np.zeros(0, np.int64)
        best = best[self._bounds[best + 1] > self._bounds[best]]
        if not len(best):
            return _NOTHING
        explained = self._explained(query, best)
        total = linear[best] + NEAREST * self._nearest(query, best) + EXPLAINED * explained
        order = np.lexsort((best, -total))
        return Scores(best[order], total[order].astype(np.float32), explained[order])

    def _linear(self, query: Query) -> Floats:
        places, lengths = self._weights.places(query.columns)
        amounts = self._weights.values[places] * np.repeat(query.values, lengths)
        summed = np.bincount(self._weights.columns[places], weights=amounts, minlength=self._groups)
        return summed.astype(np.float32)

    def _explained(self, query: Query, groups: Ints) -> Floats:
        keys = query.columns[: len(query.informs), None] * self._groups + groups[None, :]
        places = np.minimum(np.searchsorted(self._cells, keys), len(self._cells) - 1)
        shares: Floats = query.informs @ (self._cells[places] == keys).astype(np.float32)
        return shares

    def _nearest(self, query: Query, groups: Ints) -> Floats:
        """Return the best likeness to one phrasing of each group; none of them may be empty."""
        dense = np.zeros(self._size, np.float32)
        dense[query.columns] = query.values
        columns, values, starts, firsts = [], [], [], []
        entries = rows = 0
        for group in groups.tolist():
            begin, end = self._begins[group], min(self._begins[group + 1], self._begins[group] + MOST_COMPARED)
            first, last = int(self._rows.starts[begin]), int(self._rows.starts[end])
            columns.append(self._rows.columns[first:last])
            values.append(self._rows.values[first:last])
            starts.append(self._rows.starts[begin:end] + (entries - first))
            firsts.append(rows)
            entries, rows = entries + last - first, rows + end - begin
        likeness = np.add.reduceat(dense[np.concatenate(columns)] * np.concatenate(values), np.concatenate(starts))
        best: Floats = np.maximum.reduceat(likeness, firsts)
        return best


def build(fitted: Fitted, labels: Ints, topics: int, signatures: Sequence[str]) -> Scorer:
    """Return a scorer trained on these texts.

    Args:
        fitted: the texts as features.
        labels: the group of each text, ascending.
        topics: how many of the groups are topics; the others are out of scope.
        signatures: which sides each text names.
    """
    groups = fitted.groups
    shape = (fitted.size, groups)
    cells = np.bincount(fitted.cell_of_entry, weights=fitted.rows.values, minlength=len(fitted.cells))
    norms = np.sqrt(np.bincount(fitted.cells % groups, weights=cells**2, minlength=groups))
    centroids = (cells / np.maximum(norms, 1e-9)[fitted.cells % groups]).astype(np.float32)
    if fitted.size * groups <= training.LARGEST:
        dense = np.zeros(fitted.size * groups, np.float32)
        dense[fitted.cells] = centroids
        trained = training.refined(dense.reshape(shape), fitted.rows, labels, topics).ravel()
        keys = np.flatnonzero(np.abs(trained) > PRUNED)
        weights = from_keys(keys, trained[keys], shape)
    else:
        weights = from_keys(fitted.cells, centroids, shape)
    bounds = np.searchsorted(labels, np.arange(groups + 1))
    return Scorer(fitted, weights, bounds, sidedness.scores(labels, groups, signatures))
