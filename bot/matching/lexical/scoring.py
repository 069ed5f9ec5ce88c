"""How well a message fits each topic: a trained linear score, the words it has in common, and which side it names.

All scores are log-odds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import numpy as np

from bot.matching.lexical.arrays import Floats, Ints, Sparse
from bot.matching.lexical.vectorizer import Query, Vectorizer
from bot.matching.model import TrainedModel

EXPLAINED = 1.5
"""What it adds when texts of the group have all the message's words: common questions shall not win over rare words."""
TOPICS, BEYOND = 5, 2
"""Topics, and out-of-scope groups, that are looked at closely."""
SHARPNESS = 10.0
"""What a likeness to a centroid, 0 to 1, is worth as log-odds, where nothing was trained."""


class Scored(NamedTuple):
    """A group with what speaks for it."""

    group: int
    score: float
    explained: float
    """Share, 0 to 1, of the weight of the message's words that texts of the group have."""


class _Linear(Protocol):
    """Multiplies features with weights."""

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""


class _Trained:
    """All weights, of which a message needs a few rows."""

    def __init__(self, model: TrainedModel) -> None:
        self._weights, self._bias = model.weights, model.bias

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""
        found: Floats = query.values @ self._weights.take(query.columns, axis=0) + self._bias
        return found


class _Centroids:
    """The mean text of each group, for knowledge bases too large to be trained on."""

    def __init__(self, model: TrainedModel) -> None:
        self._centroids = Sparse(model.centroid_starts, model.centroid_columns, model.centroid_values)
        self._groups = len(model.bias)

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""
        places, lengths = self._centroids.places(query.columns)
        amounts = self._centroids.values[places] * np.repeat(query.values, lengths)
        summed = np.bincount(self._centroids.columns[places], weights=amounts, minlength=self._groups)
        return (SHARPNESS * summed).astype(np.float32)


class Scorer:
    """A trained index over groups of phrasings."""

    def __init__(self, model: TrainedModel, topics: int) -> None:
        """`topics`: how many of the groups are topics; the others are out of scope."""
        self.space = Vectorizer(model.stems, model.pairs, model.trigrams, model.rarity)
        self._having = model.having
        self._linear: _Linear = _Trained(model) if len(model.weights) else _Centroids(model)
        self._topics = topics
        self._sides = dict(zip(model.signatures, model.side_scores, strict=True))
        self._undecided = np.zeros(len(model.bias), np.float32)

    def scores(self, query: Query, signature: str, favoured: Mapping[int, float] | None = None) -> list[Scored]:
        """Return the groups that fit a message best, best first; `favoured` groups get so much on top."""
        linear = self._linear.scores(query) + self._sides.get(signature, self._undecided)
        for group, extra in (favoured or {}).items():
            linear[group] += extra
        topics = linear[: self._topics].argsort()[: -TOPICS - 1 : -1]
        beyond = linear[self._topics :].argsort()[: -BEYOND - 1 : -1] + self._topics
        best = np.concatenate((topics, beyond))
        explained = self._explained(query, best)
        total = linear[best] + EXPLAINED * explained
        found = map(Scored, best.tolist(), total.tolist(), explained.tolist())
        return sorted(found, key=_best_first)

    def _explained(self, query: Query, groups: Ints) -> Floats:
        words = query.columns[: len(query.informs), None]
        shares: Floats = query.informs @ self._having[words, groups].astype(np.float32)
        return shares


def _best_first(one: Scored) -> tuple[float, int]:
    return -one.score, one.group
