"""Which of the compared sides a message names, and how well they fit each topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from rapidfuzz.distance import OSA

from bot.knowledge.models import Side
from bot.matching.arrays import Floats, Ints
from bot.matching.config import DEFAULT, SpellingConfig
from bot.matching.learning_config import SidePriorConfig

BOTH = "both"
BETWEEN = ">"
"""Stands between the sides of a signature."""


class SideNames:
    """The names of the sides, their aliases, and typing errors in them."""

    def __init__(self, sides: Sequence[Side], config: SpellingConfig = DEFAULT.spelling) -> None:
        self._shortest = config.shortest_side
        self._names = {side.id: side.name for side in sides}
        self._exact = {
            name.casefold(): side.id
            for side in sides
            for name in (*side.aliases, side.name, side.id)
            if " " not in name
        }
        self._mendable = tuple((name, side) for name, side in self._exact.items() if len(name) >= self._shortest)

    def exact(self, word: str) -> str | None:
        """Return the side that has this name or alias."""
        return self._exact.get(word)

    def name(self, side: str) -> str:
        """Return how a side is written."""
        return self._names[side]

    def mended(self, word: str) -> str | None:
        """Return the side whose name this word is one edit away from, also in the plural."""
        if len(word) < self._shortest - 1:
            return None
        return next((side for name, side in self._mendable if _one_slip(word, name)), None)


class OwnSide:
    """Finds the side that the speaker works with among those that a message names: "that's for A, we are on B"."""

    def __init__(self, sides: Sequence[Side]) -> None:
        names = {name.casefold(): side.id for side in sides for name in (side.name, *side.aliases)}
        known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._sides = names
        self._pattern = re.compile(
            r"\b(?:we|i)(?:['\u2019]?(?:re|m)| are| am)?(?: still| only| already)?"
            rf" (?:on|in|use|using|run|with|have) ({known})\b"
        )

    def of(self, text: str) -> str | None:
        """Return the one side that the speaker works with; None where the message does not say."""
        found = {self._sides[name] for name in self._pattern.findall(text.casefold())}
        return found.pop() if len(found) == 1 else None


def _one_slip(word: str, name: str) -> bool:
    return word[0] in name[:2] and OSA.distance(word, name, score_cutoff=1) <= 1


def mentioned(marks: Iterable[str | None], sides: Sequence[str]) -> list[str]:
    """Return the sides that words with these marks name, in order; "both" names all of them."""
    found: list[str] = []
    for mark in marks:
        if mark:
            found.extend(sides if mark == BOTH else (mark,))
    return found


def named(mentions: Iterable[str]) -> str | None:
    """Return what these mentions in order amount to: a side's id, "both", or None."""
    distinct = tuple(dict.fromkeys(mentions))
    if not distinct:
        return None
    return distinct[0] if len(distinct) == 1 else BOTH


def signature(mentions: Iterable[str]) -> str:
    """Return the pattern of the mentions for comparing messages: which side, or in which order they come."""
    return BETWEEN.join(dict.fromkeys(mentions))


def learn_side_scores(
    labels: Ints, groups: int, signatures: Sequence[str], config: SidePriorConfig
) -> dict[str, Floats]:
    """Return for each signature of sides what it adds to the score of each group.

    It is learned from the sides that phrasings name: some topics belong to one side, though nothing says so but these;
    most do not care.
    """
    kinds = {signature: i for i, signature in enumerate(dict.fromkeys(signatures))}
    seen = np.array([kinds[signature] for signature in signatures], np.int64)
    counts = np.bincount(seen * groups + labels, minlength=len(kinds) * groups).reshape(len(kinds), groups)
    overall = counts.sum(axis=1, keepdims=True) / max(1, len(labels))
    likelihood = (counts + config.doubt * overall) / (counts.sum(axis=0) + config.doubt)
    ratio = np.clip(np.log(likelihood / overall), config.least, config.most)
    single = np.array([bool(signature) and BETWEEN not in signature for signature in kinds])
    ofone = counts[single].sum(axis=0)
    found = {}
    for signature, kind in kinds.items():
        conflict = _conflict(counts[kind], ofone - counts[kind]) if single[kind] else 0.0
        found[signature] = (config.weight * ratio[kind] - config.conflict * conflict).astype(np.float32)
    return found


def _conflict(same: Ints, other: Ints) -> Floats:
    """Return how far each group is asked about other sides alone, 0 to 1."""
    share: Floats = np.clip((other - 3 * same) / (other + same + 4), 0, 1)
    return share
