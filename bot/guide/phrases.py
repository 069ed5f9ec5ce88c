"""Phrases in a text: its plain words with typos set right, the phrases that stand in them, and which are meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.guide_phrases import GuideReading

BREAK = "|"
"""Stands between clauses in plain words."""

_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED)} | {"twenty": "20", "thirty": "30", "dozen": "12"}
GAP_ENDS = frozenset(("but", "never", "no", "nobody", "none", "nor", "not", "without"))
"""Words that a phrase does not reach across."""
_ENDS = re.compile(r"(?<![.!?;:\n])[.!?;:\n]+(?=\s|$)|\s[-\u2013\u2014]+\s|\u2014")
"""The end of a clause. A run of stops is tried once, from its beginning: else it would take its square in steps."""
_PAUSE = re.compile(r"[,()\[\]]+")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019`](?=\w)")
_NOT = re.compile(r"\b(do|does|did|is|are|was|were|have|has|would|should) not\b")
_SIGNS = re.compile(r"[^\w|,+#]+")

K = TypeVar("K")
_GAP = 4
"""Words that `..` stands for at most."""

_REACH = 4
"""A negation reaches so many words ahead, in its part of the sentence."""
_DOUBTED = (7, 7)
"""A doubt falls on so many words before and behind it, in its part of the sentence."""
_OTHERS = (3, 7)
"""A word that names somebody else, likewise: mostly on what follows."""
_NEGATION, _TURN, _DOUBT, _OTHER, _INQUIRY = "negation", "turn", "doubt", "other", "inquiry"
_SHADOWS = {_DOUBT: _DOUBTED, _OTHER: _OTHERS}

_LONG = 8
"""Shorter words have neighbours that mean something else: "chats" is no typo for "charts"."""
_SHORTEST = 5
"""From so many letters on, two letters that changed places are set right."""


def plain_words(text: str) -> str:
    """Return a text as lower-case words with single spaces around each; clauses end with `BREAK`."""
    text = _APOSTROPHE.sub("", text.lower().replace(BREAK, " "))
    text = _NOT.sub(r"\1nt", text.replace("can not", "cannot"))
    text = _PAUSE.sub(" , ", _ENDS.sub(f" {BREAK} ", text))
    words = _SIGNS.sub(" ", text).split()
    return f" {' '.join(_NUMBERS.get(word, word) for word in words)} "


def plain_word(word: str) -> str:
    """Return one word of a phrase as it stands in plain words: a counted number as digits."""
    return _NUMBERS.get(word, word)


def vocabulary(patterns: Iterable[str]) -> frozenset[str]:
    """Return the whole words that phrases are made of."""
    words = (
        word for pattern in patterns for part in pattern.lower().replace("-", " ").split() for word in part.split("|")
    )
    return frozenset(word.lstrip("?") for word in words if word.lstrip("?").isalpha())


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a phrase: what may stand there."""

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    optional: bool = False
    number: bool = False
    gap: bool = False
    first: bool = False
    """Whether it stands for the beginning of a clause, and for no word."""

    def fits(self, word: str) -> bool:
        """Return whether a word may stand here."""
        return word in self.words or word.startswith(self.prefixes) or (self.number and word.isdecimal())


class Found(NamedTuple, Generic[K]):
    """A phrase in a text: whose it is, and its words from `start` to before `end`."""

    key: K
    start: int
    end: int


def parts_of(pattern: str) -> tuple[Part, ...]:
    """Return the places of a phrase; see `bot.knowledge.guide_phrases.Pattern` for its signs."""
    return tuple(map(_part, pattern.lower().replace("-", " ").replace("'", "").split()))


def _part(part: str) -> Part:
    if part == "..":
        return Part(gap=True)
    if part == "#":
        return Part(number=True)
    if part == "^":
        return Part(first=True)
    choices = part.lstrip("?").split("|")
    whole = frozenset(plain_word(word) for word in choices if not word.endswith("*"))
    prefixes = tuple(word[:-1] for word in choices if word.endswith("*"))
    return Part(whole, prefixes, optional=part.startswith("?"))


