"""Whether a message has the shape of the questions that a knowledge base answers, whatever they are about.

Words that many topics use ("how", "my", "get") stay; the others are masked. The runs of up to three of them, the words
and a few counts tell what is asked from what cannot be known, by how often they occur in either kind of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.config import FunctionWordConfig
from bot.matching.lexical.arrays import Floats, Ints, Texts, split
from bot.matching.lexicon import Token

_START, _TOPICAL, _UNKNOWN, _SIDE, _FIRST = 0, 1, 2, 3, 4


Bools = NDArray[np.bool_]


class FunctionWordWeights(NamedTuple):
    """What was learned of the shape of messages."""

    common: tuple[str, ...]
    """The stems that are not masked."""
    runs: Ints
    """Runs of masked words, as numbers, ..."""
    against: Floats
    """... and how far each speaks against the knowledge base."""


class FunctionWordScorer:
    """How telling each run of masked words is: above zero speaks against the knowledge base."""

    def __init__(self, stems: Iterable[str], shapes: FunctionWordWeights) -> None:
        self._alphabet = _Alphabet(stems, shapes.common)
        self._weights = dict(zip(shapes.runs.tolist(), shapes.against.tolist(), strict=True))

    def against(self, text: Sequence[Token]) -> float:
        """Return how far the text looks like one that the knowledge base cannot answer; 0 is undecided."""
        found = [weight for weight in map(self._weights.get, self._alphabet.runs(text)) if weight is not None]
        return sum(found) / sqrt(len(found)) if found else 0.0


class _Alphabet:
    """Numbers for words when masked, and for runs of them."""

    def __init__(self, stems: Iterable[str], common: Iterable[str]) -> None:
        unmasked = {stem: _FIRST + i for i, stem in enumerate(common)}
        self._symbols = {**dict.fromkeys(stems, _TOPICAL), **unmasked}
        self._base = base = _FIRST + len(unmasked)
        self._third, self._words = base + base**2, base + base**2 + base**3

    def runs(self, text: Sequence[Token]) -> set[int]:
        """Return the runs of up to three words of a text, and a few counts."""
        symbols = [_START, *map(self._symbol, text), _START]
        base, third, words = self._base, self._third, self._words
        return {
            *symbols,
            *[base + a * base + b for a, b in pairwise(symbols)],
            *[third + (a * base + b) * base + c for a, b, c in zip(symbols, symbols[1:], symbols[2:], strict=False)],
            words + min(len(text), 20) // 3,
            words + 10 + min(symbols.count(_TOPICAL), 5),
            words + 20 + min(symbols.count(_UNKNOWN), 4),
            words + 30 + (_SIDE in symbols),
        }

    def runs_of_all(self, texts: Texts[Token]) -> tuple[Ints, Ints]:
        """Return the same runs for many texts: the row of each, and the run."""
        lengths = texts.lengths
        count = len(lengths)
        rows = np.repeat(np.arange(count), lengths + 2)
        symbols = np.zeros(len(rows), np.int64)
        inner = np.ones(len(rows), bool)
        ends = np.cumsum(lengths + 2)
        inner[ends - 1] = inner[ends - lengths - 2] = False
        symbols[inner] = np.array([*map(self._symbol, texts.words)], np.int64)[texts.numbers]
        two, three = rows[:-1] == rows[1:], rows[:-2] == rows[2:]
        base, third, words = self._base, self._third, self._words
        pairs = base + symbols[:-1] * base + symbols[1:]
        threes = third + (symbols[:-2] * base + symbols[1:-1]) * base + symbols[2:]
        each = np.arange(count)
        topical = np.bincount(rows, weights=symbols == _TOPICAL, minlength=count).astype(np.int64)
        sided = np.bincount(rows, weights=symbols == _SIDE, minlength=count) > 0
        counts = (np.minimum(lengths, 20) // 3, 10 + np.minimum(topical, 5), np.full(count, 20), 30 + sided)
        found = (symbols, pairs[two], threes[three], *(words + one for one in counts))
        of_rows = (rows, rows[:-1][two], rows[:-2][three], each, each, each, each)
        return np.concatenate(of_rows), np.concatenate(found)

    def _symbol(self, word: Token) -> int:
        return _SIDE if word.side else self._symbols.get(word.stem, _UNKNOWN)


def learn(
    texts: Texts[Token], outside: Bools, spread: Mapping[str, int], groups: int, config: FunctionWordConfig
) -> FunctionWordWeights:
    """Return how telling each run of masked words is.

    Args:
        texts: read by the lexicon.
        outside: which of them are out of scope.
        spread: in how many groups each stem occurs.
        groups: how many groups there are.
        config: what counts as a function word, and how far counts are trusted.
    """
    least = max(2, ceil(config.common * groups))
    common = tuple(stem for stem, count in spread.items() if count >= least)
    rows, runs = _Alphabet(spread, common).runs_of_all(texts)
    return FunctionWordWeights(common, *_weighed(rows, runs, outside, config))


def _weighed(rows: Ints, keys: Ints, outside: Bools, config: FunctionWordConfig) -> tuple[Ints, Floats]:
    inside_texts, outside_texts = int((~outside).sum()), int(outside.sum())
    if not outside_texts or not inside_texts:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    texts = len(outside)
    once = np.sort(keys * texts + rows)
    once = once[np.diff(once, prepend=-1) > 0]
    keys, rows = split(once, texts)
    begins = np.flatnonzero(np.diff(keys, prepend=-1))
    distinct = keys[begins]
    counts = np.diff(begins, append=len(keys))
    beyond = np.add.reduceat(outside[rows].astype(np.int64), begins)
    expected = config.doubt * counts / (inside_texts + outside_texts)
    against = (beyond + expected) / (outside_texts + config.doubt)
    speaks_for = (counts - beyond + expected) / (inside_texts + config.doubt)
    kept = counts >= config.fewest
    return distinct[kept], np.log(against[kept] / speaks_for[kept]).astype(np.float32)
