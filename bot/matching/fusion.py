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

from bot.matching import calibration
from bot.matching.candidates import BOTH, WORDS, Candidates, Ints, Stage
from bot.matching.config import DEFAULT


class Decision(StrEnum):
    """What to do with a message."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    """Nothing in it can be read."""
    DESCRIPTION = "description"
    """It describes a project: the guide can begin with what it says."""


_PARTS, _THRESHOLDS = ("scores", "terms"), 3
"""Of a kept model: what each stage has, and how many thresholds there are."""


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

    @classmethod
    def fit(cls, candidates: Candidates, labels: Ints, topics: int, *, vectors: bool = True) -> Self:
        """Learn from phrasings that the classifiers had not seen when they scored them.

        Args:
            candidates: their groups as `candidate_groups` chooses them, with all scores.
            labels: the group of each phrasing.
            topics: how many of the groups are topics.
            vectors: whether there are any; without them, the thresholds are for what the words say.
        """
        if not len(labels):
            return cls(topics)
        words, both = (calibration.fit_stage(stage, candidates, labels, topics) for stage in (WORDS, BOTH))
        deciding = both if vectors else words
        return cls(
            topics,
            words,
            both if vectors else BOTH,
            answer_from=calibration.answer_from(deciding, candidates, labels, topics),
            suggest_from=calibration.suggest_from(deciding, candidates, labels, topics),
        )

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
