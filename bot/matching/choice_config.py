"""The numbers by which the question that a message asks is chosen, alone or after another; see `config.py`.

The weights are learned, by `python tests/benchmarks/choices.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


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
    many: int = 8
    """A topic with so many questions, none of which scores so much, is answered from the first confidence on; where
    something does not work, from the second. Of 30 messages below the first, 10 were answered rightly."""
    offered_from: float = 0.1
    """Score from which a question is offered in the place of its topic."""
    plain: tuple[float, ...] = (1.6, 5.42, 5.42, 3.7, 0.94, 10.48, 0, 0, 0)
    story: tuple[float, ...] = (1.46, 7.48, 4.5, -0.03, 0.61, 15.32, 0, 0, 0)
    """What each feature of `QuestionReader.candidates` counts in a message of one sentence, and in a story; learned by
    `tests/benchmarks/choices.py`, which finds the question of 411 of 453 of the former and of 293 of 330 stories that
    it did not learn from. Without the likeness to the nearest wording, it found 222 of 246 stories, with it 231."""
    likely: float = 0.8
    likely_topic: float = 0.4
    """Probability of a question, and confidence of its topic, from which it is answered where the topic would only be
    offered. Of 8 such golden and labelled messages, 6 were answered rightly."""
    rival: float = 0.7
    """Share of the likeliest topic's confidence that another one must have for its questions to be chosen from. Golden
    questions without a context: right 565 and wrong 10 of 596; with all topics 558 and 17, with the likeliest alone 563
    and 12."""
    by_words: float = 0.5
    """Probability that a question is taken to have which the words alone, not plainly, speak for."""
    beside: float = 0.1
    """Probability from which another question is what may be meant instead."""
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
    excerpt_from: float = 0.3
    """Cosine from which a sentence of the last answer is what a message asks of it once more. Of 29 such messages, read
    one by one, 10 of the 13 above were answered by the sentence, and 5 of the 16 below."""
    same_from: float = 0.5
    """Score of a question from which it asks of one side what the last one asked of another."""
    topics: int = 4
    questions: int = 3
    """Topics of each reading, and questions of each topic, among which the one that is asked is looked for."""
    weights: tuple[float, ...] = (
        0.62,
        0.51,
        3.02,
        1.15,
        1.33,
        1.19,
        2.44,
        -0.62,
        -0.87,
        -1.09,
        4.14,
        2.14,
        6.24,
        8.66,
        0,
        0,
    )
    pointing: tuple[float, ...] = (0.07, -0.33, -0.8, 1, -0.9, -0.9, 7.27, 5.29, -6, -1.74, 0, 4.44, 0.87, 1.1, 0, 0)
    """What each feature of `FollowUpRanker.candidates` counts, and what is added where the message points back; learned
    by `python tests/benchmarks/choices.py`, which finds 369 of 443 questions that it did not learn from."""
    likely: float = 0.4
    """Probability from which that question is answered. Below, 20 of 45 were right, from there on 349 of 398."""
