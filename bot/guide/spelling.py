"""Typos in a description, set right towards the words that the guide knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LONG = 8
"""Shorter words have neighbours that mean something else: "chats" is no typo for "charts"."""
_SHORTEST = 5
"""From so many letters on, two letters that changed places are set right."""


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
