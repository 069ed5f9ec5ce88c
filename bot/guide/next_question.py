"""Which question comes next, and whether any is still worth asking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.guide import scoring
from bot.guide.compiled_guide import CompiledGuide, Facts, Phase, State
from bot.guide.scoring import score, winner
from bot.knowledge.guide_models import Question

_GRAIN = 100
"""Scores are counted in hundredths, so that sums of fractions meet exactly."""


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
    if len(state.asked) >= guide.spec.engine.most or scoring.exit_is_certain(guide, facts):
        return True
    return any(option.stop for _, option in guide.taken(facts))


def _steady(guide: CompiledGuide, facts: Facts, missing: list[Question]) -> bool:
    """Whether asking on is hardly worth it: no answer, or hardly any, would change the result."""
    answered = sum(1 for _ in guide.taken(facts))
    share = steadiness(guide, facts, missing)
    enough = share >= guide.spec.engine.likely if answered >= guide.spec.engine.finish_after else share >= 1 - 1e-9
    return enough and not scoring.exits_are_undecided(guide, facts)


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
