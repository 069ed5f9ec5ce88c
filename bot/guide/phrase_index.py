"""Finds thousands of phrases in a text in one pass: each word is looked up once, whatever the number of phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from bot.guide.phrases import BREAK, GAP_ENDS, plain_word

K = TypeVar("K")
_GAP = 4
"""Words that `..` stands for at most."""


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
