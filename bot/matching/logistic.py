"""Two small regressions, fitted by Newton's method: whether something is right, and which of several it is.

Both lean towards weights that are known from elsewhere, as if those had been found on so many examples more.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bot.matching.config import DEFAULT

Doubles = NDArray[np.float64]

_FIT = DEFAULT.calibration
_SMALL = 1e-9


def likely(log_odds: Doubles) -> Doubles:
    """Return probabilities."""
    probability: Doubles = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return probability


def fit(inputs: Doubles, truth: NDArray[np.bool_], counted: Doubles, usual: Doubles, prior: float) -> Doubles:
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
        probability = likely(inputs @ weights)
        gradient = inputs.T @ (counted * (truth - probability)) - stiff * (weights - usual)
        curvature = (inputs * (counted * probability * (1 - probability))[:, None]).T @ inputs
        return _solved(curvature, stiff, gradient)

    return _highest(value, step, usual, _FIT.enough * len(inputs))


def fit_choice(options: Doubles, chosen: NDArray[np.int64], usual: Doubles, prior: float) -> Doubles:
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
