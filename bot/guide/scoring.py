"""From answers to points, and from points to a result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.guide.compiled_guide import EITHER, NEITHER, CompiledGuide, Facts, holds, possible
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


def contributions(guide: CompiledGuide, facts: Facts) -> Iterator[Contribution]:
    """Yield what every answer and every circumstance says, in the order of the guide."""
    for question, option in guide.taken(facts):
        case = guide.case(option, facts)
        why = case.why if case and case.why else option.why
        yield Contribution(question.id, option.label, guide.weight(option, facts), why, option.sources)
    for chip in guide.spec.chips:
        if facts[chip.id] == ON:
            case = guide.case(chip, facts)
            why = case.why if case and case.why else chip.why
            yield Contribution(chip.id, chip.label, guide.weight(chip, facts), why, chip.sources)


def implied(guide: CompiledGuide, facts: Facts) -> float:
    """Return what follows from questions that were not needed."""
    return sum(
        guide.amount(skip)
        for question in guide.spec.questions
        if question.id not in facts
        for skip in question.skip_if
        if holds(skip.when, facts)
    )


def score(guide: CompiledGuide, facts: Facts) -> float:
    """Return the score: negative speaks for the first side, positive for the second."""
    answers = sum(guide.weight(option, facts) for _, option in guide.taken(facts))
    chips = sum(guide.weight(chip, facts) for chip in guide.spec.chips if facts[chip.id] == ON)
    return round(answers + chips + implied(guide, facts), 3)


def exit_strength(guide: CompiledGuide, exit_: Exit, facts: Facts) -> float:
    """Return how many points speak for this exit."""
    total = 0.0
    for lines, points in guide.signs[exit_.id]:
        for key, options in lines:
            if facts.get(key) not in options:
                break
        else:
            total += points
    return total


def taken_exit(guide: CompiledGuide, facts: Facts) -> Exit | None:
    """Return the exit that is taken: the one furthest over its mark."""
    over = [
        (exit_strength(guide, exit_, facts) - exit_.at, -place, exit_) for place, exit_ in enumerate(guide.spec.exits)
    ]
    best = max(over, default=None)
    return best[2] if best and best[0] >= 0 else None


def exit_is_certain(guide: CompiledGuide, facts: Facts) -> bool:
    """Return whether an exit is so clear that nothing more needs to be asked."""
    return any(exit_strength(guide, exit_, facts) >= exit_.stop_at for exit_ in guide.spec.exits)


def exits_are_undecided(guide: CompiledGuide, facts: Facts) -> bool:
    """Return whether answers that are still missing could open or close an exit."""
    waiting = {question.id for question in guide.open_questions(facts)}
    return any(_could_turn(guide, exit_, facts, waiting) for exit_ in guide.spec.exits)


def _could_turn(guide: CompiledGuide, exit_: Exit, facts: Facts, waiting: set[str]) -> bool:
    now = exit_strength(guide, exit_, facts)
    pending = [
        sign.points
        for sign in exit_.signs
        if not holds(sign.when, facts) and possible(sign.when, facts) and (sign.when.keys() - facts.keys()) <= waiting
    ]
    if now >= exit_.at:
        return now + sum(points for points in pending if points < 0) < exit_.at
    return now + sum(points for points in pending if points > 0) >= exit_.at


@dataclass(frozen=True, slots=True)
class Result:
    """A result: a side's id, "either" or "neither", and how far to trust it."""

    result: str
    strength: Strength
    score: float
    exit_: Exit | None = None


def winner(guide: CompiledGuide, points: float) -> str:
    """Return the side that a score speaks for, or "either"."""
    if abs(points) < guide.spec.engine.lean:
        return EITHER
    return guide.sides[1] if points > 0 else guide.sides[0]


def outcome(guide: CompiledGuide, facts: Facts) -> Result:
    """Return the result for what is known, whether or not everything was asked."""
    points = score(guide, facts)
    exit_ = taken_exit(guide, facts)
    if exit_ is not None:
        sure = exit_strength(guide, exit_, facts) >= exit_.stop_at
        return Result(NEITHER, Strength.CLEAR if sure else Strength.LEANING, points, exit_)
    return by_points(guide, points)


def by_points(guide: CompiledGuide, points: float) -> Result:
    """Return the result that a score stands for, where no exit is taken."""
    result = winner(guide, points)
    if result == EITHER:
        return Result(result, Strength.TIE, points)
    return Result(result, Strength.CLEAR if abs(points) >= guide.spec.engine.clear else Strength.LEANING, points)
