"""What follows from what is known."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guide import exits
from bot.guide.conditions import Facts
from bot.guide.plan import EITHER, NEITHER, Plan
from bot.guide.scoring import score
from bot.knowledge.guide_outcomes import Exit
from bot.replies import Strength


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result: a side's id, "either" or "neither", and how far to trust it."""

    result: str
    strength: Strength
    score: float
    road: Exit | None = None


def winner(plan: Plan, points: float) -> str:
    """Return the side that a score speaks for, or "either"."""
    if abs(points) < plan.spec.engine.lean:
        return EITHER
    return plan.sides[1] if points > 0 else plan.sides[0]


def outcome(plan: Plan, facts: Facts) -> Outcome:
    """Return the result for what is known, whether or not everything was asked."""
    points = score(plan, facts)
    road = exits.taken(plan, facts)
    if road is not None:
        sure = exits.strength(plan, road, facts) >= road.stop_at
        return Outcome(NEITHER, Strength.CLEAR if sure else Strength.LEANING, points, road)
    result = winner(plan, points)
    if result == EITHER:
        return Outcome(result, Strength.TIE, points)
    return Outcome(result, Strength.CLEAR if abs(points) >= plan.spec.engine.clear else Strength.LEANING, points)
