"""Whether a message has the shape of the questions that a knowledge base answers, whatever they are about.

Words that many topics use ("how", "my", "get") stay; the others are masked. The runs of up to three of them, the words
and a few counts tell what is asked from what cannot be known, by how often they occur in either kind of text.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

import numpy as np

from bot.matching.lexicon import Word
from bot.matching.sparse import Floats, Ints

COMMON = 0.07
"""Share of the topics that use a word which is not masked."""
DOUBT = 10.0
"""Texts' worth of doubt about how telling a run is."""
_START, _TOPICAL, _UNKNOWN, _SIDE, _FIRST = 0, 1, 2, 3, 4
_FEWEST = 2
_COUNTS = 64


class Shape:
    """How telling each run of masked words is: above zero speaks against the knowledge base."""

    def __init__(
        self, texts: Sequence[Sequence[Word]], outside: np.ndarray, spread: dict[str, int], groups: int
    ) -> None:
        least = max(2, ceil(COMMON * groups))
        common = [stem for stem, topics in spread.items() if topics >= least]
        self._symbols = {stem: _FIRST + i for i, stem in enumerate(common)}
        self._stems = {stem: i for i, stem in enumerate(spread)}
        self._base = _FIRST + len(common)
        keys = [self._keys(text) for text in texts]
        flat = np.fromiter((key for text in keys for key in text), np.int64)
        out = np.repeat(outside, [len(text) for text in keys])
        self._weights = _weights(flat, out, int((~outside).sum()), int(outside.sum()))

    def against(self, text: Sequence[Word]) -> float:
        """Return how far the text looks like one that the knowledge base cannot answer; 0 is undecided."""
        found = [self._weights[key] for key in self._keys(text) if key in self._weights]
        return sum(found) / sqrt(len(found)) if found else 0.0

    def _keys(self, text: Sequence[Word]) -> set[int]:
        symbols = [_START, *map(self._symbol, text), _START]
        base = self._base
        second, third, words = base, base + base * base, base + base * base + base**3
        keys = set(symbols)
        keys.update([second + a * base + b for a, b in zip(symbols, symbols[1:], strict=False)])
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


def _weights(flat: Ints, out: np.ndarray, inside_texts: int, outside_texts: int) -> dict[int, float]:
    if not outside_texts or not inside_texts:
        return {}
    keys, inverse, counts = np.unique(flat, return_inverse=True, return_counts=True)
    outside: Floats = np.bincount(inverse, weights=out, minlength=len(keys))
    expected = DOUBT * counts / (inside_texts + outside_texts)
    against = (outside + expected) / (outside_texts + DOUBT)
    speaks_for = (counts - outside + expected) / (inside_texts + DOUBT)
    kept = counts >= _FEWEST
    return dict(zip(keys[kept].tolist(), np.log(against[kept] / speaks_for[kept]).tolist(), strict=True))