@dataclass
class PhraseIndex(Generic[K]):
    """Phrases by the words that they can begin with."""

    entries: Iterable[tuple[K, str]]
    _by_word: dict[str, list[tuple[K, tuple[Part, ...]]]] = field(default_factory=lambda: defaultdict(list))
    _by_prefix: dict[str, list[tuple[K, tuple[Part, ...]]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for key, pattern in self.entries:
            self._add(key, parts_of(pattern))
        self._lengths = sorted({len(prefix) for prefix in self._by_prefix})

    def find(self, words: Sequence[str]) -> Iterator[Found[K]]:
        """Yield every phrase that stands in the words, by its beginning."""
        for start, word in enumerate(words):
            for key, parts in self._beginning(word):
                end = _end(parts, 0, words, start)
                if end is not None:
                    yield Found(key, start, end)

    def _beginning(self, word: str) -> Iterator[tuple[K, tuple[Part, ...]]]:
        yield from self._by_word.get(word, ())
        for length in self._lengths:
            yield from self._by_prefix.get(word[:length], ()) if len(word) >= length else ()
        if word.isdecimal():
            yield from self._by_word.get("#", ())

    def _add(self, key: K, parts: tuple[Part, ...]) -> None:
        begins = parts[:1] if parts[0].first else ()
        for place, part in enumerate(parts):
            rest = (*begins, *parts[max(place, len(begins)) :])
            for word in {"#"} if part.number else part.words:
                self._by_word[word].append((key, rest))
            for prefix in part.prefixes:
                self._by_prefix[prefix].append((key, rest))
            if not part.optional and not part.first:
                return


def _end(parts: Sequence[Part], place: int, words: Sequence[str], at: int) -> int | None:
    """Return where a phrase ends that goes on with `parts[place]` at `words[at]`, the longest way; None if it does not.

    A phrase has a handful of places, so this takes a bounded number of steps.
    """
    if place == len(parts):
        return at
    part = parts[place]
    if part.first:
        return _end(parts, place + 1, words, at) if at == 0 or words[at - 1] in (BREAK, ",") else None
    if part.gap:
        reach = at
        while reach < len(words) and reach - at < _GAP and words[reach] not in GAP_ENDS and words[reach] != BREAK:
            reach += 1
        tries = (_end(parts, place + 1, words, stop) for stop in range(reach, at - 1, -1))
        return next((end for end in tries if end is not None), None)
    if at < len(words) and part.fits(words[at]):
        end = _end(parts, place + 1, words, at + 1)
        if end is not None:
            return end
    return _end(parts, place + 1, words, at) if part.optional else None


@dataclass(frozen=True, slots=True)
class Meant:
    """What was found out about the words of one text."""

    negated: frozenset[int]
    shaded: frozenset[int]
    negations: frozenset[int]
    """Where a negation begins: a phrase that begins there says "no" itself."""
    asked: tuple[tuple[int, int], ...] = ()
    """From where to before where something is asked: "should we use X" says nothing of what is used."""

    def __call__(self, start: int, end: int) -> bool:
        """Return whether the phrase from `start` to before `end` is meant as it stands."""
        if start in self.negated and start not in self.negations:
            return False
        if any(first <= start and end <= last for first, last in self.asked):
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
            (_INQUIRY, reading.inquiries),
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
        begun = frozenset(one.start for one in found if one.key == _NEGATION)
        asked = tuple((one.start, one.end) for one in found if one.key == _INQUIRY)
        return Meant(frozenset(negated), frozenset(shaded), begun, asked)


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


@dataclass(frozen=True)
class Spelling:
    """Sets words right by one letter; `spelled` are words that look like typos and are none."""

    known: frozenset[str]
    spelled: frozenset[str]

    def corrected(self, words: str) -> str:
        """Return plain words with their typos set right."""
        said = words.split()
        mended = {word: self._word(word) for word in dict.fromkeys(said)}
        return f" {' '.join(mended[word] for word in said)} "

    def _word(self, word: str) -> str:
        if len(word) < _SHORTEST or not word.isalpha() or word in self.known or word in self.spelled:
            return word
        swapped = self._by_letters.get("".join(sorted(word)), ())
        turned = next((known for known in swapped if known[0] == word[0] and OSA.distance(word, known) == 1), None)
        if turned or len(word) < _LONG - 1:
            return turned or word
        near = [known for known in self._long_by_first.get(word[0], ()) if not self._inflected(word, known)]
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=1)
        return found[0] if found else word

    @cached_property
    def _by_letters(self) -> Mapping[str, Sequence[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.known):
            groups["".join(sorted(word))].append(word)
        return groups

    @cached_property
    def _long_by_first(self) -> Mapping[str, Sequence[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.known):
            if len(word) >= _LONG:
                groups[word[0]].append(word)
        return groups

    @staticmethod
    def _inflected(word: str, known: str) -> bool:
        """Whether the words differ only in their ending, as singular and plural do."""
        shorter, longer = sorted((word, known), key=len)
        return longer.startswith(shorter) or (len(shorter) == len(longer) and shorter[:-1] == longer[:-1])
