"""How a short message hangs on what was said before it. The word lists are English, not of any knowledge base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from bot.matching.lexicon import MARK, MARK_BOTH

LONGEST, SHORT = 14, 5
"""Words that a message has at most to point back, and to be elliptical without pointing."""
SURE = 0.85
"""Confidence in the previous topic where a message only changes the side or asks for more."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_GLUE = _words(
    "and but so or what about how for in with on to too also as well same ok okay then instead now again the a an of "
    "is are do does can could would will should did was were i we you it that this they them those one ones other "
    "others yes no please there here say if question thing case side"
)
_WEAK = _words("need use have work support offer provide handle allow get give go make need want people exist")
"""Verbs that say little by themselves: "does that work in ...?" asks about the topic before."""
_MORE = _words(
    "why how come not explain more tell me details detail elaborate really because reason on else exactly sense "
    "example give mean say bit"
)
_BACK = _words("it its that this they them their those these there other others same too also well neither")
"""Words that point back to what was said before."""
_ABOUT = _words("in with for on using under")
"""Words that point back when a side follows them at the beginning: "in ... what do people do"."""
_OPENERS = _words("and but so or then also")
_OPENINGS = (("what", "about"), ("how", "about"), ("what", "if"))
_PICK = re.compile(
    r"^(?:(?:the|option|number|no|nr|choice|answer|i mean|i meant|take|#)\W*)*"
    r"(?:(?P<n>[1-9])|(?P<word>first|second|third|last|1st|2nd|3rd|one|two|three))\W*(?:(?:one|option|please)\W*)*$"
)
_ORDINALS = dict.fromkeys(("first", "1st", "one"), 0)
_ORDINALS |= dict.fromkeys(("second", "2nd", "two"), 1) | dict.fromkeys(("third", "3rd", "three"), 2) | {"last": -1}
LONGEST_PICK = 40
"""Characters of a message that picks a suggestion, at most."""


class Continuation(Enum):
    """How a message hangs on the one before."""

    NONE = auto()
    SAME = auto()
    """It only changes the side, or asks for more: the topic stays."""
    POINTS = auto()
    """It points back with a word such as "it" or "too"."""
    OPENS = auto()
    """It begins as a continuation does."""
    SHORT = auto()
    """It is short enough to be elliptical."""


ITSELF = {Continuation.POINTS: 0.8, Continuation.OPENS: 0.6, Continuation.SHORT: 0.5, Continuation.SAME: 1.1}
"""Confidence from which such a message still stands for itself."""
SHARED = 0.25
"""Share of such a message that the topic must have words for: what is about something else stays unknown."""
GAIN = {Continuation.POINTS: 3.5, Continuation.OPENS: 2.5, Continuation.SHORT: 1.5}
"""What the topic before gains from such a message, in log-odds."""


def tie(words: Sequence[str]) -> Continuation:
    """Return how a message with these words (side names replaced by the mark) hangs on the one before."""
    bare = [word for word in words if word not in (MARK, MARK_BOTH)]
    if len(words) > LONGEST:
        return Continuation.NONE
    back = any(word in _BACK for word in bare) or (words[0] in _ABOUT and words[1:2] == [MARK])
    if _only_turns(bare, sided=len(bare) < len(words), back=back) and not _asks_what_is(words):
        return Continuation.SAME
    if back:
        return Continuation.POINTS
    if opens(words):
        return Continuation.OPENS
    return Continuation.SHORT if len(words) <= SHORT else Continuation.NONE


def opens(words: Sequence[str]) -> bool:
    """Return whether a message begins as a continuation."""
    return bool(words) and (words[0] in _OPENERS or tuple(words[:2]) in _OPENINGS)


def other(words: Sequence[str]) -> bool:
    """Return whether a message asks for the other side without naming it."""
    return any(word in ("other", "others") for word in words)


def _only_turns(bare: Sequence[str], *, sided: bool, back: bool) -> bool:
    """Return whether nothing is said but which side is meant, or that more is wanted."""
    if all(word in _GLUE for word in bare):
        return sided or other(bare)
    if all(word in _GLUE or word in _WEAK for word in bare):
        return sided and back
    return not sided and bool(bare) and all(word in _GLUE or word in _MORE for word in bare)


def picked(text: str, suggested: Sequence[str]) -> str | None:
    """Return the suggestion that "2" or "the second one" picks."""
    match = _PICK.match(text) if suggested and len(text) <= LONGEST_PICK else None
    if match is None:
        return None
    place = int(match["n"]) - 1 if match["n"] else _ORDINALS[match["word"]]
    return suggested[place] if place < len(suggested) else None


def _asks_what_is(words: Sequence[str]) -> bool:
    return tuple(words[:2]) == ("what", "is")
