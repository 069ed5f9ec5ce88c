"""A linear classifier learned from a knowledge base's own phrasings, when it is loaded.

Multinomial logistic regression (softmax), because its scores are log-odds: they say how sure it is, also that a message
belongs to none of the topics. It is fitted by AdaGrad steps (Duchi, Hazan and Singer, 2011) with one rate per feature,
on batches that are made dense, so that matrix products do the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from bot.matching.config import ClassifierConfig
from bot.matching.lexical.arrays import Floats, Ints, Sparse


class Trained(NamedTuple):
    """What a message's features are multiplied with, and what is added, to give a score for each group."""

    weights: Floats
    """Features x groups."""
    bias: Floats


class _Batch(NamedTuple):
    """Some rows as a dense matrix over the columns that they have."""

    columns: Ints
    rows: Ints
    places: Ints
    values: Floats
    truth: Ints

    def dense(self) -> Floats:
        """Return the matrix; making it anew each time is cheaper than keeping all of them."""
        matrix = np.zeros((len(self.truth), len(self.columns)), np.float32)
        matrix[self.rows, self.places] = self.values
        return matrix


def train(rows: Sparse, labels: Ints, size: int, groups: int, config: ClassifierConfig) -> Trained:
    """Return weights whose scores are the log-odds of the groups, up to a constant per message.

    Args:
        rows: the phrasings, one per row, each of length 1.
        labels: the group of each row.
        size: how many features there are.
        groups: how many groups there are.
        config: how long, and how fast, to learn.
    """
    runs = [_run(rows, labels, (size, groups), number, config) for number in range(config.runs)]
    weights: Floats = np.mean([run.weights for run in runs], axis=0, dtype=np.float32)
    bias: Floats = np.mean([run.bias for run in runs], axis=0, dtype=np.float32)
    return Trained(weights, bias - bias.mean(dtype=np.float32))


def _run(rows: Sparse, labels: Ints, shape: tuple[int, int], number: int, config: ClassifierConfig) -> Trained:
    size, groups = shape
    weights, bias = np.zeros((size, groups), np.float32), np.zeros(groups, np.float32)
    taken, taken_by_bias = np.full(size, 1e-8, np.float32), np.full(groups, 1e-8, np.float32)
    batches = list(_batches(rows, labels, number, config.batch))
    for _ in range(max(config.epochs, config.steps // max(1, len(batches)))):
        for batch in batches:
            inputs, before = batch.dense(), weights[batch.columns]
            excess = _excess(inputs @ before + bias, batch.truth)
            gradient = inputs.T @ excess + config.decay * len(batch.truth) * before
            taken[batch.columns] += np.einsum("ij,ij->i", gradient, gradient) / groups
            weights[batch.columns] = before - config.rate * gradient / np.sqrt(taken[batch.columns])[:, None]
            gradient = excess.sum(axis=0)
            taken_by_bias += gradient * gradient
            bias -= config.rate * gradient / np.sqrt(taken_by_bias)
    return Trained(weights, bias)


def _excess(scores: Floats, truth: Ints) -> Floats:
    """Return how much more likely than the truth the scores make each group of each row; overwrites the scores."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    scores[np.arange(len(truth)), truth] -= 1
    return scores


def _batches(rows: Sparse, labels: Ints, number: int, size: int) -> Iterator[_Batch]:
    order = _mixed(len(labels), number)
    for begin in range(0, len(order), size):
        chosen = order[begin : begin + size]
        places, lengths = rows.places(chosen)
        columns, inverse = np.unique(rows.columns[places].astype(np.int64), return_inverse=True)
        each = np.repeat(np.arange(len(chosen)), lengths)
        yield _Batch(columns, each, inverse, rows.values[places], labels[chosen])


def _mixed(count: int, number: int) -> Ints:
    """Return all rows in a fixed order that mixes the groups, another one for each number.

    The order is that of the fractions of the golden ratio's multiples.
    """
    turns = np.arange(count) * 0.6180339887498949 * (1 + 2 * number) + 0.37 * number
    order: Ints = np.argsort(turns % 1, kind="stable")
    return order
