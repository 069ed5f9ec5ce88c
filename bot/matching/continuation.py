"""How a short message hangs on what was said before it. The word lists are English, not of any knowledge base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from bot.matching.config import DEFAULT
from bot.matching.lexicon import MARK, MARK_BOTH
from bot.matching.message import word_set

_LIMITS = DEFAULT.follow_ups


_GLUE = word_set(
    "and but so or what about how for in with on to too also as well same ok okay then instead now again the a an of "
    "is are do does can could would will should did was were i we you it that this they them those one ones other "
    "others yes no please sorry thanks there here say if question thing case side any some "
    "hm hmm well actually just on my our us were"
)
_WEAK = word_set(
    "need use have work support offer provide handle allow get give go make want people exist be look like whats do "
    "doing done has got called come built by itself"
)
"""Verbs that say little by themselves: "does that work in ...?" asks about the topic before."""
_MORE = word_set(
    "why how come not explain more tell me details detail elaborate really because reason on else exactly sense "
    "example give mean say bit"
)
_QUESTIONS = word_set(
    "how why come which when since where who whose much many long often far by because reason possible"
)
"""Words that ask about whatever was said before."""
_COMPARED = word_set("compare compared comparing comparison versus vs than against relative next stack up")
_DEGREE = word_set("good bad well better worse much fast slow hard easy big far close how")
_COMPARATIVES = word_set(
    "better worse easier simpler harder faster slower safer cheaper quicker stronger nicer more less"
)
_CHOICES = word_set(
    "recommend recommended prefer choose pick suggest best preferred learn start beginner beginners library package "
    "tool option"
)
"""Beside comparatives, what a choice is asked with that may be about whatever was said before."""
_EQUIVALENT = word_set("equivalent equivalents counterpart alternative version analog analogue answer pendant")
_DEFINITIONS = {("what", "is", MARK), ("what", MARK), ("who", "is", MARK), ("what", "is", "a", MARK)}
"""Ask what a side is, whatever was said before."""
_CHOSEN = word_set("which any the this that other no each every first second third last another")
"""Before "one", these make it a choice or a part of what is said, not a word that points back."""
_BACK = word_set("it its that this they them their those these there other others same too also well neither instead")
"""Words that point back to what was said before."""
IT = word_set("it its that this them they")
_ABOUT = word_set("in with for on using under")
"""Words that point back when a side follows them at the beginning: "in ... what do people do"."""
_SHOWN = word_set("show example examples sample snippet code")
"""Words that ask to see how something looks which was said before."""
_CODE = word_set("code example examples sample samples snippet snippets")
_SHOWING = _GLUE | _WEAK | _BACK | _SHOWN | _CODE | word_set("me how give full both work")
"""What is said by somebody who wants nothing but to see code."""
_OPENERS = word_set("and but so or then also")
_OPENINGS = (("what", "about"), ("how", "about"), ("what", "if"))
_PICK = re.compile(
    r"^(?:(?:the|option|number|no|nr|choice|answer|i mean|i meant|take|#)\W*)*"
    r"(?:(?P<n>[1-9])|(?P<word>first|second|third|last|1st|2nd|3rd|one|two|three))\W*(?:(?:one|option|please)\W*)*$"
)
_ORDINALS = dict.fromkeys(("first", "1st", "one"), 0)
_ORDINALS |= dict.fromkeys(("second", "2nd", "two"), 1) | dict.fromkeys(("third", "3rd", "three"), 2) | {"last": -1}


class Continuation(Enum):
    """How a message hangs on the one before."""

    NONE = auto()
    SAME = auto()
    """It only changes the side: the topic stays."""
    COMPARES = auto()
    """It only puts another side beside the one before."""
    MORE = auto()
    """It only asks for more."""
    ASKS = auto()
    """It is nothing but a word that asks, such as "how?": what it asks was said before."""
    WEIGHS = auto()
    """It only asks which is better or what to take, of what was said before."""
    POINTS = auto()
    """It points back with a word such as "it" or "too"."""
    OPENS = auto()
    """It begins as a continuation does."""
    SHOWS = auto()
    """It asks for an example, or for code."""
    SHORT = auto()
    """It is short enough to be elliptical."""

    def __bool__(self) -> bool:
        """Return whether it hangs on the one before at all."""
        return self is not Continuation.NONE


ITSELF = {
    Continuation.SHOWS: _LIMITS.points,
    Continuation.POINTS: _LIMITS.points,
    Continuation.OPENS: _LIMITS.opens,
    Continuation.SHORT: _LIMITS.elliptical,
}
"""Confidence from which such a message still stands for itself."""
GAIN = {
    Continuation.SHOWS: _LIMITS.points_gain,
    Continuation.POINTS: _LIMITS.points_gain,
    Continuation.OPENS: _LIMITS.opens_gain,
    Continuation.SHORT: _LIMITS.elliptical_gain,
}
"""What the topic before gains from such a message, in log-odds."""


def tie(words: Sequence[str]) -> Continuation:
    """Return how a message with these words (side names replaced by the mark) hangs on the one before."""
    bare = [word for word in words if word not in (MARK, MARK_BOTH)]
    if len(words) > _LIMITS.longest:
        return Continuation.NONE
    sided = len(bare) < len(words)
    only = _only(words, bare, sided=sided)
    if only is not Continuation.NONE:
        return only
    if not sided and not _SHOWN.isdisjoint(bare):
        return Continuation.SHOWS
    if _points_back(words, bare):
        return Continuation.POINTS
    if opens(words):
        return Continuation.OPENS
    return Continuation.SHORT if len(words) <= _LIMITS.short else Continuation.NONE


def _only(words: Sequence[str], bare: Sequence[str], *, sided: bool) -> Continuation:
    """Return what is said if it is nothing but which side is meant, that more is wanted, or a word that asks."""
    if tuple(words) in _DEFINITIONS:
        return Continuation.NONE
    back = _points_back(words, bare)
    if sided and back and any(word in _COMPARED for word in bare) and _all(bare, _GLUE | _WEAK | _COMPARED | _DEGREE):
        return Continuation.COMPARES
    known = _GLUE | _WEAK | _DEGREE | _COMPARATIVES
    if sided and back and not _COMPARATIVES.isdisjoint(bare) and _all(bare, known):
        return Continuation.COMPARES
    if sided and any(word in _EQUIVALENT for word in bare) and _all(bare, _GLUE | _WEAK | _EQUIVALENT | _MORE):
        return Continuation.SAME
    if not bare or (_all(bare, _GLUE) and (sided or other(bare))):
        return Continuation.SAME
    if sided:
        return Continuation.SAME if back and _all(bare, _GLUE | _WEAK) else Continuation.NONE
    asks = _all(bare, _GLUE | _WEAK | _QUESTIONS) and not _QUESTIONS.isdisjoint(bare)
    if asks and len(bare) <= _LIMITS.short and {"one", "ones", "else", "about"}.isdisjoint(bare):
        return Continuation.WEIGHS if "which" in bare else Continuation.ASKS
    if not (_COMPARATIVES | _CHOICES).isdisjoint(bare) and _all(bare, known | _QUESTIONS | _CHOICES):
        return Continuation.WEIGHS
    if _all(bare, _GLUE):
        return Continuation.NONE
    return Continuation.MORE if _all(bare, _GLUE | _MORE) else Continuation.NONE


def _all(words: Sequence[str], known: frozenset[str]) -> bool:
    return bool(words) and known.issuperset(words)


def _points_back(words: Sequence[str], bare: Sequence[str]) -> bool:
    if words and words[0] in _ABOUT and words[1:2] == [MARK]:
        return True
    anaphor = any(word in ("one", "ones") and before not in _CHOSEN for before, word in pairwise(["which", *bare]))
    return anaphor or any(word in _BACK for word in bare)


def only_shows(words: Sequence[str], *, again: bool = False) -> bool:
    """Return whether a message (side names replaced by the mark) asks for nothing but code, or to be shown how.

    With `again`, as code was shown just before, it need not say what is to be shown.
    """
    bare = [word for word in words if word not in (MARK, MARK_BOTH)]
    wanted = not _CODE.isdisjoint(bare) or {"show", "how"}.issubset(bare) or (again and "show" in bare)
    return wanted and len(words) <= _LIMITS.longest and _all(bare, _SHOWING)


def opens(words: Sequence[str]) -> bool:
    """Return whether a message begins as a continuation."""
    return bool(words) and (words[0] in _OPENERS or tuple(words[:2]) in _OPENINGS)


def only_points(words: Sequence[str]) -> bool:
    """Return whether a sentence has no subject of its own: "and do i need one"."""
    return all(word in _GLUE or word in _WEAK or word in _BACK for word in words)


def other(words: Sequence[str]) -> bool:
    """Return whether a message asks for the other side without naming it."""
    return any(word in ("other", "others") for word in words)


_TURNS_DOWN = (
    r"(?:(?:no|nope|nah|sorry|hm+|well|actually|not (?:that|this|it|what i \w+)|wrong (?:thing|one|topic|question))"
    r"\b[\s,.!-]*)"
)
_DENIES = (
    r"(?:(?:i (?:did not|didn't|do not|don't|was not|wasn't) (?:ask|asking|mean|talk|talking|care)(?: about)?|not) "
    r"[^,.;]{1,40}[,.;]\s*)"
)
_MEANS = (
    r"(?:(?:but )?(?:i (?:really |actually )?(?:mean|meant|was (?:asking|talking)|am (?:asking|talking))"
    r"|i'm (?:asking|talking)|my question (?:is|was)|rather)(?: about)?)"
)
_WISHES = r"(?:i (?:asked|need|needed|want|wanted)(?: to know)?(?: about| whether| if)?)"
_CORRECTING = re.compile(
    rf"^(?:{_TURNS_DOWN}*{_DENIES}?{_MEANS}|(?:{_TURNS_DOWN}|{_DENIES})+{_WISHES})\s+(?P<meant>\S.*)$"
)
_NOT_THAT = re.compile(r",\s*not [^,.;?]{1,40}$")


def corrected(text: str) -> str:
    """Return what somebody says that they meant, in "no, I meant ..."; the text itself where nobody does."""
    match = _CORRECTING.match(text)
    return _NOT_THAT.sub("", match["meant"]) if match else text


def picked(text: str, suggested: Sequence[str]) -> str | None:
    """Return the suggestion that "2" or "the second one" picks."""
    match = _PICK.match(text) if suggested and len(text) <= DEFAULT.limits.pick else None
    if match is None:
        return None
    place = int(match["n"]) - 1 if match["n"] else _ORDINALS[match["word"]]
    return suggested[place] if place < len(suggested) else None
