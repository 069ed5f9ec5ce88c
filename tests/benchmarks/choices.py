"""Learns the weights by which the question that a message asks is chosen, and says how often it is right.

    python tests/benchmarks/choices.py [--words-alone]

Reads the labelled conversations beside this file, and the follow-ups and stories of the golden questions. Prints, from
ten-fold cross-validation, how many messages have their question found, by the probability that the model gives it, and
then the weights learned from all of them, as they stand in `bot/matching/choice.py`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adapters.encoder import open_encoder
from adapters.knowledge_base.loader import learned
from adapters.knowledge_base.model_cache import cache_folder, recalled
from bot.context import Context
from bot.knowledge import load
from bot.matching import Decision, Matcher
from bot.matching.choice import Candidate, choices

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parents[1] / "knowledge" / "flask-vs-django"
FOLDS, STEPS, RATE, RIDGE = 10, 400, 0.05, 1.0
BANDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.01)
Row = dict[str, Any]
Floats = NDArray[np.float64]


class Example(NamedTuple):
    """A message: what may be asked, and which of it is right."""

    candidates: Sequence[Candidate]
    right: Floats


def rows() -> list[Row]:
    """Return all labelled messages, each with its `answers` as "topic/question"; "topic/*" is all of a topic."""
    known: list[Row] = [json.loads(line) for line in (HERE / "conversations.jsonl").read_text("utf-8").splitlines()]
    for row in map(json.loads, (KNOWLEDGE / "golden.jsonl").read_text("utf-8").splitlines()):
        asked = row.get("question") or "*"
        answers = [f"{topic}/{asked if topic == row['best'] else '*'}" for topic in row["ok"]]
        known.append({"context": row.get("context"), "q": row["q"], "answers": answers})
    return [row for row in known if row["answers"]]


def follow_ups(matcher: Matcher, labelled: Iterable[Row]) -> list[Example]:
    """Return the messages that were asked after an answer.

    Their features stand there twice: the second time they count only where the message points back.
    """
    found = []
    for row in labelled:
        reading = matcher.read(row["context"]) if row["context"] else None
        if reading is None or reading.outcome is not Decision.ANSWER or reading.parts:
            continue
        asked = reading.question.question if reading.question else None
        context = Context(reading.ranked[0].topic, reading.side, question=asked)
        candidates, points = matcher.follow_up_candidates(row["q"], context)
        twice = [
            one._replace(features=(*one.features, *(points * each for each in one.features))) for one in candidates
        ]
        found.append(_example(twice, row["answers"]))
    return [one for one in found if one.right.any()]


def questions(matcher: Matcher, labelled: Iterable[Row], *, stories: bool) -> list[Example]:
    """Return the messages that nothing was said before: those that tell a story, or the others."""
    read = [(row, matcher.question_candidates(row["q"])) for row in labelled if not row["context"]]
    found = [_example(known, row["answers"]) for row, (known, tells) in read if tells is stories]
    return [one for one in found if one.right.any()]


def _example(candidates: Sequence[Candidate], answers: Collection[str]) -> Example:
    names = [f"{one.topic}/{one.question or ''}" for one in candidates]
    right = [name in answers or f"{name.partition('/')[0]}/*" in answers for name in names]
    return Example(candidates, np.array(right, np.float64))


def fitted(known: Sequence[Example]) -> Floats:
    """Return the weights under which the right candidates are likeliest, by Adam on the ridge-penalised likelihood."""
    width = max(len(one.candidates) for one in known)
    features = np.zeros((len(known), width, len(known[0].candidates[0].features)))
    there, right = np.zeros((2, len(known), width))
    for place, one in enumerate(known):
        features[place, : len(one.right)] = [each.features for each in one.candidates]
        there[place, : len(one.right)], right[place, : len(one.right)] = 1, one.right
    scale = features[there > 0].std(axis=0) + 1e-9
    features /= scale
    weights, mean, square = (np.zeros(len(scale)) for _ in range(3))
    for _ in range(STEPS):
        scores = np.where(there > 0, features @ weights, -np.inf)
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        meant = likely * right / (likely * right).sum(axis=1, keepdims=True)
        gradient = (np.einsum("nc,ncf->f", likely - meant, features) + RIDGE * weights) / len(known)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.99 * square + 0.01 * gradient**2
        weights = weights - RATE * mean / (np.sqrt(square) + 1e-8)
    found: Floats = weights / scale
    return found


def cross_validated(known: Sequence[Example]) -> list[tuple[float, bool]]:
    """Return for each example the probability of what is chosen, and whether it is right; learned without its fold."""
    order = np.random.default_rng(0).permutation(len(known))
    chosen = []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        weights = fitted([one for place, one in enumerate(known) if place not in held])
        for one in (known[place] for place in held):
            choice = choices(one.candidates, weights)[0]
            best = next(n for n, each in enumerate(one.candidates) if each[:2] == choice[:2])
            chosen.append((choice.probability, bool(one.right[best])))
    return chosen


def report(name: str, known: Sequence[Example]) -> None:
    """Print how often the right question is found, and the weights."""
    chosen = cross_validated(known)
    print(f"{name}: {sum(right for _, right in chosen)} of {len(chosen)} found by ten-fold cross-validation")
    for low, high in pairwise(BANDS):
        band = [right for likely, right in chosen if low <= likely < high]
        print(f"  probability {low:.1f} to {min(high, 1.0):.1f}: {sum(band)} of {len(band)}")
    print(f"  weights: {', '.join(f'{each:.2f}' for each in fitted(known))}", flush=True)


def main(*, words_alone: bool) -> None:
    """Report all three, read with vectors if there is an encoder, or by words alone."""
    knowledge, cache = load(KNOWLEDGE), cache_folder(None)
    encoder = None if words_alone else open_encoder(cache)
    known = recalled(knowledge, cache, encoder.name if encoder else "") if cache else None
    model = known or learned(KNOWLEDGE, cache, words_alone=encoder is None)
    matcher, labelled = Matcher(knowledge, model, encoder), rows()
    report("plain", questions(matcher, labelled, stories=False))
    report("stories", questions(matcher, labelled, stories=True))
    report("follow-ups", follow_ups(matcher, labelled))


if __name__ == "__main__":
    main(words_alone="--words-alone" in sys.argv)
