"""The answers of a state, as a reader sees them."""

from __future__ import annotations

from bot.guide.plan import Plan
from bot.guide.state import State
from bot.replies import Given


def given(plan: Plan, state: State) -> tuple[Given, ...]:
    """Return the answers so far, in the order in which they were given."""
    return tuple(_given(plan, key, option, place < state.read) for place, (key, option) in enumerate(state.answers))


def _given(plan: Plan, key: str, option: str, from_text: bool) -> Given:
    question = plan.questions[key]
    chosen = question.by_id[option]
    return Given(key, question.ask, option, chosen.label, from_text, chosen.unsure)
