"""Known words that an unknown word may be a typing error for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.config import DEFAULT, SpellingConfig

_REMEMBERED = DEFAULT.limits.spellings

Neighbours = tuple[tuple[str, float], ...]


class Speller:
    """Finds known words near an unknown one: a deletion index for one edit, a scan for more."""

    def __init__(self, known: Iterable[str], config: SpellingConfig = DEFAULT.spelling) -> None:
        self._config = config
        self._known = frozenset(known)
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._remembered: dict[str, Neighbours] = {}
        for word in sorted(self._known):
            if len(word) >= config.one_edit_from:
                self._by_length[len(word)].append(word)
                for deletion in _deletions(word):
                    self._by_deletion[deletion].append(word)

    def neighbours(self, word: str) -> Neighbours:
        """Return up to three known words with their similarity from 0 to 1, best first."""
        if not self._config.one_edit_from <= len(word) <= self._config.longest:
            return ()
        found = self._remembered.get(word)
        if found is None:
            found = self._one_edit(word) or (self._far(word) if len(word) >= self._config.several_from else ())
            if len(self._remembered) < _REMEMBERED:
                self._remembered[word] = found
        return found

    def _one_edit(self, word: str) -> Neighbours:
        near: set[str] = set(self._by_deletion.get(word, ()))
        for deletion in _deletions(word):
            near.update(self._by_deletion.get(deletion, ()))
            if deletion in self._known and len(deletion) >= self._config.one_edit_from - 1:
                near.add(deletion)
        return _ranked(word, near)[: self._config.best]

    def _far(self, word: str) -> Neighbours:
        near = [known for n in range(len(word) - 2, len(word) + 3) for known in self._by_length.get(n, ())]
        cutoff, best = self._config.likeness, self._config.best
        found = process.extract(word, near, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=best)
        return tuple((known, score) for known, score, _ in found)


def _deletions(word: str) -> Sequence[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _ranked(word: str, near: Iterable[str]) -> Neighbours:
    scored = [(known, OSA.normalized_similarity(word, known)) for known in near if OSA.distance(word, known) == 1]
    scored.sort(key=lambda pair: (-pair[1], pair[0][0] != word[0], pair[0]))
    return tuple(scored)
