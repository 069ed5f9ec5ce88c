"""Typos in a description, set right towards the words that the guide knows."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 6
"""Shorter words of the guide have too many neighbours that mean something else."""
_LONG = 9


@dataclass(frozen=True)
class Spelling:
    """Sets words right; `spelled` are words that look like typos and are none."""

    known: frozenset[str]
    spelled: frozenset[str]

    def corrected(self, words: str) -> str:
        """Return plain words with their typos set right."""
        return f" {' '.join(map(self._word, words.split()))} "

    def _word(self, word: str) -> str:
        if len(word) < _SHORTEST - 1 or not word.isalpha() or word in self.known or word in self.spelled:
            return word
        allowed = 2 if len(word) >= _LONG else 1
        near = [k for k in self.known if len(k) >= _SHORTEST and k[0] == word[0] and not self._inflected(word, k)]
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=allowed)
        return found[0] if found else word

    @staticmethod
    def _inflected(word: str, known: str) -> bool:
        """Whether the words differ only in their ending, as singular and plural do."""
        shorter, longer = sorted((word, known), key=len)
        return longer.startswith(shorter) or (len(shorter) == len(longer) and shorter[:-1] == longer[:-1])
