"""A linear classifier learned from a knowledge base's own phrasings, when it is loaded.

It begins as the centroid of each topic's phrasings and is refined by averaged passive-aggressive steps, taken for
many phrasings at once so that numpy does the work.
"""

from __future__ import annotations

import numpy as np

from bot.matching.sparse import Floats, Ints, Sparse

EPOCHS = 3
BATCH = 512
MARGIN, STEP, STEP_OUTSIDE = 0.35, 0.1, 0.05
SLIGHT = 0.1
"""Entries of a phrasing smaller than this are left out of the training: it goes faster and learns the same."""
LARGEST = 30_000_000
"""Weights (features x topics) above which the centroids are left as they are."""


def refined(centroids: Floats, rows: Sparse, labels: Ints, topics: int, epochs: int = EPOCHS) -> Floats:
    """Return the weights (features x groups) after training from these centroids.

    Args:
        centroids: features x groups.
        rows: the phrasings, one per row, each of length 1.
        labels: the group of each row.
        topics: how many of the groups are topics; the others are out of scope.
        epochs: how often the phrasings are seen; those that already fit well are not seen again.
    """
    weights = centroids.copy()
    total = np.zeros_like(weights)
    rows = rows.without_slight(SLIGHT)
    seen = _spread(len(labels))
    for _ in range(epochs):
        batches = [seen[begin : begin + BATCH] for begin in range(0, len(seen), BATCH)]
        seen = np.concatenate([seen[:0], *(_step(weights, rows, labels, topics, batch) for batch in batches)])
        total += weights
    averaged: Floats = total / np.float32(max(1, epochs))
    return averaged


def _step(weights: Floats, rows: Sparse, labels: Ints, topics: int, batch: Ints) -> Ints:
    """Change the weights by one step for these rows; return the rows that needed it.

    Each row is moved away from the best other topic and from the best other out-of-scope group: with one rival only,
    many out-of-scope messages would keep the topics from being told from one another.
    """
    places, lengths = rows.places(batch)
    columns, values = rows.columns[places], rows.values[places]
    scores = np.add.reduceat(weights[columns] * values[:, None], np.cumsum(lengths) - lengths, axis=0)
    each, truth = np.arange(len(batch)), labels[batch]
    right = scores[each, truth]
    scores[each, truth] = -np.inf
    step = np.where(truth < topics, STEP, STEP_OUTSIDE)
    wanting = np.zeros(len(batch), bool)
    for first, last in ((0, topics), (topics, scores.shape[1])):
        if first < last:
            rival = scores[:, first:last].argmax(axis=1) + first
            loss = MARGIN - right + scores[each, rival]
            wanting |= loss > 0
            amount = np.repeat(np.clip(loss / 2, 0, step), lengths).astype(np.float32) * values
            np.add.at(weights, (columns, np.repeat(truth, lengths)), amount)
            np.subtract.at(weights, (columns, np.repeat(rival, lengths)), amount)
    return batch[wanting]


def _spread(count: int) -> Ints:
    """Return all rows in a fixed order that mixes the topics."""
    stride = next(step for step in (7_919, 104_729, 1) if count == 0 or np.gcd(step, count) == 1)
    return (np.arange(count) * stride) % max(1, count)
