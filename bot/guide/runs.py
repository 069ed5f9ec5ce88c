"""Answers that arrive all at once, instead of one press at a time."""

from __future__ import annotations

from collections.abc import Mapping

from bot.guide.course import next_question
from bot.guide.plan import Plan
from bot.guide.state import State


class UnknownAnswerError(ValueError):
    """An answer to a question, or an option, that the guide does not have; the message lists what it has."""


def check(plan: Plan, answers: Mapping[str, str]) -> None:
    """Make sure that the guide has these questions and options.

    Raises:
        UnknownAnswerError: it has not.
    """
    for key, option in answers.items():
        question = plan.questions.get(key)
        if question is None:
            raise UnknownAnswerError(f"there is no question {key!r}; the questions are {', '.join(plan.questions)}")
        if option not in question.by_id:
            raise UnknownAnswerError(f"{key!r} has no option {option!r}; its options are {', '.join(question.by_id)}")


def run(plan: Plan, state: State, answers: Mapping[str, str]) -> State:
    """Answer every question that the guide asks from `answers`, with its fallback where they are silent."""
    question = next_question(plan, state)
    while question is not None:
        state = state.answered(question.id, answers.get(question.id, question.fallback))
        question = next_question(plan, state)
    return state
