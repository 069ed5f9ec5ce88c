"""Choosing the question that is asked among those of several topics: a conditional logit (McFadden, 1974).

Each candidate has features, their weighed sum is its score, and the softmax of all scores its probability. The weights
are learned from labelled messages by `python tests/benchmarks/choices.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Weights = Sequence[float] | NDArray[np.float64]


class Candidate(NamedTuple):
    """A question that may be asked."""

    topic: str
    question: str | None
    """Its id; None for the topic as such."""
    features: tuple[float, ...]


class Choice(NamedTuple):
    """The question that is asked most likely."""

    topic: str
    question: str | None
    """Its id; None for the topic as such."""
    probability: float


def choices(candidates: Sequence[Candidate], weights: Weights) -> list[Choice]:
    """Return the candidates with their probabilities, the likeliest first."""
    if not candidates:
        return []
    scores = np.array([each.features for each in candidates]) @ np.asarray(weights)
    odds = np.exp(scores - scores.max())
    likely = odds / odds.sum()
    order = np.argsort(-likely, kind="stable").tolist()
    return [Choice(candidates[place].topic, candidates[place].question, float(likely[place])) for place in order]


def likeliest(candidates: Sequence[Candidate], weights: Weights) -> Choice | None:
    """Return the candidate with the highest score; None where there is none."""
    return next(iter(choices(candidates, weights)), None)


def log_odds(confidence: float) -> float:
    """Return a confidence from 0 to 1 as log-odds, kept from the infinite."""
    bounded = min(max(confidence, 0.005), 0.995)
    return float(np.log(bounded / (1 - bounded)))
