"""What would change a result: every single answer that, given differently, leads elsewhere."""

from __future__ import annotations

from bot.guide.outcome import Outcome, outcome
from bot.guide.plan import EITHER, NEITHER, Plan
from bot.guide.state import State
from bot.knowledge.guide_models import Option, Question
from bot.replies import Flip, OpenPoint


def result_name(plan: Plan, side_names: dict[str, str], result: str) -> str:
    """Return how a result is called."""
    return {EITHER: plan.spec.either, NEITHER: plan.spec.neither}.get(result) or side_names[result]


def after(plan: Plan, state: State, question: str, option: str) -> Outcome:
    """Return the result if this one question were answered so, and the others as they are."""
    return outcome(plan, plan.facts(state.answered(question, option)))


def flips(plan: Plan, state: State, names: dict[str, str]) -> tuple[Flip, ...]:
    """Return every change of one definite answer that leads to another result, the smallest change first."""
    facts = plan.facts(state)
    now = outcome(plan, facts)
    found = [
        _flip(question, option, result_name(plan, names, then.result), then, now)
        for question, taken in plan.taken(facts)
        if not taken.unsure
        for option in question.options
        if option is not taken and not option.unsure
        for then in [after(plan, state, question.id, option.id)]
        if then.result != now.result
    ]
    return tuple(sorted(found, key=lambda flip: abs(flip.change)))


def _flip(question: Question, option: Option, name: str, then: Outcome, now: Outcome) -> Flip:
    change = round(then.score - now.score, 3)
    return Flip(question.id, question.ask, option.id, option.label, then.result, name, change)


def open_points(plan: Plan, state: State) -> tuple[OpenPoint, ...]:
    """Return what nobody knew, and what was not asked though it could change the result."""
    facts = plan.facts(state)
    now = outcome(plan, facts).result
    unsure = {question.id for question, option in plan.taken(facts) if option.unsure}
    points = []
    for question in plan.spec.questions:
        if question.id in unsure or (question.id not in facts and plan.applies(question, facts)):
            turns = any(after(plan, state, question.id, o.id).result != now for o in question.options)
            if turns or question.id in unsure:
                points.append(OpenPoint(question.id, question.ask, turns))
    return tuple(points)
