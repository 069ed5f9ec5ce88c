"""Read a short message against what was said before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.matching.lexicon import MARK, MARK_BOTH

SHORT = 9
"""Words that a message has at most to be read against the one before."""
SURE = 0.85
"""Confidence in the previous topic where a message only changes the side or asks for more."""
NEAR, LOOSE = 0.4, 0.15
"""What the previous topic gains when a message points back to it, and when it is merely short."""

_GLUE = frozenset(
    "and but so or what about how for in with on to too also as well same ok okay then instead now again the a an of is "
    "are do does can it that this they them one ones yes no please there here say if".split()
)
_MORE = frozenset(
    "why how come so not explain more tell me details elaborate really because reason go on else exactly is that it "
    "the this which sense example give mean you".split()
)
_POINTERS = frozenset(
    "it its that this they them their those these there one other same too also well instead either neither so "
    "then otherwise both former latter".split()
)
_OPENERS = frozenset("and but so or then also".split())
_OPENINGS = (("what", "about"), ("how", "about"), ("what", "if"))
_PICK = re.compile(
    r"^(?:(?:the|option|number|no|nr|choice|answer|i mean|i meant|take|#)\W*)*"
    r"(?:(?P<n>[1-9])|(?P<word>first|second|third|last|1st|2nd|3rd|one|two|three))\W*(?:one|option|please)?\W*$"
)
_ORDINALS = {
    "first": 0,
    "1st": 0,
    "one": 0,
    "second": 1,
    "2nd": 1,
    "two": 1,
    "third": 2,
    "3rd": 2,
    "three": 2,
    "last": -1,
}


class Tie(Enum):
    """How a message hangs on the one before."""

    NONE = auto()
    SAME = auto()
    """It only changes the side, or asks for more: the topic stays."""
    POINTS = auto()
    """It points back with a word such as "it" or "too"."""
    SHORT = auto()
    """It is short enough to be elliptical."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides about the tie: the words as they were typed, with side names replaced by the mark."""

    words: Sequence[str]

    @property
    def opens(self) -> bool:
        """Whether it begins as a continuation."""
        words = self.words
        return bool(words) and (words[0] in _OPENERS or tuple(words[:2]) in _OPENINGS)


def tie(words: Sequence[str]) -> Tie:
    """Return how a message with these words (side names replaced by the mark) hangs on the one before."""
    bare = [word for word in words if word not in (MARK, MARK_BOTH)]
    if len(words) > 2 * SHORT:
        return Tie.NONE
    sided = len(bare) < len(words)
    if all(word in _GLUE for word in bare) and (sided or bare) and not _asks_what_is(words):
        return Tie.SAME
    if all(word in _MORE or word in _GLUE for word in bare) and not sided:
        return Tie.SAME
    if len(words) > SHORT + 3:
        return Tie.NONE
    if Shape(words).opens or any(word in _POINTERS for word in bare) or MARK_BOTH in words:
        return Tie.POINTS
    return Tie.SHORT if len(words) <= SHORT // 2 + 1 else Tie.NONE


def picked(text: str, suggested: Sequence[str]) -> str | None:
    """Return the suggestion that "2" or "the second one" picks."""
    match = _PICK.match(text) if suggested and len(text) <= 40 else None
    if match is None:
        return None
    place = int(match["n"]) - 1 if match["n"] else _ORDINALS[match["word"]]
    return suggested[place] if place < len(suggested) else None


def _asks_what_is(words: Sequence[str]) -> bool:
    return tuple(words[:2]) == ("what", "is") and len(words) <= 4
