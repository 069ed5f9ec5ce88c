"""Which phrasings are taken for something else when they are left out of what is learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from bot.knowledge import Knowledge
from bot.matching.arrays import Ints
from bot.matching.calibration import fit_fusion
from bot.matching.config import DEFAULT, MatcherConfig
from bot.matching.lexicon import Lexicon
from bot.matching.out_of_fold import Examples, dealt, held_out
from bot.matching.questions import left_out
from bot.matching.semantic import SentenceEncoder
from bot.matching.training import read_examples

Progress = Callable[[int, int], None]


class Confusion(NamedTuple):
    """A phrasing that is taken for something else by what was learned without it."""

    surely: float
    """How sure that is, 0 to 1: the confidence in the other topic, or the lead of the other question."""
    phrasing: str
    belongs: str
    """The id of its topic or out-of-scope group; or, where the topic is right, that of its question."""
    goes: str
    """The id of what it is taken for."""
    topic: str
    """The id of its topic or out-of-scope group."""


@dataclass(frozen=True, slots=True)
class Confusions:
    """All phrasings that are taken for something else, the surest mistakes first."""

    topics: tuple[Confusion, ...]
    questions: tuple[Confusion, ...]
    phrasings: int
    """Of so many, ..."""
    wordings: int
    """... and of so many that ask a question."""


def confusions(
    knowledge: Knowledge,
    encoder: SentenceEncoder | None = None,
    progress: Progress = lambda _done, _all: None,
    config: MatcherConfig = DEFAULT,
) -> Confusions:
    """Ask a knowledge base its own phrasings, each by what is learned without it.

    For topics, a part of them is left out at a time, since each part has to be learned for; for the questions below a
    topic, one alone.

    Args:
        knowledge: the knowledge base.
        encoder: makes the vectors; without one, phrasings are read by their words alone.
        progress: is told how many of the steps are done.
        config: the matcher's numbers.
    """
    steps = len(knowledge.topics) + 2
    with threadpool_limits(limits=1, user_api="blas"):
        progress(0, steps)
        examples = read_examples(knowledge, Lexicon(knowledge, config.spelling), encoder, config)
        progress(1, steps)
        topics = _between_topics(knowledge, examples, config)
        progress(2, steps)
        questions: list[Confusion] = []
        for number in range(len(knowledge.topics)):
            questions += _between_questions(knowledge, examples, number, config)
            progress(number + 3, steps)
    real, asking = examples.real & (examples.labels < examples.topics), examples.questions >= 0
    return Confusions(tuple(topics), tuple(sorted(questions, reverse=True)), int(real.sum()), int(asking.sum()))


def _between_topics(knowledge: Knowledge, examples: Examples, config: MatcherConfig) -> list[Confusion]:
    """Return phrasings of topics that go elsewhere, and those of what is out of scope that a topic would answer."""
    if not examples.real.any() or examples.fitted.size * examples.fitted.groups > config.classifier.largest:
        return []
    ids = [*knowledge.topics, *(group.id for group in knowledge.out_of_scope)]
    vectors = examples.vectors is not None
    candidates, labels = held_out(examples, config)
    fusion = fit_fusion(candidates, labels, examples.topics, vectors=vectors)
    stage = fusion.both if vectors else fusion.words
    scores, likely = stage.joined(candidates), stage.likely(candidates, examples.topics)
    rows, places = np.concatenate(dealt(examples.labels, examples.real)), scores.argmax(axis=1)
    best = candidates.groups[np.arange(len(rows)), places]
    sure = likely[np.arange(len(rows)), places]
    # of a group that is out of scope, nothing says how likely it is: what the best topic lacks
    topic_sure = np.where(candidates.groups < examples.topics, likely, 0.0).max(axis=1)
    sure = np.where(best < examples.topics, sure, 1 - topic_sure)
    wrong = (best != labels) & ((labels < examples.topics) | (best < examples.topics))
    answered = (labels < examples.topics) | (sure >= fusion.answer_from)
    found = []
    for place in np.flatnonzero(wrong & answered).tolist():
        own, goes = ids[labels[place]], ids[best[place]]
        if own not in knowledge.inherited:
            text = examples.written[rows[place]]
            found.append(Confusion(round(float(sure[place]), 3), text, own, goes, own))
    return sorted(found, reverse=True)


def _between_questions(knowledge: Knowledge, examples: Examples, number: int, config: MatcherConfig) -> list[Confusion]:
    rows = _wordings(examples, number)
    asked = examples.questions[rows]
    if not len(rows) or asked.max() < 1:
        return []
    vectors = None if examples.vectors is None else examples.vectors[rows]
    scores = left_out(examples.fitted.rows.taken(rows), asked, vectors, config.questions)
    topic = [*knowledge.topics.values()][number]
    found = []
    for place in np.flatnonzero(asked >= 0).tolist():
        own, best = int(asked[place]), int(scores[place].argmax())
        if best != own and scores[place, best] >= config.questions.asked_from:
            lead = round(float(scores[place, best] - scores[place, own]), 3)
            text, questions = examples.written[rows[place]], topic.questions
            found.append(Confusion(lead, text, questions[own].id, questions[best].id, topic.id))
    return found


def _wordings(examples: Examples, number: int) -> Ints:
    """Return the places of the phrasings of a topic."""
    first, last = np.searchsorted(examples.labels, (number, number + 1))
    found: Ints = first + np.flatnonzero(examples.real[first:last])
    return found
