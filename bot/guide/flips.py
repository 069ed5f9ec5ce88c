"""What would change a result: every single answer that, given differently, leads elsewhere."""

from __future__ import annotations

from bot.guide.conditions import Facts
from bot.guide.outcome import Outcome, outcome
from bot.guide.plan import EITHER, NEITHER, Plan
from bot.knowledge.guide_models import Option, Question
from bot.replies import Flip, OpenPoint


def result_name(plan: Plan, side_names: dict[str, str], result: str) -> str:
    """Return how a result is called."""
    return {EITHER: plan.spec.either, NEITHER: plan.spec.neither}.get(result) or side_names[result]


def flips(plan: Plan, facts: Facts, names: dict[str, str]) -> tuple[Flip, ...]:
    """Return every change of one definite answer that leads to another result, the smallest change first."""
    now = outcome(plan, facts)
    found = [
        _flip(question, option, result_name(plan, names, then.result), then, now)
        for question, taken in plan.taken(facts)
        if not taken.unsure
        for option in question.options
        if option is not taken and not option.unsure
        for then in [outcome(plan, plan.supposing(facts, question.id, option.id))]
        if then.result != now.result
    ]
    return tuple(sorted(found, key=lambda flip: abs(flip.change)))


def _flip(question: Question, option: Option, name: str, then: Outcome, now: Outcome) -> Flip:
    change = round(then.score - now.score, 3)
    return Flip(question.id, question.ask, option.id, option.label, then.result, name, change)


def open_points(plan: Plan, facts: Facts) -> tuple[OpenPoint, ...]:
    """Return what nobody knew, and what was not asked though it could change the result."""
    now = outcome(plan, facts).result
    unsure = {question.id for question, option in plan.taken(facts) if option.unsure}
    points = []
    for question in plan.spec.questions:
        if question.id in unsure or (question.id not in facts and plan.applies(question, facts)):
            turns = any(_result(plan, facts, question.id, o.id) != now for o in question.options)
            if turns or question.id in unsure:
                points.append(OpenPoint(question.id, question.ask, turns))
    return tuple(points)


def _result(plan: Plan, facts: Facts, question: str, option: str) -> str:
    return outcome(plan, plan.supposing(facts, question, option)).result
