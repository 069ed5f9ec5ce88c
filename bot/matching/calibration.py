"""Fits the joining of scores, the confidence and the thresholds to a knowledge base.

Two small regressions are fitted by Newton's method: whether something is right, and which of several it is. Both lean
towards weights that are known from elsewhere, as if those had been found on so many examples more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from bot.matching.arrays import Bools, Doubles, Ints
from bot.matching.config import DEFAULT
from bot.matching.fusion import (
    BOTH,
    TERMS,
    WORDS,
    Candidates,
    FusionModel,
    Stage,
    probability,
    terms,
)

_FIT = DEFAULT.calibration
_SMALL = 1e-9


def fit_fusion(candidates: Candidates, labels: Ints, topics: int, *, vectors: bool = True) -> FusionModel:
    """Learn how to join scores from phrasings that the classifiers had not seen when they scored them.

    Args:
        candidates: their groups as `candidate_groups` chooses them, with all scores.
        labels: the group of each phrasing.
        topics: how many of the groups are topics.
        vectors: whether there are any; without them, the thresholds are for what the words say.
    """
    if not len(labels):
        return FusionModel(topics)
    words, both = (fit_stage(stage, candidates, labels, topics) for stage in (WORDS, BOTH))
    deciding = both if vectors else words
    return FusionModel(
        topics,
        words,
        both if vectors else BOTH,
        answer_from=answer_from(deciding, candidates, labels, topics),
        suggest_from=suggest_from(deciding, candidates, labels, topics),
    )


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
    fitted[used] = _fit(told[:, used], right, counted, np.array(usual.terms)[used], _FIT.prior)
    return Stage(joining.scores, tuple(fitted.tolist()))


def answer_from(stage: Stage, candidates: Candidates, labels: Ints, topics: int) -> float:
    """Return the lowest confidence from which few enough answers are wrong; for few phrasings, near the usual one."""
    told, right, counted = _examples(stage, candidates, labels, topics)
    likely = probability(told @ np.array(stage.terms))
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
    fitted = _fit_choice(stacked.astype(float), own[known].argmax(axis=1), np.array(start.scores), _FIT.prior)
    return tuple(np.maximum(fitted, 0.0).tolist())


def _counted(in_scope: Bools) -> Doubles:
    """Return what each phrasing counts for, and then what each counts for with its own group taken away."""
    shares = ((_FIT.in_scope, _FIT.outside), (_FIT.unseen_topic, _FIT.unseen_outside))
    inside, outside = max(1, int(in_scope.sum())), max(1, int((~in_scope).sum()))
    each = [np.where(in_scope, topic / inside, other / outside) for topic, other in shares]
    counted: Doubles = np.concatenate(each) * len(in_scope)
    return counted


def _fit(inputs: Doubles, truth: Bools, counted: Doubles, usual: Doubles, prior: float) -> Doubles:
    """Return the weights of a logistic regression.

    Args:
        inputs: examples x numbers. One that never changes, such as the 1 of a bias, leans towards nothing.
        truth: whether each is right.
        counted: what each example counts for.
        usual: the weights to lean towards.
        prior: how many examples those count for.
    """
    stiff = prior * _FIT.told * inputs.var(axis=0)

    def value(weights: Doubles) -> float:
        log_odds = inputs @ weights
        return float(counted @ (truth * log_odds - np.logaddexp(0, log_odds)) - stiff @ (weights - usual) ** 2 / 2)

    def step(weights: Doubles) -> Doubles:
        likely = probability(inputs @ weights)
        gradient = inputs.T @ (counted * (truth - likely)) - stiff * (weights - usual)
        curvature = (inputs * (counted * likely * (1 - likely))[:, None]).T @ inputs
        return _solved(curvature, stiff, gradient)

    return _highest(value, step, usual, _FIT.enough * len(inputs))


def _fit_choice(options: Doubles, chosen: Ints, usual: Doubles, prior: float) -> Doubles:
    """Return the weights of a conditional logit: what makes an example take one of its options.

    Args:
        options: examples x options x numbers.
        chosen: the place of the option that each takes.
        usual: the weights to lean towards.
        prior: how many examples those count for.
    """
    if not len(options):
        return usual
    rows = np.arange(len(options))
    flat = options.reshape(-1, options.shape[-1])
    stiff = prior * _FIT.told * options.var(axis=1).mean(axis=0)

    def value(weights: Doubles) -> float:
        scores = options @ weights
        scores -= scores.max(axis=1, keepdims=True)
        fits = (scores[rows, chosen] - np.log(np.exp(scores).sum(axis=1))).sum()
        return float(fits - stiff @ (weights - usual) ** 2 / 2)

    def step(weights: Doubles) -> Doubles:
        scores = options @ weights
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        means = np.einsum("ij,ijk->ik", shares, options)
        gradient = (options[rows, chosen] - means).sum(axis=0) - stiff * (weights - usual)
        return _solved((flat * shares.reshape(-1, 1)).T @ flat - means.T @ means, stiff, gradient)

    return _highest(value, step, usual, _FIT.enough * len(options))


def _solved(curvature: Doubles, stiff: Doubles, gradient: Doubles) -> Doubles:
    return np.asarray(np.linalg.solve(curvature + np.diag(stiff + _SMALL), gradient), np.float64)


def _highest(
    value: Callable[[Doubles], float], step: Callable[[Doubles], Doubles], start: Doubles, enough: float
) -> Doubles:
    """Return where a concave value is highest; a step that goes too far is halved until it gains."""
    weights: Doubles = start.astype(np.float64)
    reached = value(weights)
    for _ in range(_FIT.steps):
        whole = step(weights)
        tried: list[Doubles] = [weights + whole * 0.5**halved for halved in range(_FIT.halvings)]
        better = next(((each, gain) for each in tried if (gain := value(each)) > reached), None)
        if better is None:
            break
        gained = better[1] - reached
        weights, reached = better
        if gained < enough:
            break
    return weights
