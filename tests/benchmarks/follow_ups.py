"""Learns the weights by which follow-ups are read, and says how often they find the question that is asked.

    python tests/benchmarks/follow_ups.py

Reads the labelled conversations beside this file and the follow-ups of the golden questions. Prints, from ten-fold
cross-validation, how many messages have their question found, by the probability that the model gives it, and then
the weights learned from all conversations, as they stand in `bot/matching/config.py`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adapters.encoder import KeptVectors, open_encoder
from adapters.knowledge_base.model_cache import cache_folder
from bot.context import Context
from bot.knowledge import load
from bot.matching import Decision, Matcher, learn

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parents[1] / "knowledge" / "flask-vs-django"
FOLDS, STEPS, RATE, RIDGE = 10, 400, 0.05, 1.0
BANDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.01)


class Example(NamedTuple):
    """A message that was asked after another: its candidates, and which of them are right."""

    features: NDArray[np.float64]
    """A row for each candidate; its second half counts only where the message points back."""
    right: NDArray[np.float64]


def conversations() -> list[tuple[str, str, list[str]]]:
    """Return pairs of messages, with the questions that the second may ask; "topic/*" stands for all of a topic."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in (HERE / "conversations.jsonl").read_text().splitlines()]
    known = [(row["context"], row["q"], row["answers"]) for row in rows]
    for row in map(json.loads, (KNOWLEDGE / "golden.jsonl").read_text().splitlines()):
        if row.get("context") and row["ok"]:
            asked = row.get("question") or "*"
            answers = [f"{topic}/{asked if topic == row['best'] else '*'}" for topic in row["ok"]]
            known.append((row["context"], row["q"], answers))
    return known


def examples(matcher: Matcher) -> list[Example]:
    """Return what there is to choose from in each conversation that begins with an answer."""
    found = []
    for before, text, answers in conversations():
        reading = matcher.read(before)
        if reading.outcome is not Decision.ANSWER or reading.parts:
            continue
        asked = reading.question.question if reading.question else None
        context = Context(reading.ranked[0].topic, reading.side, question=asked)
        candidates, points = matcher.follow_up_candidates(text, context)
        names = [f"{one.topic}/{one.question.question if one.question else ''}" for one in candidates]
        right = [name in answers or f"{name.partition('/')[0]}/*" in answers for name in names]
        rows = np.array([one.features for one in candidates])
        found.append(Example(np.hstack([rows, rows * points]), np.array(right, np.float64)))
    return [one for one in found if one.right.any()]


def fitted(known: Sequence[Example]) -> NDArray[np.float64]:
    """Return the weights under which the right candidates are likeliest, by Adam on the ridge-penalised likelihood."""
    scale = np.concatenate([one.features for one in known]).std(axis=0) + 1e-9
    weights, mean, square = (np.zeros(len(scale)) for _ in range(3))
    for _ in range(STEPS):
        gradient = RIDGE * weights
        for one in known:
            rows = one.features / scale
            likely = probabilities(rows @ weights)
            gradient = gradient + rows.T @ (likely - likely * one.right / (likely @ one.right))
        gradient /= len(known)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        weights = weights - RATE * mean / (np.sqrt(square) + 1e-8)
    found: NDArray[np.float64] = weights / scale
    return found


def probabilities(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how likely each candidate is."""
    odds = np.exp(scores - scores.max())
    shares: NDArray[np.float64] = odds / odds.sum()
    return shares


def cross_validated(known: Sequence[Example]) -> list[tuple[float, bool]]:
    """Return for each example the probability of what is chosen, and whether it is right; learned without its fold."""
    order = np.random.default_rng(0).permutation(len(known))
    chosen = []
    for fold in range(FOLDS):
        held: Collection[int] = set(order[fold::FOLDS].tolist())
        weights = fitted([one for place, one in enumerate(known) if place not in held])
        for place in held:
            likely = probabilities(known[place].features @ weights)
            chosen.append((float(likely.max()), bool(known[place].right[likely.argmax()])))
    return chosen


def main() -> None:
    """Print how often the right question is found, and the weights."""
    knowledge, cache = load(KNOWLEDGE), cache_folder(None)
    encoder = open_encoder(cache)
    model = learn(knowledge, KeptVectors(encoder, cache) if encoder and cache else encoder)
    known = examples(Matcher(knowledge, model, encoder))
    chosen = cross_validated(known)
    print(f"{sum(right for _, right in chosen)} of {len(chosen)} found by ten-fold cross-validation")
    for low, high in pairwise(BANDS):
        band = [right for likely, right in chosen if low <= likely < high]
        print(f"  probability {low:.1f} to {min(high, 1.0):.1f}: {sum(band)} of {len(band)}")
    weights = fitted(known)
    for name, half in zip(("weights", "pointing"), np.split(weights, 2), strict=True):
        print(f"{name} = ({', '.join(f'{each:.2f}' for each in half)})")


if __name__ == "__main__":
    main()
