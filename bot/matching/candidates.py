"""The few groups that a message is likeliest to belong to, their scores, and what makes one of them likely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching import logistic
from bot.matching.config import DEFAULT

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TERMS = ("margin", "lead", "likeness", "likeness_outside", "explained", "against", "elsewhere", "bias")
"""What a confidence is made from: the logarithm of the lead over the next topic, the lead over what is out of scope,
the likeness to the nearest phrasing of the topic and of what is out of scope, and the signs in `Candidates`."""
_COUNTED, _USUAL = DEFAULT.candidates, DEFAULT.usual
_GONE = -1e6
"""The score of a group that is taken away."""


class Candidates(NamedTuple):
    """The groups that messages may belong to: a row for each message, a column for each of its candidates."""

    groups: Ints
    """The numbers of the groups; topics come before what is out of scope."""
    words: Floats
    """Log-odds by the words, up to a constant for each message."""
    meaning: Floats
    """Log-odds by the vectors, up to a constant for each message; anything where only the words are asked."""
    likeness: Floats
    """Cosine to the nearest phrasing of the group; anything where only the words are asked."""
    explained: Floats
    """Share of the message that texts of the group have words for."""
    against: Floats
    """For each message, how far its shape is that of one that cannot be answered."""
    elsewhere: Bools
    """For each message, whether it is about other products alone."""

    def without(self, labels: Ints) -> Candidates:
        """Return the same messages, each with this group taken away."""
        gone = self.groups == labels[:, None]
        low = np.float32(_GONE)
        return self._replace(
            words=np.where(gone, low, self.words),
            meaning=np.where(gone, low, self.meaning),
            likeness=np.where(gone, np.float32(-1), self.likeness),
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """One way of joining scores and of turning them into a confidence."""

    scores: tuple[float, ...]
    """Weights of the words; or of the words, the meaning and the likeness."""
    terms: tuple[float, ...]
    """Weights of `TERMS`; 0 for those that need vectors where only the words are asked."""

    @property
    def used(self) -> list[int]:
        """The places of the terms that this stage has."""
        without_vectors = [place for place, name in enumerate(TERMS) if not name.startswith("likeness")]
        return [*range(len(TERMS))] if len(self.scores) > 1 else without_vectors

    def joined(self, candidates: Candidates) -> Doubles:
        """Return one score for each candidate."""
        stacked = (candidates.words, candidates.meaning, candidates.likeness)
        total = np.zeros(candidates.words.shape)
        for weight, scores in zip(self.scores, stacked, strict=False):
            total += weight * scores
        return total

    def likely(self, candidates: Candidates, topics: int) -> Doubles:
        """Return how likely each candidate is meant; what it says of those out of scope means nothing."""
        used = self.used  # the others may be anything, not even numbers
        return logistic.likely(
            terms(candidates, self.joined(candidates), topics)[..., used] @ np.array(self.terms)[used]
        )


WORDS = Stage(_USUAL.words, _USUAL.words_terms)
BOTH = Stage(_USUAL.both, _USUAL.both_terms)
"""The usual weights, that those of every knowledge base lean towards."""


def candidate_groups(words: Floats, meaning: Floats | None, topics: int) -> Ints:
    """Return the groups of each message that are looked at closely, the best topics and then what is out of scope.

    Args:
        words: log-odds by the words, messages x groups.
        meaning: the same by the vectors; None where they are not asked.
        topics: how many of the groups are topics.
    """
    scores = words if meaning is None else BOTH.scores[0] * words + BOTH.scores[1] * meaning
    inside, beyond = scores[:, :topics], scores[:, topics:]
    return np.hstack((_best(inside, _COUNTED.topics), _best(beyond, _COUNTED.beyond) + topics))


def _best(scores: Floats, count: int) -> Ints:
    found: Ints = np.argsort(-scores, axis=1, kind="stable")[:, :count]
    return found


def terms(candidates: Candidates, scores: Doubles, topics: int) -> Doubles:
    """Return messages x candidates x `TERMS`."""
    inside = candidates.groups < topics
    of_topics = np.where(inside, scores, _GONE)
    ordered = np.sort(of_topics, axis=1)
    best = ordered[:, -1:]
    second = ordered[:, -2:-1] if ordered.shape[1] > 1 else np.full_like(best, _GONE)
    margin = scores - np.where(scores >= best, second, best)
    beyond = np.where(inside, _GONE, scores).max(axis=1, keepdims=True)
    likeness_outside = np.where(inside, 0.0, candidates.likeness).max(axis=1, keepdims=True)
    ones = np.ones_like(scores)
    found = (
        np.log(np.clip(margin, 0, _COUNTED.farthest) + _COUNTED.tie),
        np.clip(scores - beyond, -_COUNTED.far, _COUNTED.far),
        candidates.likeness,
        likeness_outside * ones,
        candidates.explained,
        np.clip(candidates.against, -_COUNTED.telling, _COUNTED.telling)[:, None] * ones,
        candidates.elsewhere[:, None] * ones,
        ones,
    )
    return np.stack(found, axis=-1)
