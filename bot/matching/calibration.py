"""Fits the joining of scores, the confidence and the thresholds to a knowledge base."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bot.matching import logistic
from bot.matching.candidates import TERMS, Bools, Candidates, Doubles, Ints, Stage, terms

IN_SCOPE, OUTSIDE, UNSEEN_OUTSIDE, UNSEEN_TOPIC = 0.60, 0.20, 0.15, 0.05
"""What each kind of example weighs in all when the confidence is fitted, about as often as people send it."""
PRIOR = 300.0
"""Phrasings that the usual weights, from a large knowledge base, count for."""
FOLDS = ((3_000, 10), (10_000, 5), (10**9, 3))
"""Up to how many phrasings they are divided in how many parts."""
WRONG_ANSWERS = 0.27
"""Share of wrong ones among the answers that the examples get, from which down answers are given. People ask plainer
questions than a phrasing that was left out: of their answers about one in twenty is wrong then."""
ANSWER_BETWEEN = (0.45, 0.65)
USUALLY_ANSWER_FROM, PRIOR_OF_THRESHOLD = 0.50, 200.0
"""The confidence from which answers are usually given, and the phrasings that this counts for."""
MISSED_OFFERS = 0.08
"""Share of the phrasings with the right topic among the first three that may get no suggestions."""
SUGGEST_BETWEEN = (0.08, 0.14)


def folds(labels: Ints, count: int) -> Ints:
    """Return to which of `count` parts each phrasing belongs, each part having its share of each group.

    Args:
        labels: the group of each phrasing, ascending.
        count: in how many parts they are divided; each part is scored by what was learned from the others.
    """
    places = np.arange(len(labels)) - np.searchsorted(labels, labels)
    parts: Ints = (places + labels) % count
    return parts


def fold_count(phrasings: int) -> int:
    """Return in how many parts so many phrasings are best divided: few of them cannot spare many, many need no care."""
    return next(count for most, count in FOLDS if phrasings <= most)


def out_of_fold(labels: Ints, held_out: Bools, score: Callable[[Ints, Ints], Candidates]) -> tuple[Candidates, Ints]:
    """Return texts as scored by what had not seen them, with the group of each.

    Args:
        labels: the group of each text, ascending.
        held_out: which of them are held out in turn: phrasings; titles and the like are always learned from.
        score: learns from the texts at the first places and scores those at the second.
    """
    held = np.flatnonzero(held_out)
    count = fold_count(len(held))
    part = np.full(len(labels), -1)
    part[held] = folds(labels[held], count)
    tested = [np.flatnonzero(part == number) for number in range(count)]
    scored = [score(np.flatnonzero(part != number), each) for number, each in enumerate(tested) if len(each)]
    if not scored:
        raise ValueError("there is nothing to hold out")
    together = Candidates(*(np.concatenate(arrays) for arrays in zip(*scored, strict=True)))
    return together, labels[np.concatenate(tested)]


class _Examples(NamedTuple):
    """What is to be told of the best topic of each phrasing, and of each once more with its own group taken away."""

    terms: Doubles
    """Examples x `TERMS`."""
    right: Bools
    counted: Doubles


def _examples(stage: Stage, candidates: Candidates, labels: Ints, topics: int) -> _Examples:
    told, right, rows = [], [], np.arange(len(labels))
    for each in (candidates, candidates.without(labels)):
        scores = stage.joined(each)
        best = np.where(each.groups < topics, scores, -np.inf).argmax(axis=1)
        told.append(terms(each, scores, topics)[rows, best])
        right.append((each.groups[rows, best] == labels) & (each is candidates))
    return _Examples(np.concatenate(told), np.concatenate(right), _counted(labels < topics))


def fit_stage(usual: Stage, candidates: Candidates, labels: Ints, topics: int) -> Stage:
    """Return a stage like the usual one, with weights that fit these phrasings."""
    joining = Stage(_joining(usual, candidates, labels), usual.terms)
    told, right, counted = _examples(joining, candidates, labels, topics)
    used = usual.used
    fitted = np.zeros(len(TERMS))
    fitted[used] = logistic.fit(told[:, used], right, counted, np.array(usual.terms)[used], PRIOR)
    return Stage(joining.scores, tuple(fitted.tolist()))


def answer_from(stage: Stage, candidates: Candidates, labels: Ints, topics: int) -> float:
    """Return the lowest confidence from which few enough answers are wrong; for few phrasings, near the usual one."""
    told, right, counted = _examples(stage, candidates, labels, topics)
    likely = logistic.likely(told @ np.array(stage.terms))
    answered = told[:, TERMS.index("lead")] >= 0
    lowest, found = ANSWER_BETWEEN
    for percent in range(round(100 * lowest), round(100 * found)):
        given = answered & (likely >= percent / 100)
        if counted[given & ~right].sum() <= WRONG_ANSWERS * counted[given].sum():
            found = percent / 100
            break
    share = len(labels) / (len(labels) + PRIOR_OF_THRESHOLD)
    return round(share * found + (1 - share) * max(lowest, USUALLY_ANSWER_FROM), 2)


def suggest_from(stage: Stage, candidates: Candidates, labels: Ints, topics: int) -> float:
    """Return the confidence of the best topic below which few phrasings find their topic among the first three."""
    scores = np.where(candidates.groups < topics, stage.joined(candidates), -np.inf)
    three = np.argsort(-scores, axis=1)[:, :3]
    found = (np.take_along_axis(candidates.groups, three, axis=1) == labels[:, None]).any(axis=1) & (labels < topics)
    likely = np.take_along_axis(stage.likely(candidates, topics), three[:, :1], axis=1)[found, 0]
    lowest, highest = SUGGEST_BETWEEN
    return min(highest, max(lowest, float(np.quantile(likely, MISSED_OFFERS)))) if len(likely) else lowest


def _joining(start: Stage, candidates: Candidates, labels: Ints) -> tuple[float, ...]:
    """Return weights of the scores, none of which can speak against a group."""
    own = candidates.groups == labels[:, None]
    known = own.any(axis=1)  # where the right group is no candidate, no weight helps
    stacked = np.stack((candidates.words, candidates.meaning, candidates.likeness), axis=-1)[
        known, :, : len(start.scores)
    ]
    fitted = logistic.fit_choice(stacked.astype(float), own[known].argmax(axis=1), np.array(start.scores), PRIOR)
    return tuple(np.maximum(fitted, 0.0).tolist())


def _counted(in_scope: Bools) -> Doubles:
    """Return what each phrasing counts for, and then what each counts for with its own group taken away."""
    shares = ((IN_SCOPE, OUTSIDE), (UNSEEN_TOPIC, UNSEEN_OUTSIDE))
    inside, outside = max(1, int(in_scope.sum())), max(1, int((~in_scope).sum()))
    each = [np.where(in_scope, topic / inside, other / outside) for topic, other in shares]
    counted: Doubles = np.concatenate(each) * len(in_scope)
    return counted
