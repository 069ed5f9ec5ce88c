"""From answers to points, and from points to a result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.guide.compiled_guide import EITHER, NEITHER, CompiledGuide
from bot.guide.conditions import Facts, holds, possible
from bot.knowledge.guide_models import ON, Exit
from bot.replies import Strength


@dataclass(frozen=True, slots=True)
class Contribution:
    """One piece of evidence that counts."""

    key: str
    """The question or circumstance it comes from."""
    label: str
    amount: float
    """Signed points: negative for the first side."""
    why: str
    sources: tuple[str, ...]


def contributions(plan: CompiledGuide, facts: Facts) -> Iterator[Contribution]:
    """Yield what every answer and every circumstance says, in the order of the guide."""
    for question, option in plan.taken(facts):
        case = plan.case(option, facts)
        why = case.why if case and case.why else option.why
        yield Contribution(question.id, option.label, plan.weight(option, facts), why, option.sources)
    for chip in plan.spec.chips:
        if facts[chip.id] == ON:
            case = plan.case(chip, facts)
            why = case.why if case and case.why else chip.why
            yield Contribution(chip.id, chip.label, plan.weight(chip, facts), why, chip.sources)


def implied(plan: CompiledGuide, facts: Facts) -> float:
    """Return what follows from questions that were not needed."""
    return sum(
        plan.amount(skip)
        for question in plan.spec.questions
        if question.id not in facts
        for skip in question.skip_if
        if holds(skip.when, facts)
    )


def score(plan: CompiledGuide, facts: Facts) -> float:
    """Return the score: negative speaks for the first side, positive for the second."""
    answers = sum(plan.weight(option, facts) for _, option in plan.taken(facts))
    chips = sum(plan.weight(chip, facts) for chip in plan.spec.chips if facts[chip.id] == ON)
    return round(answers + chips + implied(plan, facts), 3)


def exit_strength(plan: CompiledGuide, road: Exit, facts: Facts) -> float:
    """Return how many points speak for this road."""
    total = 0.0
    for lines, points in plan.signs[road.id]:
        for key, options in lines:
            if facts.get(key) not in options:
                break
        else:
            total += points
    return total


def taken_exit(plan: CompiledGuide, facts: Facts) -> Exit | None:
    """Return the road that is taken_exit: the one furthest over its mark."""
    over = [(exit_strength(plan, road, facts) - road.at, -place, road) for place, road in enumerate(plan.spec.exits)]
    best = max(over, default=None)
    return best[2] if best and best[0] >= 0 else None


def exit_is_certain(plan: CompiledGuide, facts: Facts) -> bool:
    """Return whether a road is so clear that nothing more needs to be asked."""
    return any(exit_strength(plan, road, facts) >= road.stop_at for road in plan.spec.exits)


def exits_are_undecided(plan: CompiledGuide, facts: Facts) -> bool:
    """Return whether answers that are still missing could open or close a road."""
    waiting = {question.id for question in plan.open_questions(facts)}
    return any(_could_turn(plan, road, facts, waiting) for road in plan.spec.exits)


def _could_turn(plan: CompiledGuide, road: Exit, facts: Facts, waiting: set[str]) -> bool:
    now = exit_strength(plan, road, facts)
    pending = [
        sign.points
        for sign in road.signs
        if not holds(sign.when, facts) and possible(sign.when, facts) and (sign.when.keys() - facts.keys()) <= waiting
    ]
    if now >= road.at:
        return now + sum(points for points in pending if points < 0) < road.at
    return now + sum(points for points in pending if points > 0) >= road.at


@dataclass(frozen=True, slots=True)
class Result:
    """A result: a side's id, "either" or "neither", and how far to trust it."""

    result: str
    strength: Strength
    score: float
    road: Exit | None = None


def winner(plan: CompiledGuide, points: float) -> str:
    """Return the side that a score speaks for, or "either"."""
    if abs(points) < plan.spec.engine.lean:
        return EITHER
    return plan.sides[1] if points > 0 else plan.sides[0]


def outcome(plan: CompiledGuide, facts: Facts) -> Result:
    """Return the result for what is known, whether or not everything was asked."""
    points = score(plan, facts)
    road = taken_exit(plan, facts)
    if road is not None:
        sure = exit_strength(plan, road, facts) >= road.stop_at
        return Result(NEITHER, Strength.CLEAR if sure else Strength.LEANING, points, road)
    result = winner(plan, points)
    if result == EITHER:
        return Result(result, Strength.TIE, points)
    return Result(result, Strength.CLEAR if abs(points) >= plan.spec.engine.clear else Strength.LEANING, points)
