"""How well a message fits each topic: a trained linear score, the words it has in common, and which side it names.

All scores are log-odds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import numpy as np

from bot.matching.features import FeatureSpace, Query
from bot.matching.learnt import Learnt
from bot.matching.sparse import Floats, Ints, Sparse

EXPLAINED = 1.5
"""What it adds when texts of the group have all the message's words: common questions shall not win over rare words."""
TOPICS, BEYOND = 5, 2
"""Topics, and out-of-scope groups, that are looked at closely."""
SHARPNESS = 10.0
"""What a likeness to a centroid, 0 to 1, is worth as log-odds, where nothing was trained."""


class Scores(NamedTuple):
    """The best groups for a message, best first."""

    groups: Ints
    scores: Floats
    explained: Floats
    """Share, 0 to 1, of the weight of the message's words that texts of each group have."""


_NO_INTS, _NO_FLOATS = np.zeros(0, np.int64), np.zeros(0, np.float32)
_NOTHING = Scores(_NO_INTS, _NO_FLOATS, _NO_FLOATS)


class _Linear(Protocol):
    """Multiplies features with weights."""

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""


class _Trained:
    """All weights, in half precision: a message needs a few rows of them only."""

    def __init__(self, learnt: Learnt) -> None:
        self._weights, self._bias = learnt.weights, learnt.bias

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""
        found: Floats = query.values @ self._weights[query.columns].astype(np.float32) + self._bias
        return found


class _Centroids:
    """The mean text of each group, for knowledge bases too large to be trained on."""

    def __init__(self, learnt: Learnt) -> None:
        self._centroids = Sparse(learnt.centroid_starts, learnt.centroid_columns, learnt.centroid_values)
        self._groups = len(learnt.bias)

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""
        places, lengths = self._centroids.places(query.columns)
        amounts = self._centroids.values[places] * np.repeat(query.values, lengths)
        summed = np.bincount(self._centroids.columns[places], weights=amounts, minlength=self._groups)
        return (SHARPNESS * summed).astype(np.float32)


class Scorer:
    """A trained index over groups of phrasings."""

    def __init__(self, learnt: Learnt, topics: int) -> None:
        """`topics`: how many of the groups are topics; the others are out of scope."""
        self.space = FeatureSpace(learnt.stems, learnt.pairs, learnt.trigrams, learnt.rarity)
        self._having = learnt.having
        self._linear: _Linear = _Trained(learnt) if len(learnt.weights) else _Centroids(learnt)
        self._topics = topics
        self._sides = dict(zip(learnt.signatures, learnt.side_scores, strict=True))
        self._undecided = np.zeros(len(learnt.bias), np.float32)

    def scores(self, query: Query, signature: str, favoured: Mapping[int, float] | None = None) -> Scores:
        """Return the groups that fit a message best, with their scores; `favoured` groups get so much on top."""
        linear = self._linear.scores(query) + self._sides.get(signature, self._undecided)
        for group, extra in (favoured or {}).items():
            linear[group] += extra
        if not len(linear):
            return _NOTHING
        best = np.concatenate((_largest(linear[: self._topics], TOPICS), self._beyond(linear)))
        explained = self._explained(query, best)
        total = linear[best] + EXPLAINED * explained
        order = np.lexsort((best, -total))
        return Scores(best[order], total[order], explained[order])

    def _beyond(self, linear: Floats) -> Ints:
        return _largest(linear[self._topics :], BEYOND) + self._topics

    def _explained(self, query: Query, groups: Ints) -> Floats:
        words = query.columns[: len(query.informs), None]
        shares: Floats = query.informs @ self._having[words, groups].astype(np.float32)
        return shares


def _largest(scores: Floats, count: int) -> Ints:
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(-scores, count - 1)[:count]
