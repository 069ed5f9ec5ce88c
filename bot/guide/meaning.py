"""Which words of a text are meant: not negated, not in doubt, not about somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.guide.phrase_index import PhraseIndex
from bot.guide.phrases import BREAK
from bot.knowledge.guide_phrases import GuideReading

_REACH = 4
"""A negation reaches so many words ahead, in its part of the sentence."""
_DOUBTED = (7, 7)
"""A doubt falls on so many words before and behind it, in its part of the sentence."""
_OTHERS = (3, 7)
"""A word that names somebody else, likewise: mostly on what follows."""
_NEGATION, _TURN, _DOUBT, _OTHER = "negation", "turn", "doubt", "other"


_SHADOWS = {_DOUBT: _DOUBTED, _OTHER: _OTHERS}


@dataclass(frozen=True, slots=True)
class Meant:
    """What was found out about the words of one text."""

    negated: frozenset[int]
    shaded: frozenset[int]
    negations: frozenset[int]
    """Where a negation begins: a phrase that begins there says "no" itself."""

    def __call__(self, start: int, end: int) -> bool:
        """Return whether the phrase from `start` to before `end` is meant as it stands."""
        if start in self.negated and start not in self.negations:
            return False
        return start not in self.shaded and end - 1 not in self.shaded


class Meaning:
    """Finds negations, doubts and strangers with the words of one guide."""

    def __init__(self, reading: GuideReading) -> None:
        groups = (
            (_NEGATION, reading.negations),
            (_TURN, reading.turns),
            (_DOUBT, reading.doubts),
            (_OTHER, reading.others),
        )
        self._index = PhraseIndex([(kind, pattern) for kind, patterns in groups for pattern in patterns])

    def of(self, words: Sequence[str]) -> Meant:
        """Return which of the words are meant."""
        found = list(self._index.find(words))
        stops = {one.start for one in found if one.key == _TURN} | {
            place for place, word in enumerate(words) if word in (BREAK, ",")
        }
        negated: set[int] = set()
        shaded: set[int] = set()
        for kind, start, end in found:
            if kind == _NEGATION:
                negated.update(_ahead(end, stops, len(words)))
            elif kind in _SHADOWS:
                shaded.update(_around(start, end, words, _SHADOWS[kind]))
        return Meant(frozenset(negated), frozenset(shaded), frozenset(f.start for f in found if f.key == _NEGATION))


def _ahead(place: int, stops: set[int], length: int) -> list[int]:
    reached = []
    for at in range(place, min(place + _REACH, length)):
        if at in stops:
            break
        reached.append(at)
    return reached


def _around(start: int, end: int, words: Sequence[str], shadow: tuple[int, int]) -> list[int]:
    shaded = []
    for step, first, most in ((-1, start - 1, shadow[0]), (1, end, shadow[1])):
        at = first
        while 0 <= at < len(words) and abs(at - first) < most and words[at] not in (BREAK, ","):
            shaded.append(at)
            at += step
    return shaded
