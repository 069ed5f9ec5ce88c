"""What the words of a message say: a linear classifier, likeness to each phrasing, and texts known word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol
from zlib import crc32

import numpy as np

from bot.matching.arrays import Floats, Ints, Sparse, Texts
from bot.matching.config import MatcherConfig
from bot.matching.learning_config import ClassifierConfig
from bot.matching.lexicon import Token
from bot.matching.model import TrainedModel
from bot.matching.vectorizer import Query, Vectorizer


class Trained(NamedTuple):
    """What a message's features are multiplied with, and what is added, to give a score for each group."""

    weights: Floats
    """Features x groups."""
    bias: Floats


class _Batch(NamedTuple):
    """Some rows as a dense matrix over the columns that they have."""

    columns: Ints
    rows: Ints
    places: Ints
    values: Floats
    truth: Ints

    def dense(self) -> Floats:
        """Return the matrix; making it anew each time is cheaper than keeping all of them."""
        matrix = np.zeros((len(self.truth), len(self.columns)), np.float32)
        matrix[self.rows, self.places] = self.values
        return matrix


def train(rows: Sparse, labels: Ints, size: int, groups: int, config: ClassifierConfig) -> Trained:
    """Return weights whose scores are the log-odds of the groups, up to a constant per message.

    Args:
        rows: the phrasings, one per row, each of length 1.
        labels: the group of each row.
        size: how many features there are.
        groups: how many groups there are.
        config: how long, and how fast, to learn.
    """
    runs = [_run(rows, labels, (size, groups), number, config) for number in range(config.runs)]
    weights: Floats = np.mean([run.weights for run in runs], axis=0, dtype=np.float32)
    bias: Floats = np.mean([run.bias for run in runs], axis=0, dtype=np.float32)
    return Trained(weights, bias - bias.mean(dtype=np.float32))


