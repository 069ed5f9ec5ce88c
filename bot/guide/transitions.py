"""What a button does to a state of the guide."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import (
    GuideAction,
    GuideBack,
    GuideChange,
    GuideChoose,
    GuideCircumstance,
    GuideFinish,
    GuideGo,
    GuideRestart,
)
from bot.guide.compiled_guide import CompiledGuide, Phase, State


class GoneError(LookupError):
    """A press for a question, an option or a circumstance that the guide does not have any more."""


def step(guide: CompiledGuide, state: State, press: GuideAction) -> State:
    """Return the state after a press; saving a record leaves it as it is.

    Raises:
        GoneError: the guide does not have what was pressed.
    """
    match press:
        case GuideChoose(question=question, option=option):
            return choose(guide, state, question, option)
        case GuideBack():
            return back(state)
        case GuideChange(question=question):
            return change(guide, state, question)
        case GuideRestart():
            return State(owner=state.owner, team=state.team)
        case GuideFinish():
            return replace(state, phase=Phase.DONE, pending=None)
        case GuideGo():
            return onward(state)
        case GuideCircumstance(chip=chip):
            return toggle(guide, state, chip)
        case _:
            return state


def choose(guide: CompiledGuide, state: State, question: str, option: str) -> State:
    """Take an answer, and drop those that make no sense any more.

    Raises:
        GoneError: there is no such option.
    """
    if question not in guide.questions or option not in guide.questions[question].by_id:
        raise GoneError(question)
    chosen = state.answered(question, option)
    facts = guide.facts(chosen)
    for key, _ in chosen.answers:
        if key not in facts:
            chosen = chosen.without(key)
    return replace(chosen, pending=_follow_up(guide, chosen, question)) if state.phase is Phase.DONE else chosen


def _follow_up(guide: CompiledGuide, state: State, changed: str) -> str | None:
    """Return the question that a changed answer has made necessary, though the result was shown before."""
    facts = guide.facts(state)
    return next((q.id for q in guide.open_questions(facts) if changed in q.needs), None)


def change(guide: CompiledGuide, state: State, question: str) -> State:
    """Ask one question again.

    Raises:
        GoneError: there is no such question.
    """
    if question not in guide.questions:
        raise GoneError(question)
    return replace(state, pending=question)


def back(state: State) -> State:
    """Undo the latest step: leave a change, or take the latest answer back."""
    if state.pending:
        return replace(state, pending=None)
    if not state.asked:
        return replace(state, phase=Phase.REVIEW if state.answers else Phase.ASKING)
    return replace(state, answers=state.answers[:-1], phase=Phase.ASKING)


def toggle(guide: CompiledGuide, state: State, chip: str) -> State:
    """Put a circumstance on or off; the result is shown again.

    Raises:
        GoneError: there is no such circumstance.
    """
    if chip not in guide.chips:
        raise GoneError(chip)
    return replace(state.toggled(chip), phase=Phase.DONE, pending=None)


def onward(state: State) -> State:
    """Go on from the answers: to the next question, or back to the result where it was shown."""
    return replace(state, pending=None, phase=Phase.ASKING if state.phase is Phase.REVIEW else state.phase)
