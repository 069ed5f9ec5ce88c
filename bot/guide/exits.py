"""Roads to "neither": evidence that something else than the sides does the job."""

from __future__ import annotations

from bot.guide.conditions import Facts, holds, possible
from bot.guide.plan import Plan
from bot.knowledge.guide_outcomes import Exit


def strength(plan: Plan, road: Exit, facts: Facts) -> float:
    """Return how many points speak for this road."""
    total = 0.0
    for lines, points in plan.signs[road.id]:
        for key, options in lines:
            if facts.get(key) not in options:
                break
        else:
            total += points
    return total


def taken(plan: Plan, facts: Facts) -> Exit | None:
    """Return the road that is taken: the one furthest over its mark."""
    over = [(strength(plan, road, facts) - road.at, -place, road) for place, road in enumerate(plan.spec.exits)]
    best = max(over, default=None)
    return best[2] if best and best[0] >= 0 else None


def certain(plan: Plan, facts: Facts) -> bool:
    """Return whether a road is so clear that nothing more needs to be asked."""
    return any(strength(plan, road, facts) >= road.stop_at for road in plan.spec.exits)


def undecided(plan: Plan, facts: Facts) -> bool:
    """Return whether answers that are still missing could open or close a road."""
    waiting = {question.id for question in plan.open_questions(facts)}
    return any(_could_turn(plan, road, facts, waiting) for road in plan.spec.exits)


def _could_turn(plan: Plan, road: Exit, facts: Facts, waiting: set[str]) -> bool:
    now = strength(plan, road, facts)
    pending = [
        sign.points
        for sign in road.signs
        if not holds(sign.when, facts) and possible(sign.when, facts) and (sign.when.keys() - facts.keys()) <= waiting
    ]
    if now >= road.at:
        return now + sum(points for points in pending if points < 0) < road.at
    return now + sum(points for points in pending if points > 0) >= road.at
