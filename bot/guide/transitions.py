"""What a button does to a state of the guide, and which question comes next, if any is still worth asking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from bot.guide.compiled_guide import CompiledGuide, Facts, Phase, State
from bot.guide.results import exit_is_certain, exits_are_undecided, score, winner
from bot.knowledge.guide_models import Question

_GRAIN = 100
"""Scores are counted in hundredths, so that sums of fractions meet exactly."""


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


def weights(guide: CompiledGuide, question: Question, facts: Facts) -> tuple[float, ...]:
    """Return the signed points of every option of a question."""
    return tuple(guide.weight(option, facts) for option in question.options)


def swing(guide: CompiledGuide, question: Question, facts: Facts) -> float:
    """Return how much a question is worth asking: how far it can move the score, for those who can answer it."""
    amounts = weights(guide, question, facts)
    return (max(amounts) - min(amounts)) * question.answerability


def steadiness(guide: CompiledGuide, facts: Facts, missing: Iterable[Question]) -> float:
    """Return the share of equally likely answers to the missing questions that keep today's winner."""
    points = score(guide, facts)
    keeps = winner(guide, points)
    spread = _spread(guide, tuple(sorted(weights(guide, question, facts) for question in missing)))
    return sum(share for moved, share in spread.items() if winner(guide, points + moved / _GRAIN) == keeps)


def _spread(guide: CompiledGuide, columns: tuple[tuple[float, ...], ...]) -> dict[int, float]:
    """Return how likely each sum is, taking one number of every column at random."""
    if columns in guide.memory:
        return guide.memory[columns]
    spread = {0: 1.0}
    for column in columns:
        wider: dict[int, float] = {}
        for moved, share in spread.items():
            for amount in column:
                key = moved + round(amount * _GRAIN)
                wider[key] = wider.get(key, 0.0) + share / len(column)
        spread = wider
    guide.memory[columns] = spread
    return spread


def next_question(guide: CompiledGuide, state: State) -> Question | None:
    """Return the question to ask now, or None where the result can be shown."""
    if state.pending:
        return guide.questions.get(state.pending)
    facts = guide.facts(state)
    if state.phase is Phase.DONE or _finished(guide, state, facts):
        return None
    open_questions = guide.open_questions(facts)
    lead = next((question for question in open_questions if question.lead), None)
    if lead:
        return lead
    if not open_questions or _steady(guide, facts, open_questions):
        return None
    waiting = {question.id for question in open_questions}
    free = [question for question in open_questions if question.after not in waiting]
    return max(free, key=lambda question: swing(guide, question, facts), default=None)


def _finished(guide: CompiledGuide, state: State, facts: Facts) -> bool:
    if len(state.asked) >= guide.spec.engine.most or exit_is_certain(guide, facts):
        return True
    return any(option.stop for _, option in guide.taken(facts))


def _steady(guide: CompiledGuide, facts: Facts, missing: list[Question]) -> bool:
    """Whether asking on is hardly worth it: no answer, or hardly any, would change the result."""
    answered = sum(1 for _ in guide.taken(facts))
    share = steadiness(guide, facts, missing)
    enough = share >= guide.spec.engine.likely if answered >= guide.spec.engine.finish_after else share >= 1 - 1e-9
    return enough and not exits_are_undecided(guide, facts)


class UnknownAnswerError(ValueError):
    """An answer to a question, or an option, that the guide does not have; the message lists what it has."""


def check(guide: CompiledGuide, answers: Mapping[str, str]) -> None:
    """Make sure that the guide has these questions and options.

    Raises:
        UnknownAnswerError: it has not.
    """
    for key, option in answers.items():
        question = guide.questions.get(key)
        if question is None:
            raise UnknownAnswerError(f"there is no question {key!r}; the questions are {', '.join(guide.questions)}")
        if option not in question.by_id:
            raise UnknownAnswerError(f"{key!r} has no option {option!r}; its options are {', '.join(question.by_id)}")


def run(guide: CompiledGuide, state: State, answers: Mapping[str, str]) -> State:
    """Answer every question that the guide asks from `answers`, with its fallback where they are silent."""
    question = next_question(guide, state)
    while question is not None:
        state = state.answered(question.id, answers.get(question.id, question.fallback))
        question = next_question(guide, state)
    return state
