"""What a typed line does to a state."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.guide.course import next_question
from bot.guide.plan import Plan
from bot.guide.state import Phase, State
from bot.guide.steps import back, choose, onward
from bot.guide.typed import Typed
from bot.guide.understanding import Understanding
from bot.knowledge.guide_models import Question


@dataclass(frozen=True)
class Messages:
    """Steps through the guide by typed lines."""

    plan: Plan
    understanding: Understanding
    typed: Typed

    def after(self, state: State, text: str) -> State | None:
        """Return the state after a typed line; None where it is neither an answer nor a command."""
        reviewing = state.phase is Phase.REVIEW and not state.pending
        question = None if reviewing else next_question(self.plan, state)
        option = self.typed.option(question, text) if question else None
        if question and option:
            return choose(self.plan, self._noted(state, question, text), question.id, option.id)
        return self._commanded(state, question, text)

    def vague(self, state: State, text: str) -> bool:
        """Return whether a line agrees or declines where more than that was asked."""
        return self.typed.command(text) in ("go", "no") and next_question(self.plan, state) is not None

    def _noted(self, state: State, question: Question, text: str) -> State:
        """Take along what a longer answer says about other questions."""
        said = self.understanding.said(text).items()
        return state.with_read(tuple(pair for pair in said if pair[0] != question.id))

    def _commanded(self, state: State, question: Question | None, text: str) -> State | None:
        match self.typed.command(text):
            case "back":
                return back(state)
            case "restart":
                return State(owner=state.owner)
            case "finish" if state.answers:
                return replace(state, phase=Phase.DONE, pending=None)
            case "unsure" if question:
                return choose(self.plan, state, question.id, question.fallback)
            case "go" if state.phase is Phase.REVIEW or not question:
                return onward(state)
            case _:
                return None
