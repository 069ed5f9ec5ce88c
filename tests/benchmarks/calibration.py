"""How well the confidence is calibrated, and the weights that fit labelled questions best.

    python tests/benchmarks/calibration.py FILE.jsonl ...

Each file is labelled like golden.jsonl; follow-ups and small talk are left out. Prints how often answers of each
confidence are right, what each threshold would mean, and the weights for `bot/matching/deciding.py` that these
questions ask for (logistic regression, Newton's method).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.knowledge import load
from bot.matching import Matcher
from bot.matching.decision import TERMS, confidence, terms

KNOWLEDGE = Path(__file__).parents[2] / "knowledge" / "flask-vs-django"
RIDGE = 1e-3

Array = NDArray[np.float64]


class Seen(NamedTuple):
    """What the matcher made of a question."""

    terms: tuple[float, ...]
    confidence: float
    right: bool
    in_scope: bool
    among_three: bool


def seen(matcher: Matcher, files: Iterable[str]) -> list[Seen]:
    rows = [json.loads(line) for name in files for line in Path(name).read_text().splitlines() if line.strip()]
    found = []
    for row in rows:
        if row.get("context") or row["kind"] in ("meta", "followup"):
            continue
        evidence = matcher.evidence(row["q"])
        if not evidence:
            continue
        ranked = sorted(evidence, key=lambda topic: (-confidence(evidence[topic]), topic))
        best = evidence[ranked[0]]
        right = [topic in row["ok"] for topic in ranked]
        found.append(Seen(terms(best), confidence(best), right[0], bool(row["ok"]), any(right[:3])))
    return found


def fitted(questions: list[Seen]) -> Array:
    """Return the weights, the bias last."""
    inputs = np.array([[*question.terms, 1.0] for question in questions])
    truth = np.array([question.right for question in questions], float)
    weights = np.zeros(inputs.shape[1])
    ridge = RIDGE * np.eye(len(weights))
    for _ in range(50):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (truth - likely) / len(truth) - ridge @ weights
        curvature = (inputs * (likely * (1 - likely))[:, None]).T @ inputs / len(truth) + ridge
        weights += np.linalg.solve(curvature, gradient)
    return weights


def reliability(questions: list[Seen]) -> None:
    print("confidence   questions   right")
    for low in np.arange(0, 1, 0.1):
        inside = [q for q in questions if low <= q.confidence < low + 0.1]
        if inside:
            print(f"{low:.1f} - {low + 0.1:.1f} {len(inside):11} {sum(q.right for q in inside) / len(inside):7.1%}")


def thresholds(questions: list[Seen], likely: Array) -> None:
    print("answer from   right   found   wrong   out of scope answered")
    scope = np.array([q.in_scope for q in questions])
    right = np.array([q.right for q in questions])
    three = np.array([q.among_three for q in questions])
    for threshold in np.arange(0.4, 0.76, 0.05):
        answered = likely >= threshold
        shares = (
            (answered & right)[scope].mean(),
            ((answered & right) | (~answered & three))[scope].mean(),
            (answered & ~right)[scope].mean(),
            answered[~scope].mean() if (~scope).any() else 0.0,
        )
        print(f"{threshold:11.2f} " + " ".join(f"{share:7.1%}" for share in shares))


def main() -> None:
    files = sys.argv[1:] or [str(KNOWLEDGE / "golden.jsonl")]
    questions = seen(Matcher(load(KNOWLEDGE)), files)
    print(f"{len(questions)} questions")
    reliability(questions)
    print("\nas it is")
    thresholds(questions, np.array([q.confidence for q in questions]))
    weights = fitted(questions)
    inputs = np.array([[*q.terms, 1.0] for q in questions])
    print("\nfitted: " + ", ".join(f"{name} {w:.2f}" for name, w in zip((*TERMS, "bias"), weights, strict=True)))
    thresholds(questions, 1 / (1 + np.exp(-inputs @ weights)))


if __name__ == "__main__":
    main()
