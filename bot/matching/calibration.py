"""Fits the joining of scores, the confidence and the thresholds to a knowledge base."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bot.matching import logistic
from bot.matching.candidates import TERMS, Bools, Candidates, Doubles, Ints, Stage, terms
from bot.matching.config import DEFAULT

_FIT = DEFAULT.calibration


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
    return next(count for most, count in _FIT.folds if phrasings <= most)


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
    fitted[used] = logistic.fit(told[:, used], right, counted, np.array(usual.terms)[used], _FIT.prior)
    return Stage(joining.scores, tuple(fitted.tolist()))


def answer_from(stage: Stage, candidates: Candidates, labels: Ints, topics: int) -> float:
    """Return the lowest confidence from which few enough answers are wrong; for few phrasings, near the usual one."""
    told, right, counted = _examples(stage, candidates, labels, topics)
    likely = logistic.likely(told @ np.array(stage.terms))
    answered = told[:, TERMS.index("lead")] >= 0
    lowest, found = _FIT.answer_between
    for percent in range(round(100 * lowest), round(100 * found)):
        given = answered & (likely >= percent / 100)
        if counted[given & ~right].sum() <= _FIT.wrong_answers * counted[given].sum():
            found = percent / 100
            break
    share = len(labels) / (len(labels) + _FIT.prior_of_threshold)
    return round(share * found + (1 - share) * max(lowest, DEFAULT.usual.answer_from), 2)


def suggest_from(stage: Stage, candidates: Candidates, labels: Ints, topics: int) -> float:
    """Return the confidence of the best topic below which few phrasings find their topic among the first three."""
    scores = np.where(candidates.groups < topics, stage.joined(candidates), -np.inf)
    three = np.argsort(-scores, axis=1)[:, :3]
    found = (np.take_along_axis(candidates.groups, three, axis=1) == labels[:, None]).any(axis=1) & (labels < topics)
    likely = np.take_along_axis(stage.likely(candidates, topics), three[:, :1], axis=1)[found, 0]
    lowest, highest = _FIT.suggest_between
    return min(highest, max(lowest, float(np.quantile(likely, _FIT.missed_offers)))) if len(likely) else lowest


def _joining(start: Stage, candidates: Candidates, labels: Ints) -> tuple[float, ...]:
    """Return weights of the scores, none of which can speak against a group."""
    own = candidates.groups == labels[:, None]
    known = own.any(axis=1)  # where the right group is no candidate, no weight helps
    stacked = np.stack((candidates.words, candidates.meaning, candidates.likeness), axis=-1)[
        known, :, : len(start.scores)
    ]
    fitted = logistic.fit_choice(stacked.astype(float), own[known].argmax(axis=1), np.array(start.scores), _FIT.prior)
    return tuple(np.maximum(fitted, 0.0).tolist())


def _counted(in_scope: Bools) -> Doubles:
    """Return what each phrasing counts for, and then what each counts for with its own group taken away."""
    shares = ((_FIT.in_scope, _FIT.outside), (_FIT.unseen_topic, _FIT.unseen_outside))
    inside, outside = max(1, int(in_scope.sum())), max(1, int((~in_scope).sum()))
    each = [np.where(in_scope, topic / inside, other / outside) for topic, other in shares]
    counted: Doubles = np.concatenate(each) * len(in_scope)
    return counted
