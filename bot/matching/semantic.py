"""What a message means, as a vector: the same groups as those of the words, told apart by what sentences mean.

Two things speak for a group. A multinomial logistic regression over the vectors of all phrasings gives log-odds: it
knows what tells the groups apart. Its classes are the questions, and what a group is asked of besides: a topic holds
many subjects, which no single plane parts from all others, and is as likely as its questions together. The best
likeness to one single phrasing knows nothing of the other groups, so it also says whether anything like the message
was ever asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.matching.arrays import Floats, Ints
from bot.matching.config import DEFAULT
from bot.matching.learning_config import SemanticConfig

_SEED = 0
_TINY = 1e-8


class EncoderError(Exception):
    """The sentence encoder cannot be installed or used; the message says why, and what helps."""


class SentenceEncoder(Protocol):
    """Turns texts into vectors of length 1; texts that mean the same have nearly the same vector."""

    @property
    def name(self) -> str:
        """What tells its vectors from those of any other encoder."""

    @property
    def size(self) -> int:
        """How many numbers a vector has."""

    def knows(self, word: str) -> bool:
        """Return whether a word, in lower case, is known as a whole: such a word is mended for nobody's sake.

        Raises:
            EncoderError: it cannot be used.
        """

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row for each text.

        Raises:
            EncoderError: it cannot be used; the words of a message then have to do.
        """


class Likeness(NamedTuple):
    """The phrasing of a group that a message is most like."""

    cosine: float
    """How much alike they are: 1 means the same, about 0 nothing in common; -1 where the group has no phrasing."""
    phrasing: int
    """Its place among all phrasings."""


@dataclass(frozen=True, slots=True)
class SemanticClassifier:
    """Tells groups of phrasings apart by their vectors. Plain arrays: it can be kept instead of fitted again."""

    weights: Floats
    """Numbers of a vector x classes."""
    bias: Floats
    classes: Ints
    """Of each class the group, ascending, and the number of the question, below zero for what a group is asked else."""
    rows: NDArray[np.int8]
    """The vectors of all phrasings in whole numbers, group after group: a quarter of the memory, .003 off at most."""
    steps: Floats
    """What one unit in each row is worth."""
    starts: Ints
    """Where the rows of each group begin, and where the last one ends."""

    @classmethod
    def fit(
        cls,
        vectors: Floats,
        labels: Ints,
        groups: int,
        *,
        questions: Ints | None = None,
        phrasings: NDArray[np.bool_] | None = None,
        config: SemanticConfig = DEFAULT.semantic,
    ) -> SemanticClassifier:
        """Learn from texts.

        Args:
            vectors: a row for each text, of length 1.
            labels: the group of each, ascending.
            groups: how many there are.
            questions: the number of its group's question that each asks, below zero for none; none by default.
            phrasings: which of the texts are what somebody could ask, for messages to be like; all by default.
            config: how long, and how fast, to learn.
        """
        known, classes = classes_of(labels, questions)
        weights, bias = fit_weights(vectors, classes, len(known), config)
        if phrasings is not None:
            vectors, labels = vectors[phrasings], labels[phrasings]
        steps = np.abs(vectors).max(axis=1, initial=_TINY) / np.float32(np.iinfo(np.int8).max)
        rows = np.rint(vectors / steps[:, None]).astype(np.int8)
        starts = np.searchsorted(labels, np.arange(groups + 1))
        return cls(weights, bias, known, rows, steps.astype(np.float32), starts)

    def scores(self, vector: Floats) -> Floats:
        """Return the log-odds of each group, up to a constant per message."""
        scores: Floats = pooled(vector[None] @ self.weights + self.bias, self.classes[:, 0], len(self.starts) - 1)[0]
        return scores

    def class_scores(self, vector: Floats) -> Floats:
        """Return the log-probability of each class."""
        scores = vector @ self.weights + self.bias
        likely: Floats = scores - np.logaddexp.reduce(scores)
        return likely

    def likeness(self, vector: Floats, group: int) -> Likeness:
        """Return the phrasing of this group that a message is most like."""
        begin, end = self.starts[group : group + 2].tolist()
        if begin == end:
            return Likeness(-1.0, begin)
        alike = self.cosines(vector, group)
        best = int(alike.argmax())
        return Likeness(float(alike[best]), begin + best)

    def vectors(self, group: int) -> Floats:
        """Return the vectors of this group's phrasings, in their order."""
        begin, end = self.starts[group : group + 2].tolist()
        found: Floats = self.rows[begin:end].astype(np.float32) * self.steps[begin:end, None]
        return found

    def cosines(self, vector: Floats, group: int) -> Floats:
        """Return the cosine of the message and each phrasing of this group, in their order."""
        begin, end = self.starts[group : group + 2].tolist()
        found: Floats = (self.rows[begin:end].astype(np.float32) @ vector) * self.steps[begin:end]
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all of it as arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> SemanticClassifier:
        """Return what these arrays hold.

        Raises:
            ValueError: something is missing, or does not fit together.
        """
        if missing := [field.name for field in fields(cls) if field.name not in arrays]:
            raise ValueError(f"these are missing: {', '.join(missing)}")
        found = cls(**{field.name: arrays[field.name] for field in fields(cls)})
        size, classes = found.weights.shape
        if found.rows.shape != (len(found.steps), size) or not len(found.bias) == len(found.classes) == classes:
            raise ValueError("the arrays do not fit together")
        return found


