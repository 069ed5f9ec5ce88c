"""What the answers that are still missing could change."""

from __future__ import annotations

from collections.abc import Iterable

from bot.guide.conditions import Facts
from bot.guide.outcome import winner
from bot.guide.plan import Plan
from bot.guide.scoring import score
from bot.knowledge.guide_models import Question

_GRAIN = 100
"""Scores are counted in hundredths, so that sums of fractions meet exactly."""


def weights(plan: Plan, question: Question, facts: Facts) -> tuple[float, ...]:
    """Return the signed points of every option of a question."""
    return tuple(plan.weight(option, facts) for option in question.options)


def swing(plan: Plan, question: Question, facts: Facts) -> float:
    """Return how much a question is worth asking: how far it can move the score, for those who can answer it."""
    amounts = weights(plan, question, facts)
    return (max(amounts) - min(amounts)) * question.answerability


def steadiness(plan: Plan, facts: Facts, missing: Iterable[Question]) -> float:
    """Return the share of equally likely answers to the missing questions that keep today's winner."""
    points = score(plan, facts)
    keeps = winner(plan, points)
    spread = _spread(plan, tuple(sorted(weights(plan, question, facts) for question in missing)))
    return sum(share for moved, share in spread.items() if winner(plan, points + moved / _GRAIN) == keeps)


def _spread(plan: Plan, columns: tuple[tuple[float, ...], ...]) -> dict[int, float]:
    """Return how likely each sum is, taking one number of every column at random."""
    if columns in plan.memory:
        return plan.memory[columns]
    spread = {0: 1.0}
    for column in columns:
        wider: dict[int, float] = {}
        for moved, share in spread.items():
            for amount in column:
                key = moved + round(amount * _GRAIN)
                wider[key] = wider.get(key, 0.0) + share / len(column)
        spread = wider
    plan.memory[columns] = spread
    return spread
