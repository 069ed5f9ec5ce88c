"""From scores to a decision: how likely is each topic, and is that enough to answer?

All thresholds of the matcher stand here. The weights were fitted on phrasings that the scorer had not seen.
"""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from bot.matching.readings import Outcome

ANSWER_FROM = 0.53
"""Confidence from which a topic is answered at once."""
SUGGEST_FROM = 0.06
"""Confidence of the best topic from which suggestions are made."""
ALIKE = 85
"""Likeness to a phrasing, in percent, from which a message about other products alone is answered."""
OTHER_PRODUCTS = 0.3
"""Confidence that a message about other products alone has at most."""
OUTSIDE = 0.4
"""Confidence that a topic has at most where an out-of-scope group fits better."""
REFUSED_BELOW = 0.25
"""Where an out-of-scope group fits better, confidence below which nothing is suggested either."""
CERTAIN = 0.6
"""Confidence that each part of a message needs before the parts are answered one by one."""

_TOPIC_MARGIN = 7.6
_SCOPE_LEAD, _SCOPE_EXPLAINED, _SCOPE_AGAINST, _SCOPE_CODE, _SCOPE_BIAS = 4.1, 1.6, -0.36, -1.95, -1.95
_SURELY_NOT = 30
_FAR = 0.6
"""Leads beyond this count no more."""


class Evidence(NamedTuple):
    """What speaks for one topic."""

    margin: float
    """How far its score is before the best other topic's; negative behind it."""
    in_scope: float
    """How far its score is before the best out-of-scope group's, at most the score itself."""
    explained: float
    """Share of the message that this topic's own texts have words for."""
    against: float
    """How far the message has the shape of one that cannot be answered."""
    code: int
    """Pieces of code that the knowledge base does not know."""
    elsewhere: bool = False
    """Whether the message is about other products alone, and like no phrasing."""


def confidence(evidence: Evidence) -> float:
    """Return how likely it is that this topic is meant, 0 to 1: that any topic is, and that it is this one."""
    any_topic = _logistic(
        _SCOPE_LEAD * _limited(evidence.in_scope)
        + _SCOPE_EXPLAINED * evidence.explained
        + _SCOPE_AGAINST * evidence.against
        + _SCOPE_CODE * evidence.code
        + _SCOPE_BIAS
    )
    likely = any_topic * _logistic(_TOPIC_MARGIN * _limited(evidence.margin))
    if evidence.elsewhere:
        likely = min(likely, OTHER_PRODUCTS)
    return round(likely, 4)


def _limited(lead: float) -> float:
    return lead if -_FAR < lead < _FAR else _FAR if lead > 0 else -_FAR


def _logistic(total: float) -> float:
    return 1 / (1 + exp(-total)) if total > -_SURELY_NOT else 0.0


def outcome(best: float) -> Outcome:
    """Return what to do when the best topic has this confidence."""
    if best >= ANSWER_FROM:
        return Outcome.ANSWER
    return Outcome.SUGGEST if best >= SUGGEST_FROM else Outcome.UNKNOWN


def outside(best: float) -> Outcome:
    """Return what to do when an out-of-scope group fits better than the best topic."""
    return Outcome.SUGGEST if best >= REFUSED_BELOW else Outcome.UNKNOWN