class SemanticReader:
    """Makes the vectors of messages for as long as the encoder can be used; where it fails, words have to do."""

    def __init__(self, classifier: SemanticClassifier, encoder: SentenceEncoder) -> None:
        self.classifier = classifier
        self._encoder: SentenceEncoder | None = encoder
        self._encoded = lru_cache(maxsize=DEFAULT.limits.vectors)(lambda text: encoder.encode([text])[0])
        self.failure = ""
        """Why the encoder cannot be used; empty while it can."""

    def knows(self, word: str) -> bool:
        """Return whether the encoder knows a word as a whole."""
        try:
            return self._encoder is not None and self._encoder.knows(word)
        except EncoderError as error:
            self.failure, self._encoder = str(error), None
            return False

    def vector(self, text: str) -> Floats | None:
        """Return the vector of a text; None where the encoder cannot be used.

        The last ones are remembered: one message asks for that of each of its sentences more than once.
        """
        if self._encoder is None:
            return None
        try:
            vector: Floats = self._encoded(text)
        except EncoderError as error:
            self.failure, self._encoder = str(error), None
            return None
        return vector


def classes_of(labels: Ints, questions: Ints | None = None) -> tuple[Ints, Ints]:
    """Return of each class the group, ascending, and the question, below zero for none; and the class of each text.

    Args:
        labels: the group of each text.
        questions: the number of its group's question that each asks, below zero for none; none by default.
    """
    asked = np.full_like(labels, -1) if questions is None else np.maximum(questions, -1)
    known, classes = np.unique(np.stack((labels, asked), axis=1), axis=0, return_inverse=True)
    return known, classes.ravel()


def pooled(scores: Floats, owners: Ints, groups: int) -> Floats:
    """Return the log-odds of each group, of those of its classes: a group is as likely as its classes together.

    Args:
        scores: messages x classes.
        owners: the group of each class, ascending.
        groups: how many there are; one that has no class is as unlikely as the unlikeliest class.
    """
    if not len(owners):
        return np.zeros((len(scores), groups), np.float32)
    present, starts = np.unique(owners, return_index=True)
    found = np.repeat(scores.min(axis=1, keepdims=True), groups, axis=1)
    found[:, present] = np.logaddexp.reduceat(scores, starts, axis=1)
    return found


def fit_weights(
    vectors: Floats, labels: Ints, classes: int, config: SemanticConfig = DEFAULT.semantic
) -> tuple[Floats, Floats]:
    """Return the weights (numbers of a vector x classes) and bias of a multinomial logistic regression.

    The same vectors always give the same weights: the order in which they are seen is fixed.
    """
    inputs = np.concatenate((vectors, np.ones((len(vectors), 1), np.float32)), axis=1)
    weights = np.zeros((inputs.shape[1], classes), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    order = np.random.default_rng(_SEED)
    batches = -(-len(labels) // config.batch)
    epochs = max(config.epochs, -(-config.steps // max(1, batches)))
    step, last = 0, epochs * batches
    for _ in range(epochs):
        mixed = order.permutation(len(labels))
        for begin in range(0, len(mixed), config.batch):
            chosen = mixed[begin : begin + config.batch]
            gradient = _gradient(inputs[chosen], labels[chosen], weights, np.float32(config.decay))
            step += 1
            mean += (1 - config.first) * (gradient - mean)
            square += (1 - config.second) * (gradient * gradient - square)
            rate = config.rate * (1 - (step - 1) / last) / (1 - config.first**step)
            weights -= rate * mean / (np.sqrt(square / (1 - config.second**step)) + _TINY)
    return weights[:-1], weights[-1] - (weights[-1].mean(dtype=np.float32) if classes else 0)


def _gradient(inputs: Floats, labels: Ints, weights: Floats, decay: np.float32) -> Floats:
    excess = inputs @ weights
    excess -= excess.max(axis=1, keepdims=True)
    np.exp(excess, out=excess)
    excess /= excess.sum(axis=1, keepdims=True)
    excess[np.arange(len(labels)), labels] -= 1
    gradient: Floats = inputs.T @ excess / np.float32(len(labels)) + decay * weights
    return gradient
