"""From two scores, that of the words and that of the meaning, to one: which topic it is, how likely, and what to do.

Everything is fitted to the knowledge base, on its own phrasings, each scored by classifiers that had not seen it:

1. The scores are joined by a conditional logit over the few best groups of each message: a weight for the log-odds of
   the words, one for those of the vectors, one for the likeness to the nearest phrasing.
2. A logistic regression on what the best topic is ahead by, and on a few more signs, says how likely it is right.
   Beside out-of-scope phrasings it sees every phrasing once more with its own group taken away, as an example of what
   the knowledge base knows nothing about: the best of the rest must not look right.

Both lean towards weights that were found on a large knowledge base, as if these came from some hundred phrasings more:
a young one with five phrasings a topic cannot tell its own yet. The words alone get weights of their own: where these
are sure, the vectors are not asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from bot.matching.arrays import Bools, Doubles, Floats, Ints
from bot.matching.config import DEFAULT

TERMS = ("margin", "lead", "likeness", "likeness_outside", "explained", "against", "elsewhere", "bias")
"""What a confidence is made from: the logarithm of the lead over the next topic, the lead over what is out of scope,
the likeness to the nearest phrasing of the topic and of what is out of scope, and the signs in `Candidates`."""
_COUNTED, _USUAL = DEFAULT.candidates, DEFAULT.usual
_GONE = -1e6
"""The score of a group that is taken away."""
_PARTS, _THRESHOLDS = ("scores", "terms"), 3
"""Of a kept model: what each stage has, and how many thresholds there are."""


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
        return probability(terms(candidates, self.joined(candidates), topics)[..., used] @ np.array(self.terms)[used])


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


def probability(log_odds: Doubles) -> Doubles:
    """Return probabilities."""
    likely: Doubles = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return likely


class Decision(StrEnum):
    """What to do with a message."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    """Nothing in it can be read."""
    DESCRIPTION = "description"
    """It describes a project: the guide can begin with what it says."""


class Judgement(NamedTuple):
    """What one message is about."""

    topics: tuple[tuple[int, float], ...]
    """Topics, and how likely each is meant, 0 to 1; likeliest first."""
    outside: int | None
    """The out-of-scope group that fits better than all topics, if one does."""

    @property
    def confidence(self) -> float:
        """How likely the best topic is meant."""
        return self.topics[0][1] if self.topics else 0.0


@dataclass(frozen=True, slots=True)
class FusionModel:
    """Joins the scores of one knowledge base."""

    topics: int
    """How many of the groups are topics."""
    words: Stage = WORDS
    both: Stage = BOTH
    answer_from: float = DEFAULT.usual.answer_from
    """Confidence from which the best topic is answered at once; below, being wrong costs more than asking back."""
    suggest_from: float = DEFAULT.usual.suggest_from
    """Confidence of the best topic from which suggestions are made."""
    sure_from: float = DEFAULT.usual.sure_from
    """Confidence by the words alone from which the vectors are not asked: there they change nothing."""

    def judge(self, candidates: Candidates, *, vectors: bool) -> Judgement:
        """Return what one message is about.

        Args:
            candidates: a single row.
            vectors: whether its `meaning` and `likeness` are known.
        """
        stage = self.both if vectors else self.words
        groups, scores = candidates.groups[0].tolist(), stage.joined(candidates)[0]
        likely = stage.likely(candidates, self.topics)[0].tolist()
        topics = [(group, round(value, 4)) for group, value in zip(groups, likely, strict=True) if group < self.topics]
        best = groups[int(scores.argmax())]
        return Judgement(tuple(sorted(topics, key=_likeliest_first)), best if best >= self.topics else None)

    def decide(self, confidence: float, *, outside: bool) -> Decision:
        """Return what to do with a message.

        Args:
            confidence: how likely its best topic is meant, 0 to 1.
            outside: whether an out-of-scope group fits it better than all topics.
        """
        if confidence >= self.answer_from and not outside:
            return Decision.ANSWER
        return Decision.SUGGEST if confidence >= self.suggest_from else Decision.UNKNOWN

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what was learned as arrays by name."""
        stages = {"words": self.words, "both": self.both}
        weights = {
            f"{name}_{part}": np.array(getattr(stage, part)) for name, stage in stages.items() for part in _PARTS
        }
        return weights | {"thresholds": np.array((self.answer_from, self.suggest_from, self.sure_from))}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], topics: int) -> Self:
        """Return what these arrays hold.

        Raises:
            ValueError: something is missing, or not as long as it should be.
        """
        stages: list[Stage] = []
        for name, usual in (("words", WORDS), ("both", BOTH)):
            parts = [tuple(arrays.get(f"{name}_{part}", np.zeros(0)).tolist()) for part in _PARTS]
            if [*map(len, parts)] != [len(usual.scores), len(usual.terms)]:
                raise ValueError(f"these are no weights of {name}")
            stages.append(Stage(*parts))
        thresholds = arrays.get("thresholds", np.zeros(0)).tolist()
        if len(thresholds) != _THRESHOLDS:
            raise ValueError("these are no thresholds")
        return cls(topics, stages[0], stages[1], *thresholds)


def _likeliest_first(one: tuple[int, float]) -> tuple[float, int]:
    return -one[1], one[0]
