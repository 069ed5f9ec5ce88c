"""Choosing the question that is asked among those of several topics: a conditional logit (McFadden, 1974).

Each candidate has features, their weighed sum is its score, and the softmax of all scores its probability. The weights
are learned from labelled messages by `python tests/benchmarks/choices.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def log_odds(confidence: float) -> float:
    """Return a confidence from 0 to 1 as log-odds, kept from the infinite."""
    bounded = min(max(confidence, 0.005), 0.995)
    return float(np.log(bounded / (1 - bounded)))


@dataclass(frozen=True, slots=True)
class QuestionConfig:
    """Which question of a topic is asked."""

    semantic_share: float = 0.7
    """Share of the vectors in a likeness. Leave-one-out: 0 finds 73.8 %, .4 80.1, .7 81.1, .85 80.9, 1 79.1."""
    ridge: float = 0.3
    """Added to the likeness of each wording to itself. Leave-one-out: .1, .3 and 1 find 80.5, 81.1 and 80.0 %."""
    asked_from: float = 0.22
    """Score from which a question is answered. Leave-one-out: 97.2 % of the wordings reach it, 89.5 % reach .3."""
    asked_surely: float = 0.3
    unasked_from: float = 0.6
    trouble_from: float = 0.85
    asked_likely: float = 0.5
    many: int = 8
    """A topic with so many questions, none of which scores so much, is answered from the first confidence on; where
    something does not work, from the second. Of 30 messages below the first, 10 were answered rightly. A question that
    is so likely is answered all the same: of 7 such messages, 5 were answered rightly, of those below 4 of 8."""
    offered_from: float = 0.1
    """Score from which a question is offered in the place of its topic."""
    plain: tuple[float, ...] = (0.40, 1.59, 1.59, 2.48, 1.24, 7.26, 0.26, 0.26, 0.05)
    story: tuple[float, ...] = (0.54, 1.32, 1.40, -0.30, 0.68, 10.00, 0.28, 0.09, 0.06)
    """What each feature of `QuestionReader.candidates` counts in a message of one sentence, and in a story; learned by
    `tests/benchmarks/choices.py`, which finds the question of 523 of 576 of the former and of 489 of 561 stories that
    it did not learn from."""
    likely: float = 0.6
    likely_topic: float = 0.4
    """Probability of a question, and confidence of its topic, from which it is answered where the topic would only be
    offered. Of golden and labelled messages from .5 and .4 on, 5 had that answer and 2 had none."""
    rival: float = 0.7
    """Share of the likeliest topic's confidence that another one must have for its questions to be chosen from. Golden
    questions without a context: right 565 and wrong 10 of 596; with all topics 558 and 17, with the likeliest alone 563
    and 12."""
    plain_topic: float = 0.8
    plain_score: float = 0.9
    """Confidence of a topic, and score of its question, from which a message asks that, and describes no project."""
    by_words: float = 0.5
    """Probability that a question is taken to have which the words alone, not plainly, speak for."""
    besides_topic: float = 0.6
    besides: float = 0.6
    """Confidence of a topic, and probability of its question, from which a sentence of a story asks that besides."""
    beside: float = 0.1
    """Probability from which another question is what may be meant instead."""
    verbatim: float = 0.999
    """Likeness by words from which a message is a phrasing word for word; less than 1 for what rounding loses."""
    sure_by_words: float = 0.6
    """Score by words alone from which no vector is asked for."""


@dataclass(frozen=True, slots=True)
class FollowUpConfig:
    """How a message hangs on the one before. Set by hand where nothing else is said: golden has too few follow-ups."""

    longest: int = 14
    short: int = 5
    """Words that a message has at most to point back, and to be elliptical without pointing."""
    whole: int = 4
    """Words of a question that stands for itself where it is asked after thanks."""
    sure: float = 0.85
    """Confidence in the previous topic where a message only changes the side or asks for more."""
    guessed: float = 0.6
    """The same where the message asks one of its questions, going by both messages together."""
    points: float = 0.8
    opens: float = 0.6
    elliptical: float = 0.5
    """Confidence from which a message of each kind still stands for itself."""
    points_gain: float = 3.5
    opens_gain: float = 2.5
    elliptical_gain: float = 1.5
    """What the topic before gains from such a message, in log-odds, ..."""
    related: float = 0.25
    """... and the share of it that topics related to it gain."""
    shared: float = 0.25
    """Share of such a message that the topic must have words for: what is about something else stays unknown."""
    asked_from: float = 0.3
    """Score of a question of the previous topic from which it is taken where nothing else can be answered."""
    unsure: float = 0.5
    """Confidence in a question of the previous topic that is only the nearest."""
    excerpt_from: float = 0.28
    excerpt_shared: float = 0.08
    """Likeness, the cosine and so much for each telling word that both have, from which a sentence of the last answer
    is what a message asks of it once more. Set on 26 such messages whose answer the last one holds."""
    same_from: float = 0.5
    """Score of a question from which it asks of one side what the last one asked of another."""
    topics: int = 4
    questions: int = 3
    """Topics of each reading, and questions of each topic, among which the one that is asked is looked for."""
    weights: tuple[float, ...] = (
        0.48, 0.17, 1.69, 1.03, 0.16, 1.82, 2.72, -0.37, 0.09,
        -0.95, 2.63, 0.65, 3.38, 4.52, 0.14, 0.17, 0.07, 0.06,
    )  # fmt: skip
    pointing: tuple[float, ...] = (
        -0.11, 0.08, -1.10, 1.02, -0.80, -1.16, 1.20, 1.75, -2.74,
        -0.84, -1.70, 1.81, -2.52, -0.24, 0.10, 0.05, 0.02, 0,
    )  # fmt: skip
    """What each feature of `FollowUpRanker.candidates` counts, and what is added where the message points back; learned
    by `python tests/benchmarks/choices.py`, which finds 491 of 595 questions that it did not learn from."""
    likely: float = 0.4
    """Probability from which that question is answered. Below, 22 of 47 were right, from there on 469 of 548."""
