"""Which question a message asks that may hang on the one before: one of the last topic, of another, or a new one.

Candidates are the likeliest questions of the last topic, of its neighbours, and of the topics that the message is
about if it is read alone, and if it is read after the last question. What counts is how well a candidate fits the
message alone, how well both together, and whether it stays with the topic and the question before (`choice.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest
from typing import NamedTuple

import numpy as np

from bot.context import Context
from bot.knowledge import Knowledge
from bot.matching import message
from bot.matching.arrays import Floats
from bot.matching.choice import Candidate, Choice, choices, log_odds
from bot.matching.lexicon import Lexicon
from bot.matching.questions import Fits, QuestionMatcher
from bot.matching.ranking import Ranker, Ranking
from bot.matching.vectorizer import Query


class FollowUp(NamedTuple):
    """A message after an answer."""

    found: Sequence[str]
    """Its words."""
    alone: Ranking
    """The topics that it is about if nothing was said before."""
    points: bool
    """Whether a word of it points back."""
    turns: bool
    """Whether it names another side than the last answer was about."""
    whole: bool
    """Whether the last answer was about the sides as such: then nothing is likelier than before."""
    context: Context


class _View(NamedTuple):
    """A way to read a message: its features, its vector, and the confidence of each topic."""

    query: Query
    vector: Floats | None
    confidence: dict[str, float]
    said: Floats
    """How much of it is said about each question."""


class FollowUpRanker:
    """Chooses the question that a message after an answer asks."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, ranker: Ranker, questions: QuestionMatcher) -> None:
        self._knowledge, self._lexicon, self._ranker = knowledge, lexicon, ranker
        self._questions, self._config = questions, ranker.config.follow_ups

    def choices(self, said: FollowUp) -> list[Choice]:
        """Return what may be asked, the likeliest first."""
        pointing = np.array(self._config.pointing) if said.points else 0.0
        return choices(self.candidates(said), np.array(self._config.weights) + pointing)

    def candidates(self, said: FollowUp) -> list[Candidate]:
        """Return what may be asked, each with its features.

        They are: the log-odds of the topic for the message alone and together with the last question; how well the
        question fits the message alone, both together, and the words alone with the meaning of both; whether the topic
        stays, and those three fits if it does; whether the question stays, also to be asked of another side; whether it
        is the topic as such; how much the nearest wording is like the message alone, and like both; how likely the
        question is among those of all topics for the message alone, and for both; how much of what is said in the
        message, and in both, is said about the question.
        """
        alone, together = self._views(said)
        topics = [str(said.context.topic), *self._knowledge.topics[str(said.context.topic)].related]
        topics += [topic for view in (alone, together) for topic in list(view.confidence)[: self._config.topics]]
        ways = ((alone.query, alone.vector), (together.query, together.vector), (alone.query, together.vector))
        known = dict.fromkeys(topics)
        fits = [self._questions.fits(known, *way) for way in ways]
        views = (alone, together)
        return [each for topic in known for each in self._of_topic(topic, [fit[topic] for fit in fits], views, said)]

    def wording(self, context: Context) -> str:
        """Return the last question in words; the title of the topic where none was asked."""
        topic = self._knowledge.topics[context.topic or ""]
        asked = topic.question(context.question or "")
        return asked.ask[0] if asked else topic.title

    def vector(self, found: Sequence[str], context: Context) -> Floats | None:
        """Return the vector of the last question and this message together."""
        return self._ranker.vector(found, self.wording(context))

    def _views(self, said: FollowUp) -> tuple[_View, _View]:
        """Return the message alone, and together with the last question."""
        found = said.found
        last = message.words(message.plain(self.wording(said.context)))
        both = message.bounded([*last, *found])
        read = self._lexicon.read(both)
        together = self._ranker.rank(read, self._ranker.text(both))
        alone = self._ranker.query(self._lexicon.read(found))
        return (
            _View(alone, self._ranker.vector(found), _confidence(said.alone), self._questions.index.scores(found)),
            _View(
                self._ranker.query(read),
                self.vector(found, said.context),
                _confidence(together),
                self._questions.index.scores(both),
            ),
        )

    def _of_topic(
        self, topic: str, fits: Sequence[Fits], views: tuple[_View, _View], said: FollowUp
    ) -> Iterator[Candidate]:
        """Yield the topic as such and its likeliest questions: by each view, and by the words alone, meant as both."""
        asked, most = [question for question in fits[0] if question], self._config.questions
        likely = [question for known in fits for question in nlargest(most, asked, key=known.__getitem__)]
        same_topic = topic == said.context.topic and not said.whole
        last = said.context.question if same_topic and said.context.question in fits[0] else None
        topical = [log_odds(view.confidence.get(topic, 0.0)) for view in views]
        for question in dict.fromkeys([None, last, *likely]):
            found = [known[question] for known in fits]
            fit, near = [each.score for each in found], [each.likeness for each in found[:2]]
            meant = [each.meaning for each in found[:2]]
            same = question is not None and question == last
            stays = [same_topic, *(same_topic * each for each in fit), same, same and said.turns]
            about = [self._questions.index.score(view.said, topic, question) for view in views]
            features = (*topical, *fit, *map(float, stays), float(question is None), *near, *meant, *about)
            yield Candidate(topic, question, features)


def _confidence(ranking: Ranking) -> dict[str, float]:
    return {one.topic: one.confidence for one in ranking.ranked}
