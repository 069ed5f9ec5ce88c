"""From scores to a decision: how likely is each topic, and is that enough to answer?

All thresholds of the matcher stand here. The weights were fitted on phrasings that the scorer had not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from bot.matching.readings import Outcome

ANSWER_FROM = 0.45
"""Confidence from which a topic is answered at once."""
SUGGEST_FROM = 0.06
"""Confidence of the best topic from which suggestions are made."""
SUGGESTED = 3
CERTAIN = 0.6
"""Confidence that each part of a message needs before the parts are answered one by one."""

_SCORE, _MARGIN, _IN_SCOPE, _MATCHED, _NEAREST, _LIKENESS, _FOREIGN, _BIAS = 3.5, 3.2, 1.3, 0.8, -3.5, 0.3, -1.0, -1.6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one topic."""

    score: float
    margin: float
    """How far it is before the best other topic; negative behind it."""
    in_scope: float
    """How far it is before the best out-of-scope group, at most its score."""
    matched: float
    """Share of the message that the knowledge base has words for."""
    nearest: float
    """Cosine with its most similar phrasing."""
    likeness: float
    """Edit similarity with that phrasing, word order aside."""
    foreign: int
    """Names of other products, and pieces of code, that the knowledge base does not know."""


def confidence(evidence: Evidence) -> float:
    """Return how likely it is that this topic is meant, 0 to 1."""
    total = (
        _BIAS
        + _SCORE * evidence.score
        + _MARGIN * max(-0.6, min(0.6, evidence.margin))
        + _IN_SCOPE * max(-0.6, min(0.6, evidence.in_scope))
        + _MATCHED * evidence.matched
        + _NEAREST * evidence.nearest
        + _LIKENESS * evidence.likeness
        + _FOREIGN * evidence.foreign
    )
    return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 4)


def outcome(best: float) -> Outcome:
    """Return what to do when the best topic has this confidence."""
    if best >= ANSWER_FROM:
        return Outcome.ANSWER
    return Outcome.SUGGEST if best >= SUGGEST_FROM else Outcome.UNKNOWN


OUTSIDE = 0.4
"""Confidence that a topic has at most where an out-of-scope group fits better."""
REFUSED_BELOW = 0.25
"""Where an out-of-scope group fits better, confidence below which nothing is suggested either."""


def outside(best: float) -> Outcome:
    """Return what to do when an out-of-scope group fits better than the best topic."""
    return Outcome.SUGGEST if best >= REFUSED_BELOW else Outcome.UNKNOWN
