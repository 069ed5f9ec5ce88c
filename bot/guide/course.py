"""Which question comes next, and when to stop asking."""

from __future__ import annotations

from bot.guide import exits
from bot.guide.conditions import Facts
from bot.guide.outlook import steadiness, swing
from bot.guide.plan import Plan
from bot.guide.state import Phase, State
from bot.knowledge.guide_models import Question


def next_question(plan: Plan, state: State) -> Question | None:
    """Return the question to ask now, or None where the result can be shown."""
    if state.pending:
        return plan.questions.get(state.pending)
    facts = plan.facts(state)
    if state.phase is Phase.DONE or _finished(plan, state, facts):
        return None
    open_questions = plan.open_questions(facts)
    lead = next((question for question in open_questions if question.lead), None)
    if lead:
        return lead
    if not open_questions or _steady(plan, facts, open_questions):
        return None
    waiting = {question.id for question in open_questions}
    free = [question for question in open_questions if question.after not in waiting]
    return max(free, key=lambda question: swing(plan, question, facts), default=None)


def _finished(plan: Plan, state: State, facts: Facts) -> bool:
    if len(state.asked) >= plan.spec.engine.most or exits.certain(plan, facts):
        return True
    return any(option.stop for _, option in plan.taken(facts))


def _steady(plan: Plan, facts: Facts, missing: list[Question]) -> bool:
    """Whether asking on is hardly worth it: no answer, or hardly any, would change the result."""
    answered = sum(1 for _ in plan.taken(facts))
    share = steadiness(plan, facts, missing)
    enough = share >= plan.spec.engine.likely if answered >= plan.spec.engine.finish_after else share >= 1 - 1e-9
    return enough and not exits.undecided(plan, facts)
