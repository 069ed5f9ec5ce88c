"""Whether a message has the shape of the questions that a knowledge base answers, whatever they are about.

Words that many topics use ("how", "my", "get") stay; the others are masked. The runs of up to three of them, the words
and a few counts tell what is asked from what cannot be known, by how often they occur in either kind of text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import Word
from bot.matching.sparse import Ints, split
from bot.matching.texts import Texts

COMMON = 0.07
"""Share of the topics that use a word which is not masked."""
DOUBT = 10.0
"""Texts' worth of doubt about how telling a run is."""
_START, _TOPICAL, _UNKNOWN, _SIDE, _FIRST = 0, 1, 2, 3, 4
_FEWEST = 2
_COUNTS = 64


Bools = NDArray[np.bool_]


class Shape:
    """How telling each run of masked words is: above zero speaks against the knowledge base."""

    def __init__(self, texts: Texts[Word], outside: Bools, spread: Mapping[str, int], groups: int) -> None:
        least = max(2, ceil(COMMON * groups))
        self._stems = {stem: i for i, stem in enumerate(spread)}
        common = (stem for stem, topics in spread.items() if topics >= least)
        self._symbols = {stem: _FIRST + i for i, stem in enumerate(common)}
        self._base = _FIRST + len(self._symbols)
        rows, keys = self._learn(texts)
        self._weights = _weights(rows, keys, outside)

    def against(self, text: Sequence[Word]) -> float:
        """Return how far the text looks like one that the knowledge base cannot answer; 0 is undecided."""
        found = [self._weights[key] for key in self._keys(text) if key in self._weights]
        return sum(found) / sqrt(len(found)) if found else 0.0

    def _keys(self, text: Sequence[Word]) -> set[int]:
        symbols = [_START, *map(self._symbol, text), _START]
        base = self._base
        second, third, words = base, base + base * base, self._words
        keys = set(symbols)
        keys.update([second + a * base + b for a, b in pairwise(symbols)])
        runs = zip(symbols, symbols[1:], symbols[2:], strict=False)
        keys.update([third + (a * base + b) * base + c for a, b, c in runs])
        keys.update([words + _COUNTS + self._stems[word.stem] for word in text if word.stem in self._stems])
        topical, unknown = symbols.count(_TOPICAL), symbols.count(_UNKNOWN)
        sided = _SIDE in symbols
        keys.update(
            (
                words + min(len(text), 20) // 3,
                words + 10 + min(topical, 5),
                words + 20 + min(unknown, 4),
                words + 30 + sided,
            )
        )
        return keys

    def _symbol(self, word: Word) -> int:
        if word.side:
            return _SIDE
        known = self._symbols.get(word.stem)
        if known is not None:
            return known
        return _TOPICAL if word.known and word.stem in self._stems else _UNKNOWN

    def _learn(self, texts: Texts[Word]) -> tuple[Ints, Ints]:
        """Return the same keys as `_keys` for many texts: the row of each, and the key."""
        lengths = texts.lengths
        count = len(lengths)
        rows = np.repeat(np.arange(count), lengths + 2)
        symbols = np.zeros(len(rows), np.int64)
        inner = np.ones(len(rows), bool)
        ends = np.cumsum(lengths + 2)
        inner[ends - 1] = inner[ends - lengths - 2] = False
        symbols[inner] = np.array([*map(self._symbol, texts.words)], np.int64)[texts.numbers]
        two, three = rows[:-1] == rows[1:], rows[:-2] == rows[2:]
        base, words = self._base, self._words
        pairs = base + symbols[:-1] * base + symbols[1:]
        runs = base + base**2 + (symbols[:-2] * base + symbols[1:-1]) * base + symbols[2:]
        stems = np.array([self._stems.get(word.stem, -1) for word in texts.words], np.int64)[texts.numbers]
        each = np.arange(count)
        topical = np.bincount(rows, weights=symbols == _TOPICAL, minlength=count).astype(np.int64)
        sided = np.bincount(rows, weights=symbols == _SIDE, minlength=count) > 0
        counts = (np.minimum(lengths, 20) // 3, 10 + np.minimum(topical, 5), np.full(count, 20), 30 + sided)
        keys = (symbols, pairs[two], runs[three], words + _COUNTS + stems, *(words + one for one in counts))
        of_rows = (rows, rows[:-1][two], rows[:-2][three], np.repeat(each, lengths), each, each, each, each)
        return np.concatenate(of_rows), np.concatenate(keys)

    @property
    def _words(self) -> int:
        return self._base + self._base**2 + self._base**3


def _weights(rows: Ints, keys: Ints, outside: Bools) -> dict[int, float]:
    inside_texts, outside_texts = int((~outside).sum()), int(outside.sum())
    if not outside_texts or not inside_texts:
        return {}
    texts = len(outside)
    once = np.sort(keys * texts + rows)
    once = once[np.diff(once, prepend=-1) > 0]
    keys, rows = split(once, texts)
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    distinct = keys[begins]
    counts = np.diff(begins, append=len(keys))
    beyond = np.add.reduceat(outside[rows].astype(np.int64), begins)
    expected = DOUBT * counts / (inside_texts + outside_texts)
    against = (beyond + expected) / (outside_texts + DOUBT)
    speaks_for = (counts - beyond + expected) / (inside_texts + DOUBT)
    kept = counts >= _FEWEST
    return dict(zip(distinct[kept].tolist(), np.log(against[kept] / speaks_for[kept]).tolist(), strict=True))
