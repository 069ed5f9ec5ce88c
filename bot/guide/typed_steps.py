"""What a typed line does where the guide waits: answer, steer, tell more, or leave."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.guide.compiled_guide import CompiledGuide
from bot.guide.description import DescriptionReader
from bot.guide.next_question import next_question
from bot.guide.state import Phase, State
from bot.guide.transitions import back, change, choose, onward
from bot.guide.typed_answers import TypedAnswers
from bot.knowledge.guide_models import Question

WHAT_IS_WRONG = "Which of these should I change?"
VAGUE = "Which of these is closest?"
ONE_ONLY = "One of these, please: the one that matters more. If you can\u2019t tell, say \u201cnot sure\u201d."
NOTHING_YET = "I can\u2019t recommend anything before you have told me something. One answer is enough to begin with."
NO_SUCH_ANSWER = "You have not given so many answers yet. Which of these should I change?"
NOTED = "Noted: {}."


@dataclass(frozen=True, slots=True)
class TypedStep:
    """Where a typed line leads."""

    state: State
    notice: str | None = None
    shows_answers: bool = False
    """Whether the answers so far are shown, to change one, instead of what comes next."""
    leaves: bool = False
    """Whether the person wants no more of it."""


@dataclass(frozen=True)
class TypedSteps:
    """Steps through the guide by typed lines."""

    guide: CompiledGuide
    understanding: DescriptionReader
    typed: TypedAnswers

    def after(self, state: State, text: str) -> TypedStep | None:
        """Return where a typed line leads; None where it is neither an answer nor a command."""
        question = self._waiting(state)
        if question and self.typed.several(text):
            return TypedStep(state, ONE_ONLY)
        option = self.typed.option(question, text) if question else None
        if question and option:
            return TypedStep(choose(self.guide, self._noted(state, question, text), question.id, option.id))
        return self._commanded(state, question, text) or self._told(state, question, text)

    def steered(self, state: State, text: str) -> TypedStep | None:
        """Return where a command leads once the result stands; None where the line is none."""
        if self.typed.command(text) in ("back", "restart", "answers") or self.typed.changed(text):
            return self._commanded(state, None, text)
        return None

    def _waiting(self, state: State) -> Question | None:
        """Return the question that waits for an answer; none where what was read waits to be confirmed."""
        reviewing = state.phase is Phase.REVIEW and not state.pending
        return None if reviewing else next_question(self.guide, state)

    def _noted(self, state: State, question: Question, text: str) -> State:
        """Take along what a longer answer says about other questions."""
        said = self.understanding.said(text).items()
        return state.with_read(tuple(pair for pair in said if pair[0] != question.id))

    def _told(self, state: State, question: Question | None, text: str) -> TypedStep | None:
        """Take what a line tells of the project though something else was asked; what was known may change by it."""
        tells = not self.understanding.asks(text) or self.understanding.describes(text)
        said = self.understanding.said(text) if tells else {}
        new = {key: option for key, option in said.items() if state.option(key) != option}
        if not new:
            return None
        kept = state
        for key in new:
            kept = kept.without(key)
        facts = self.guide.facts(replace(kept, answers=(*kept.answers, *new.items())))
        told = kept.with_read(tuple((key, option) for key, option in new.items() if key in facts))
        labels = (self.guide.questions[key].by_id[option].label for key, option in new.items())
        return TypedStep(told, NOTED.format(", ".join(labels)) if question else None)

    def _commanded(self, state: State, question: Question | None, text: str) -> TypedStep | None:
        number = self.typed.changed(text)
        if number:
            return self._changed(state, number)
        match self.typed.command(text):
            case "back":
                return TypedStep(back(state))
            case "restart":
                return TypedStep(State(owner=state.owner, team=state.team))
            case "cancel":
                return TypedStep(state, leaves=True)
            case "answers" if state.answers:
                return TypedStep(state, WHAT_IS_WRONG, shows_answers=True)
            case "finish":
                return self._finished(state)
            case "start":
                return TypedStep(state)
            case "unsure" if question:
                return TypedStep(choose(self.guide, state, question.id, question.fallback))
            case command:
                return self._agreed(state, question, command)

    def _agreed(self, state: State, question: Question | None, command: str | None) -> TypedStep | None:
        """Return where a yes or a no leads: on from a review; nowhere where more than that was asked."""
        if command in ("go", "unsure") and not question:
            return TypedStep(onward(state))
        if command in ("go", "no"):
            return TypedStep(state, VAGUE if question else WHAT_IS_WRONG)
        return None

    def _finished(self, state: State) -> TypedStep:
        done = replace(state, phase=Phase.DONE, pending=None)
        return TypedStep(state, NOTHING_YET) if self.is_too_early(state) else TypedStep(done)

    def is_too_early(self, state: State) -> bool:
        """Return whether a result would be made of no answers; whoever was told so before may have it."""
        return state.phase is not Phase.DONE and not self.guide.knows_anything(state)

    def _changed(self, state: State, number: int) -> TypedStep:
        if number > len(state.answers):
            return TypedStep(state, NO_SUCH_ANSWER if state.answers else None, shows_answers=bool(state.answers))
        return TypedStep(change(self.guide, state, state.answers[number - 1][0]))
