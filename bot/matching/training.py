"""A linear classifier learned from a knowledge base's own phrasings, when it is loaded.

It begins as the centroid of each topic's phrasings and is refined by averaged passive-aggressive steps, taken for
many phrasings at once so that numpy does the work.
"""

from __future__ import annotations

import numpy as np

from bot.matching.sparse import Floats, Ints, Sparse

EPOCHS = 5
BATCH = 512
MARGIN, STEP = 0.5, 0.1
LARGEST = 30_000_000
"""Weights (features x topics) above which the centroids are left as they are."""


def refined(centroids: Floats, rows: Sparse, labels: Ints, epochs: int = EPOCHS) -> Floats:
    """Return the weights (features x topics) after training from these centroids.

    Args:
        centroids: features x topics.
        rows: the phrasings, one per row, each of length 1.
        labels: the topic of each row.
        epochs: how often every phrasing is seen.
    """
    weights = centroids.copy()
    total = np.zeros_like(weights)
    order = _spread(len(labels))
    for _ in range(epochs):
        for begin in range(0, len(order), BATCH):
            _step(weights, rows, labels, order[begin : begin + BATCH])
        total += weights
    averaged: Floats = total / np.float32(max(1, epochs))
    return averaged


def _step(weights: Floats, rows: Sparse, labels: Ints, batch: Ints) -> None:
    places, lengths = rows.places(batch)
    columns, values = rows.columns[places], rows.values[places]
    starts = np.cumsum(lengths) - lengths
    scores = np.add.reduceat(weights[columns] * values[:, None], starts, axis=0)
    each = np.arange(len(batch))
    truth = labels[batch]
    right = scores[each, truth].copy()
    scores[each, truth] = -np.inf
    rival = scores.argmax(axis=1)
    loss = MARGIN - right + scores[each, rival]
    tau = np.clip(loss / 2, 0, STEP).astype(np.float32)
    amount = np.repeat(tau, lengths) * values
    np.add.at(weights, (columns, np.repeat(truth, lengths)), amount)
    np.subtract.at(weights, (columns, np.repeat(rival, lengths)), amount)


def _spread(count: int) -> Ints:
    """Return all rows in a fixed order that mixes the topics."""
    stride = next(step for step in (7_919, 104_729, 1) if count == 0 or np.gcd(step, count) == 1)
    return (np.arange(count) * stride) % max(1, count)
