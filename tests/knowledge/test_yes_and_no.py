"""Answers that begin with Yes or No, asked in both directions: the word must not stand where it would be false."""

from __future__ import annotations

import pytest

from bot.answers import specific_lead
from bot.knowledge import load
from bot.knowledge.models import TopicQuestion
from bot.matching.question_form import QuestionForm, form_of, is_turned_round
from tests.matching.conftest import SHIPPED

KNOWLEDGE = load(SHIPPED)
NAMES = {side.id: side.name for side in KNOWLEDGE.about.sides}
WORDS = ("Yes", "No")
BOTH_WAYS = {
    "admin/sqlalchemy-models": (
        "does the django admin work with sqlalchemy models?",
        "does the django admin not work with sqlalchemy models?",
    ),
    "concurrency/row-lock-on-sqlite": (
        "does select_for_update() work on sqlite?",
        "is select_for_update() useless on sqlite?",
    ),
    "deployment/dotenv-in-django": ("does django read a .env file by itself?", "does django not read a .env file?"),
    "migrations/choices-changed": (
        "does a change of choices need a migration?",
        "can I change choices without a migration?",
    ),
    "debugging/console-in-the-browser": (
        "can i run python in the error page", "is it impossible to run python in the error page",
    ),
    "dev-server/included": ("does flask include a web server", "does flask lack a web server"),
    "using-both/flask-inside-django": ("does django need flask", "can django run without flask"),
    "wsgi/both-wsgi": ("do both support wsgi", "do both work without wsgi"),
}  # fmt: skip
"""By question: asked one way, as the answer's Yes or No is meant, and the other way round."""


def texts(question: TopicQuestion) -> dict[str | None, str]:
    """Return the answer (None) and what holds for the sides."""
    return {None: question.answer, **question.sides}


def begins(text: str) -> bool:
    """Return whether a text begins with a Yes or No on its own."""
    return text.startswith(tuple(f"{word}{mark}" for word in WORDS for mark in ",.:;!"))


QUESTIONS = {f"{topic.id}/{each.id}": each for topic in KNOWLEDGE.topics.values() for each in topic.questions}
FIXED = {key: each for key, each in QUESTIONS.items() if any(map(begins, texts(each).values()))}


def lead(question: TopicQuestion, side: str | None, message: str, wording: str) -> str:
    fits = form_of(message) is QuestionForm.YES_NO and not is_turned_round(message, wording)
    return specific_lead(question, side, NAMES, fits=fits).text


def test_every_answer_with_yes_or_no_is_asked_both_ways() -> None:
    assert sorted(FIXED) == sorted(BOTH_WAYS), "write how to ask it the other way round, or begin without Yes and No"


@pytest.mark.parametrize("key", sorted(BOTH_WAYS))
def test_yes_or_no_stands_only_where_it_is_meant(key: str) -> None:
    asked, other_way = BOTH_WAYS[key]
    question = FIXED[key]

    assert asked in (each.casefold() for each in question.ask)
    for side, text in texts(question).items():
        assert lead(question, side, asked, asked) == text
        assert not begins(lead(question, side, other_way, asked))


def test_nobody_asks_the_other_way_round_among_the_ways_of_asking() -> None:
    for key, (asked, _) in BOTH_WAYS.items():
        closed = [ask.casefold() for ask in FIXED[key].ask if form_of(ask.casefold()) is QuestionForm.YES_NO]
        assert [ask for ask in closed if is_turned_round(ask.replace(" too", ""), asked)] == [], key


def test_a_no_that_belongs_to_its_sentence_stays() -> None:
    for question in QUESTIONS.values():
        for side, text in texts(question).items():
            assert begins(text) or specific_lead(question, side, NAMES, fits=False).text == text
