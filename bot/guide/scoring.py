"""From answers to a score: what pulls to which side, and how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.guide.conditions import Facts, holds
from bot.guide.plan import Plan
from bot.knowledge.guide_evidence import ON


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


def contributions(plan: Plan, facts: Facts) -> Iterator[Contribution]:
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


def implied(plan: Plan, facts: Facts) -> float:
    """Return what follows from questions that were not needed."""
    return sum(
        plan.amount(skip)
        for question in plan.spec.questions
        if question.id not in facts
        for skip in question.skip_if
        if holds(skip.when, facts)
    )


def score(plan: Plan, facts: Facts) -> float:
    """Return the score: negative speaks for the first side, positive for the second."""
    answers = sum(plan.weight(option, facts) for _, option in plan.taken(facts))
    chips = sum(plan.weight(chip, facts) for chip in plan.spec.chips if facts[chip.id] == ON)
    return round(answers + chips + implied(plan, facts), 3)
