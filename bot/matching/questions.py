"""Which specific question below a topic a message asks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bot.knowledge import Knowledge
from bot.matching.lexical.arrays import Floats
from bot.matching.lexical.phrasings import PhrasingIndex
from bot.matching.lexical.vectorizer import Query
from bot.matching.model import TrainedModel

ASKED_FROM = 0.42
"""Likeness to the nearest wording of a question from which that question is answered."""


class QuestionMatch(NamedTuple):
    """A question of a topic that a message asks."""

    question: str
    """Its id."""
    likeness: float
    """To its nearest wording, 0 to 1."""
    wording: str
    """That wording."""


class QuestionMatcher:
    """Compares a message with the wordings of a topic's questions."""

    def __init__(self, knowledge: Knowledge, model: TrainedModel) -> None:
        self._topics = {topic.id: (number, topic) for number, topic in enumerate(knowledge.topics.values())}
        self._phrasings = PhrasingIndex(model)
        self._questions = model.phrasing_questions

    def match(self, topic: str, query: Query, semantic: Floats | None = None) -> QuestionMatch | None:
        """Return the question of a topic that a message asks; None where no wording is like enough.

        Args:
            topic: the topic's id.
            query: the message as features.
            semantic: the cosine of the message and each phrasing of the topic by sentence vectors, where there are any.
        """
        number, known = self._topics[topic]
        first, last = self._phrasings.range(number)
        if first == last or not known.questions:
            return None
        likeness = self._phrasings.likeness(query, number)
        if semantic is not None:
            likeness = 0.4 * likeness + 0.6 * semantic
        questions = self._questions[first:last]
        specific = np.where(questions >= 0, likeness, -1.0)
        best = int(specific.argmax())
        if specific[best] < ASKED_FROM:
            return None
        asked = known.questions[int(questions[best])]
        place = best - int(np.flatnonzero(questions == questions[best])[0])
        wording = asked.ask[place] if place < len(asked.ask) else asked.ask[0]
        return QuestionMatch(asked.id, float(specific[best]), wording)
