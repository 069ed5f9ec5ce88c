"""Known words that an unknown word may be a typing error for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

ONE_EDIT_FROM, FAR_FROM = 4, 6
"""Letters that a word needs before one edit, or several, may be mended: shorter words have too many neighbours."""
LONGEST = 40
"""Letters from which a word is no word that anybody would look for."""
CUTOFF = 0.70
BEST = 3
_REMEMBERED = 4_096

Neighbours = tuple[tuple[str, float], ...]


class Speller:
    """Finds known words near an unknown one: a deletion index for one edit, a scan for more."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._remembered: dict[str, Neighbours] = {}
        for word in sorted(self._known):
            if len(word) >= ONE_EDIT_FROM:
                self._by_length[len(word)].append(word)
                for deletion in _deletions(word):
                    self._by_deletion[deletion].append(word)

    def neighbours(self, word: str) -> Neighbours:
        """Return up to three known words with their similarity from 0 to 1, best first."""
        if len(word) < ONE_EDIT_FROM or len(word) > LONGEST:
            return ()
        found = self._remembered.get(word)
        if found is None:
            found = self._one_edit(word) or (self._far(word) if len(word) >= FAR_FROM else ())
            if len(self._remembered) < _REMEMBERED:
                self._remembered[word] = found
        return found

    def _one_edit(self, word: str) -> Neighbours:
        near: set[str] = set(self._by_deletion.get(word, ()))
        for deletion in _deletions(word):
            near.update(self._by_deletion.get(deletion, ()))
            if deletion in self._known and len(deletion) >= ONE_EDIT_FROM - 1:
                near.add(deletion)
        return _ranked(word, near)

    def _far(self, word: str) -> Neighbours:
        near = [known for n in range(len(word) - 2, len(word) + 3) for known in self._by_length.get(n, ())]
        found = process.extract(word, near, scorer=OSA.normalized_similarity, score_cutoff=CUTOFF, limit=BEST)
        return tuple((known, score) for known, score, _ in found)


def _deletions(word: str) -> Sequence[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _ranked(word: str, near: Iterable[str]) -> Neighbours:
    scored = [(known, OSA.normalized_similarity(word, known)) for known in near if OSA.distance(word, known) == 1]
    scored.sort(key=lambda pair: (-pair[1], pair[0][0] != word[0], pair[0]))
    return tuple(scored[:BEST])
