"""Which specific question below a topic a message asks.

Regularised least squares over the wordings of one topic (Rifkin, Yeo and Poggio, 2003): a message scores for each
question by its likeness to every wording, each weighed so that the wordings themselves score 1 for their own question
and 0 for the others. The topic's general phrasings are wordings of no question. There is a set of weights for likeness
by words alone, and one for words and sentence vectors together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bot.knowledge import Knowledge
from bot.knowledge.models import Topic
from bot.matching.arrays import Floats, Ints, Sparse
from bot.matching.choice import QuestionConfig
from bot.matching.classifier import PhrasingIndex
from bot.matching.lexicon import Lexicon
from bot.matching.model import TrainedModel
from bot.matching.question_index import QuestionIndex
from bot.matching.semantic import SemanticClassifier
from bot.matching.vectorizer import Query


class QuestionMatch(NamedTuple):
    """A question of a topic that a message asks."""

    question: str
    """Its id."""
    score: float
    """About 1 for one of its own wordings, about 0 for what asks something else."""
    wording: str
    """The wording that is most like the message."""


class QuestionFit(NamedTuple):
    """How well a question fits a message."""

    score: float
    """About 1 for one of its own wordings, about 0 for what asks something else."""
    likeness: float
    """How much the message is like the nearest of its wordings, 0 to 1."""
    meaning: float
    """Log-probability of the question among those of all topics, by the vectors; `UNLIKELY` at least, and without."""


UNLIKELY = -15.0
Fits = dict[str | None, QuestionFit]
"""How well each question of a topic fits a message; under None, the topic as such."""


def fit_questions(
    rows: Sparse, topics: Ints, questions: Ints, semantic: SemanticClassifier | None, config: QuestionConfig
) -> tuple[Floats, Floats]:
    """Return the weights of all wordings, by words and by words and vectors, one topic after another.

    Args:
        rows: the phrasings of all topics as features.
        topics: the topic of each, ascending.
        questions: the number of the question that each asks, below zero for the general subject.
        semantic: the vectors of the same phrasings; without them the second result is empty.
        config: how the two kinds of likeness are joined, and how far they are trusted.
    """
    by_words: list[Floats] = []
    fused: list[Floats] = []
    for topic in np.unique(topics):
        first, last = np.searchsorted(topics, (topic, topic + 1))
        labels = questions[first:last]
        if labels.max() < 0:
            continue
        truth, likeness = _truth(labels), _products(rows.taken(np.arange(first, last)))
        stiffness = config.ridge * _balance(labels)
        by_words.append(_solved(likeness, truth, stiffness))
        if semantic:
            vectors = semantic.vectors(int(topic))
            fused.append(_solved(_joined(likeness, vectors @ vectors.T, config), truth, stiffness))
    empty = np.zeros(0, np.float32)
    return np.concatenate([empty, *by_words]), np.concatenate([empty, *fused])


def left_out(rows: Sparse, questions: Ints, vectors: Floats | None, config: QuestionConfig) -> Floats:
    """Return how each wording of a topic scores for its questions when all but that wording is learned from.

    Least squares have that in closed form: what is left over, divided by the diagonal of the inverse.

    Args:
        rows: the phrasings of one topic as features.
        questions: the number of the question that each asks, below zero for the general subject.
        vectors: the vectors of the same phrasings; None reads them by their words alone.
        config: as in `fit_questions`.
    """
    truth, likeness = _truth(questions), _products(rows)
    if vectors is not None:
        likeness = _joined(likeness, vectors @ vectors.T, config)
    inverse = np.linalg.inv(likeness + np.diag(config.ridge * _balance(questions)))
    scores: Floats = (truth - (inverse @ truth) / np.diag(inverse)[:, None]).astype(np.float32)
    return scores


def _places(semantic: SemanticClassifier, topics: Sequence[Topic]) -> dict[tuple[str, str | None], int]:
    """Return the class of each question, by its topic and its id, and of each topic as such."""
    places: dict[tuple[str, str | None], int] = {}
    for place, (group, number) in enumerate(semantic.classes.tolist()):
        if group < len(topics):
            topic = topics[group]
            places[topic.id, topic.questions[number].id if number >= 0 else None] = place
    return places


def _products(rows: Sparse) -> Floats:
    """Return the product of every two rows."""
    columns, places = np.unique(rows.columns, return_inverse=True)
    dense = np.zeros((len(rows.starts) - 1, len(columns)), np.float32)
    np.add.at(dense, (np.repeat(np.arange(len(dense)), np.diff(rows.starts)), places), rows.values)
    products: Floats = dense @ dense.T
    return products


def _truth(questions: Ints) -> Floats:
    """Return which question (columns) each wording (rows) asks, as 1 and 0."""
    asks: Floats = (questions[:, None] == np.arange(questions.max() + 1)).astype(np.float64)
    return asks


def _joined(by_words: Floats, cosines: Floats, config: QuestionConfig) -> Floats:
    """Return the likeness by words and vectors together."""
    return (1 - config.semantic_share) * by_words + config.semantic_share * cosines


def _balance(labels: Ints) -> Floats:
    """Return how little each wording is trusted: less, the more wordings its question has.

    Without it, thirty wordings win over eight though one of the eight is nearly the message. By leave-one-out, the root
    of the counts is best: 81.1 % of the wordings find their question, 80.7 without it; of the mean question 80.1, 78.9.
    """
    distinct, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    weights: Floats = np.sqrt(counts[places] / (len(labels) / len(distinct))).astype(np.float32)
    return weights


def _solved(likeness: Floats, truth: Floats, stiffness: Floats) -> Floats:
    weights = np.linalg.solve(likeness + np.diag(stiffness), truth)
    return weights.astype(np.float32).ravel()


class QuestionMatcher:
    """Compares a message with the wordings of a topic's questions."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, model: TrainedModel, config: QuestionConfig) -> None:
        self._config, self.index = config, QuestionIndex(knowledge, lexicon, model)
        self._topics = {topic.id: (number, topic) for number, topic in enumerate(knowledge.topics.values())}
        self._phrasings = PhrasingIndex(model)
        self._questions = model.phrasing_questions
        self._semantic = model.semantic
        self._classes = _places(model.semantic, [*knowledge.topics.values()]) if model.semantic else {}
        self._weights: dict[int, tuple[Floats, Floats | None]] = {}
        begin = 0
        for number, topic in self._topics.values():
            first, last = self._phrasings.range(number)
            if first == last or not topic.questions:
                continue
            shape = (last - first, int(self._questions[first:last].max()) + 1)
            end = begin + shape[0] * shape[1]
            fused = model.fused_question_weights[begin:end].reshape(shape) if model.semantic else None
            self._weights[number] = (model.question_weights[begin:end].reshape(shape), fused)
            begin = end

    def match(
        self,
        topic: str,
        query: Query,
        vector: Floats | None = None,
        *,
        skipped: Collection[str] = (),
        least: float | None = None,
    ) -> QuestionMatch | None:
        """Return the question of a topic that a message asks; None where it asks none of them.

        Args:
            topic: the topic's id.
            query: the message as features.
            vector: the message as a sentence vector, where there is one.
            skipped: ids of questions that are not meant.
            least: the score that the question must have; the usual one where it is not given.
        """
        found = self.nearest(topic, query, vector, skipped=skipped)
        least = self._config.asked_from if least is None else least
        return found[0] if found and found[0].score >= least else None

    def verbatim(self, topic: str, query: Query) -> str | None:
        """Return the question of a topic that has a message, but for its stop words, among its wordings.

        It is empty for the topic as such, and None where no phrasing is like that.
        """
        number, known = self._topics[topic]
        likeness = self._phrasings.likeness(query, number) if number in self._weights else np.zeros(0, np.float32)
        place = int(likeness.argmax()) if len(likeness) else 0
        if not len(likeness) or likeness[place] < self._config.verbatim:
            return None
        question = int(self._questions[self._phrasings.range(number)[0] + place])
        return known.questions[question].id if question >= 0 else ""

    def nearest(
        self,
        topic: str,
        query: Query,
        vector: Floats | None = None,
        *,
        skipped: Collection[str] = (),
        count: int = 1,
    ) -> list[QuestionMatch]:
        """Return so many questions of a topic at most, those that a message asks likeliest, best first.

        Arguments as in `match`.
        """
        number, known = self._topics[topic]
        likeness, scores = self._compared(number, query, vector)
        asked = [place for place in np.argsort(-scores, kind="stable") if known.questions[place].id not in skipped]
        return [self._match(number, known, place, likeness, scores) for place in asked[:count]]

    def fits(self, topics: Iterable[str], query: Query, vector: Floats | None = None) -> dict[str, Fits]:
        """Return by topic how well each of its questions fits a message, and the topic as such.

        Args:
            topics: ids of topics.
            query: the message as features.
            vector: the message as a sentence vector, where there is one.
        """
        meant = self._semantic.class_scores(vector) if self._semantic and vector is not None else None

        def fit(topic: str, question: str | None, score: float, likeness: float) -> QuestionFit:
            place = self._classes.get((topic, question))
            meaning = UNLIKELY if meant is None or place is None else max(float(meant[place]), UNLIKELY)
            return QuestionFit(score, likeness, meaning)

        return {
            topic: {each: fit(topic, each, *scored) for each, *scored in self._scored(topic, query, vector)}
            for topic in topics
        }

    def _scored(self, topic: str, query: Query, vector: Floats | None) -> Iterator[tuple[str | None, float, float]]:
        """Yield a topic as such, and its questions with their scores and the likeness of their nearest wordings."""
        yield None, 0.0, 0.0
        number, known = self._topics[topic]
        if number not in self._weights:
            return
        likeness, scores = self._compared(number, query, vector)
        first, last = self._phrasings.range(number)
        asked, nearest = self._questions[first:last], np.zeros(len(scores), np.float32)
        specific = asked >= 0
        np.maximum.at(nearest, asked[specific], likeness[specific])
        for question, score, near in zip(known.questions, scores.tolist(), nearest.tolist(), strict=False):
            yield question.id, score, near

    def matched(self, topic: str, question: str, query: Query, vector: Floats | None = None) -> QuestionMatch:
        """Return how a message fits this question of a topic. Arguments as in `match`."""
        number, known = self._topics[topic]
        place = next(place for place, one in enumerate(known.questions) if one.id == question)
        return self._match(number, known, place, *self._compared(number, query, vector))

    def _compared(self, number: int, query: Query, vector: Floats | None) -> tuple[Floats, Floats]:
        """Return the likeness of a message to each wording of a topic, and its score for each question."""
        if number not in self._weights:
            return np.zeros(0, np.float32), np.zeros(0, np.float32)
        by_words, fused = self._weights[number]
        likeness, weights = self._phrasings.likeness(query, number), by_words
        if vector is not None and fused is not None and self._semantic:
            likeness = _joined(likeness, self._semantic.cosines(vector, number), self._config)
            weights = fused
        return likeness, likeness @ weights

    def _match(self, number: int, known: Topic, place: int, likeness: Floats, scores: Floats) -> QuestionMatch:
        first, last = self._phrasings.range(number)
        own, asked = np.flatnonzero(self._questions[first:last] == place), known.questions[place]
        wording = asked.ask[min(int(likeness[own].argmax()), len(asked.ask) - 1)]
        return QuestionMatch(asked.id, float(scores[place]), wording)

    def offered(self, topics: Sequence[str], query: Query, vector: Floats | None, most: int) -> list[tuple[str, str]]:
        """Return the nearest question of each topic; of one topic alone several, and the topic itself.

        Args:
            topics: ids of topics, the likeliest first.
            query: the message as features.
            vector: the message as a sentence vector, where there is one.
            most: how many are offered.

        Returns:
            Topics, each with the id of its question, empty for the topic as such.
        """
        alone, offered = len(topics) == 1, []
        for topic in topics[:most]:
            near = self.nearest(topic, query, vector, count=most - 1 if alone else 1)
            asked = [(topic, each.question) for each in near if each.score >= self._config.offered_from]
            offered += asked
            offered += [(topic, "")] if alone or not asked else []
        return offered
