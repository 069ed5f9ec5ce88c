"""How well a message fits each topic: a trained linear score, the words it has in common, and which side it names.

All scores are log-odds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from bot.matching.config import MatcherConfig
from bot.matching.lexical.arrays import Floats, Ints, Sparse
from bot.matching.lexical.vectorizer import Query, Vectorizer
from bot.matching.model import TrainedModel


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

    def __init__(self, model: TrainedModel, sharpness: float) -> None:
        self._sharpness = sharpness
        self._centroids = Sparse(model.centroid_starts, model.centroid_columns, model.centroid_values)
        self._groups = len(model.bias)

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""
        places, lengths = self._centroids.places(query.columns)
        amounts = self._centroids.values[places] * np.repeat(query.values, lengths)
        summed = np.bincount(self._centroids.columns[places], weights=amounts, minlength=self._groups)
        return (self._sharpness * summed).astype(np.float32)


class Scorer:
    """A trained index over groups of phrasings."""

    def __init__(self, model: TrainedModel, config: MatcherConfig) -> None:
        self.space = Vectorizer(model.stems, model.pairs, model.trigrams, model.rarity, config.features)
        self._having = model.having
        self._linear: _Linear = _Trained(model) if len(model.weights) else _Centroids(model, config.scoring.sharpness)
        self._sides = dict(zip(model.signatures, model.side_scores, strict=True))
        self._undecided = np.zeros(len(model.bias), np.float32)

    def scores(self, query: Query, signature: str, favoured: Mapping[int, float] | None = None) -> Floats:
        """Return the log-odds of each group by the words and the sides; `favoured` groups get so much on top."""
        linear: Floats = self._linear.scores(query) + self._sides.get(signature, self._undecided)
        for group, extra in (favoured or {}).items():
            linear[group] += extra
        return linear

    def explained(self, query: Query, groups: Ints) -> Floats:
        """Return the share, 0 to 1, of the weight of the message's words that texts of each group have."""
        words = query.columns[: len(query.informs), None]
        shares: Floats = query.informs @ self._having[words, groups].astype(np.float32)
        return shares
