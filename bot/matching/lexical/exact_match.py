"""Messages that repeat a text of the knowledge base, word order aside: there is nothing to guess about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np

from bot.matching.lexical.arrays import Ints, Texts
from bot.matching.lexicon import Token


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


def learn(texts: Texts[Token], labels: Ints) -> ExactMatch:
    """Return all texts that belong to one group only."""
    keys = np.fromiter((_key(texts[row]) for row in range(len(labels))), np.int64, len(labels))
    distinct, first, places = np.unique(keys, return_index=True, return_inverse=True)
    shared = np.zeros(len(distinct), bool)
    shared[places[labels != labels[first][places]]] = True
    return ExactMatch(distinct[~shared], labels[first][~shared])


def _key(words: Iterable[Token]) -> int:
    return crc32(" ".join(sorted([f"{word.stem}{word.side}" if word.side else word.stem for word in words])).encode())