def _run(rows: Sparse, labels: Ints, shape: tuple[int, int], number: int, config: ClassifierConfig) -> Trained:
    size, groups = shape
    weights, bias = np.zeros((size, groups), np.float32), np.zeros(groups, np.float32)
    taken, taken_by_bias = np.full(size, 1e-8, np.float32), np.full(groups, 1e-8, np.float32)
    batches = list(_batches(rows, labels, number, config.batch))
    for _ in range(max(config.epochs, config.steps // max(1, len(batches)))):
        for batch in batches:
            inputs, before = batch.dense(), weights[batch.columns]
            excess = _excess(inputs @ before + bias, batch.truth)
            gradient = inputs.T @ excess + config.decay * len(batch.truth) * before
            taken[batch.columns] += np.einsum("ij,ij->i", gradient, gradient) / groups
            weights[batch.columns] = before - config.rate * gradient / np.sqrt(taken[batch.columns])[:, None]
            gradient = excess.sum(axis=0)
            taken_by_bias += gradient * gradient
            bias -= config.rate * gradient / np.sqrt(taken_by_bias)
    return Trained(weights, bias)


def _excess(scores: Floats, truth: Ints) -> Floats:
    """Return how much more likely than the truth the scores make each group of each row; overwrites the scores."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    scores[np.arange(len(truth)), truth] -= 1
    return scores


def _batches(rows: Sparse, labels: Ints, number: int, size: int) -> Iterator[_Batch]:
    order = _mixed(len(labels), number)
    for begin in range(0, len(order), size):
        chosen = order[begin : begin + size]
        places, lengths = rows.places(chosen)
        columns, inverse = np.unique(rows.columns[places].astype(np.int64), return_inverse=True)
        each = np.repeat(np.arange(len(chosen)), lengths)
        yield _Batch(columns, each, inverse, rows.values[places], labels[chosen])


def _mixed(count: int, number: int) -> Ints:
    """Return all rows in a fixed order that mixes the groups, another one for each number.

    The order is that of the fractions of the golden ratio's multiples.
    """
    turns = np.arange(count) * 0.6180339887498949 * (1 + 2 * number) + 0.37 * number
    order: Ints = np.argsort(turns % 1, kind="stable")
    return order


class _Linear(Protocol):
    """Multiplies features with weights."""

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""


class _Trained:
    """All weights, of which a message needs a few rows."""

    def __init__(self, model: TrainedModel) -> None:
        self._weights, self._bias = model.weights, model.bias

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""
        found: Floats = query.values @ self._weights.take(query.columns, axis=0) + self._bias
        return found


class _Centroids:
    """The mean text of each group, for knowledge bases too large to be trained on."""

    def __init__(self, model: TrainedModel, sharpness: float) -> None:
        self._sharpness = sharpness
        self._centroids = Sparse(model.centroid_starts, model.centroid_columns, model.centroid_values)
        self._groups = len(model.bias)

    def scores(self, query: Query) -> Floats:
        """Return a score for each group."""
        places, lengths = self._centroids.places(query.columns)
        amounts = self._centroids.values[places] * np.repeat(query.values, lengths)
        summed = np.bincount(self._centroids.columns[places], weights=amounts, minlength=self._groups)
        return (self._sharpness * summed).astype(np.float32)


class Scorer:
    """A trained index over groups of phrasings."""

    def __init__(self, model: TrainedModel, config: MatcherConfig) -> None:
        self.space = Vectorizer(model.stems, model.pairs, model.trigrams, model.rarity, config.features)
        self._having = model.having
        self._linear: _Linear = _Trained(model) if len(model.weights) else _Centroids(model, config.scoring.sharpness)
        self._sides = dict(zip(model.signatures, model.side_scores, strict=True))
        self._undecided = np.zeros(len(model.bias), np.float32)

    def scores(self, query: Query, signature: str, favoured: Mapping[int, float] | None = None) -> Floats:
        """Return the log-odds of each group by the words and the sides; `favoured` groups get so much on top."""
        linear: Floats = self._linear.scores(query) + self._sides.get(signature, self._undecided)
        for group, extra in (favoured or {}).items():
            linear[group] += extra
        return linear

    def explained(self, query: Query, groups: Ints) -> Floats:
        """Return the share, 0 to 1, of the weight of the message's words that texts of each group have."""
        words = query.columns[: len(query.informs), None]
        shares: Floats = query.informs @ self._having[words, groups].astype(np.float32)
        return shares

    def sharing(self, stems: Iterable[str], groups: Sequence[int]) -> list[bool]:
        """Return whether texts of each group have one of these stems."""
        columns = self.space.columns(stems)
        return [bool(self._having[columns, group].any()) for group in groups]


class PhrasingIndex:
    """The phrasings of every topic as features, for comparison with one message."""

    def __init__(self, model: TrainedModel) -> None:
        self._rows = Sparse(model.phrasing_starts, model.phrasing_columns, model.phrasing_values)
        self._features = len(model.rarity)
        topics = int(model.phrasing_topics.max(initial=-1)) + 1
        self._bounds = np.searchsorted(model.phrasing_topics, np.arange(topics + 1))

    def range(self, topic: int) -> tuple[int, int]:
        """Return the numbers of the first phrasing of a topic (by its number) and of the one behind its last."""
        if topic + 1 >= len(self._bounds):
            return 0, 0
        return int(self._bounds[topic]), int(self._bounds[topic + 1])

    def likeness(self, query: Query, topic: int) -> Floats:
        """Return the cosine, 0 to 1, of the message and each phrasing of a topic, in their order."""
        first, last = self.range(topic)
        message = np.zeros(self._features, np.float32)
        np.add.at(message, query.columns, query.values)
        begin, end = self._rows.starts[first], self._rows.starts[last]
        products: Floats = self._rows.values[begin:end] * message[self._rows.columns[begin:end]]
        owners: Ints = np.repeat(np.arange(last - first), np.diff(self._rows.starts[first : last + 1]))
        found: Floats = np.bincount(owners, weights=products, minlength=last - first).astype(np.float32)
        return found


class ExactMatch(NamedTuple):
    """The texts of a knowledge base, each as a number, and the group that each belongs to."""

    keys: Ints
    """Ascending."""
    groups: Ints

    def group(self, words: Sequence[Token]) -> int | None:
        """Return the group that has a text with just these words."""
        key = _key(words)
        place = int(self.keys.searchsorted(key))
        return int(self.groups[place]) if place < len(self.keys) and self.keys[place] == key else None


def learn_texts(texts: Texts[Token], labels: Ints) -> ExactMatch:
    """Return all texts that belong to one group only."""
    keys = np.fromiter((_key(texts[row]) for row in range(len(labels))), np.int64, len(labels))
    distinct, first, places = np.unique(keys, return_index=True, return_inverse=True)
    shared = np.zeros(len(distinct), bool)
    shared[places[labels != labels[first][places]]] = True
    return ExactMatch(distinct[~shared], labels[first][~shared])


def _key(words: Iterable[Token]) -> int:
    return crc32(" ".join(sorted([f"{word.stem}{word.side}" if word.side else word.stem for word in words])).encode())
