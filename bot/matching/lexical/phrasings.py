"""How like a message is to each single phrasing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np

from bot.matching.lexical.arrays import Floats, Ints, Sparse, Texts
from bot.matching.lexical.vectorizer import Query
from bot.matching.lexicon import Token
from bot.matching.model import TrainedModel


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
