"""The answers of a state, as a reader sees them."""

from __future__ import annotations

from bot.guide.plan import Plan
from bot.guide.state import State
from bot.replies import Given


def given(plan: Plan, state: State) -> tuple[Given, ...]:
    """Return the answers so far, in the order in which they were given."""
    return tuple(
        Given(key, plan.questions[key].ask, option, plan.questions[key].by_id[option].label, place < state.read)
        for place, (key, option) in enumerate(state.answers)
    )
