"""From scores to a decision: how likely is each topic, and is that enough to answer?

All thresholds of the matcher stand here. The weights were fitted on phrasings that the scorer had not seen.
"""

from __future__ import annotations

from math import exp, log
from operator import mul
from typing import NamedTuple

from bot.matching.interpretation import Decision

ANSWER_FROM = 0.56
"""Confidence from which a topic is answered at once."""
SUGGEST_FROM = 0.06
"""Confidence of the best topic from which suggestions are made."""
ALIKE = 85
"""Likeness to a phrasing that names the same product, in percent, from which a message about other products alone is
answered."""
OTHER_PRODUCTS = 0.3
"""Confidence that a message about other products alone has at most."""
OUTSIDE = 0.4
"""Confidence that a topic has at most where an out-of-scope group fits better."""
REFUSED_BELOW = 0.1
"""Where an out-of-scope group fits better, confidence below which nothing is suggested either."""
CERTAIN = 0.6
"""Confidence that each part of a message needs before the parts are answered one by one."""

_WEIGHTS = {
    "margin": 0.95,
    "in_scope": 0.39,
    "in_scope_at_all": 0.43,
    "explained": 0.47,
    "against": -0.48,
    "elsewhere": -1.72,
}
_BIAS = -2.22
"""Fitted by `tests/benchmarks/calibration.py` on labelled questions."""
TERMS = tuple(_WEIGHTS)
_WEIGHED = tuple(_WEIGHTS.values())
_TIE = 0.2
"""Added to a lead before its logarithm is taken: leads below this are as good as none."""
_LOG_TIE = log(_TIE)
_FAR = 6.0
"""Leads beyond this count no more."""
_NEAR = 2.0
"""What being in scope at all means: such a lead over the out-of-scope groups."""
_TELLING = 3.0
"""The shape of a message speaks for or against an answer at most so far."""


class TopicEvidence(NamedTuple):
    """What speaks for one topic."""

    margin: float
    """By how much, in log-odds, it is before the best other topic; negative behind it."""
    in_scope: float
    """By how much, in log-odds, it is before the best out-of-scope group."""
    explained: float
    """Share of the message that this topic's own texts have words for."""
    against: float
    """How far the message has the shape of one that cannot be answered."""
    elsewhere: bool = False
    """Whether the message is about other products alone, and like no phrasing."""


def terms(evidence: TopicEvidence) -> tuple[float, ...]:
    """Return the numbers that a confidence is made from, in the order of `TERMS`.

    The lead before the second topic counts by its logarithm: from none to a little is the step that matters.
    """
    margin, in_scope, explained, against, elsewhere = evidence
    in_scope = _limited(in_scope, _FAR)
    return (
        _LOG_TIE if margin <= 0 else log(min(_FAR, margin) + _TIE),
        in_scope,
        min(_NEAR, in_scope),
        explained,
        _limited(against, _TELLING),
        elsewhere,
    )


def confidence(evidence: TopicEvidence) -> float:
    """Return how likely it is that this topic is meant, 0 to 1: a logistic of the evidence."""
    likely = 1 / (1 + exp(-_BIAS - sum(map(mul, _WEIGHED, terms(evidence)))))
    if evidence.elsewhere:
        likely = min(likely, OTHER_PRODUCTS)
    return round(likely, 4)


def _limited(value: float, most: float) -> float:
    # conditions instead of min and max: this runs for every candidate of every question
    return value if -most < value < most else most if value > 0 else -most


def outcome(best: float) -> Decision:
    """Return what to do when the best topic has this confidence."""
    if best >= ANSWER_FROM:
        return Decision.ANSWER
    return Decision.SUGGEST if best >= SUGGEST_FROM else Decision.UNKNOWN


def outside(best: float) -> Decision:
    """Return what to do when an out-of-scope group fits better than the best topic."""
    return Decision.SUGGEST if best >= REFUSED_BELOW else Decision.UNKNOWN
