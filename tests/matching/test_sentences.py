"""Messages of several sentences: which of them ask, and what a story is about."""

from __future__ import annotations

import pytest

from bot.advisor import Advisor
from bot.matching import Decision, Matcher
from bot.matching.message import sentences
from bot.replies import Answer, Answers


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("we run a shop. how do i deploy it", ["how do i deploy it"]),
        ("we run a shop, will grow, should be private", []),
        ("when my father was ill they let me work at home. now what?", ["now what"]),
        ("what i need is a form. the docs, which is new to me, say nothing", []),
        ("it is slow. which one is faster", ["which one is faster"]),
        ("i wrote a view, where do i put the files, and which database should i use", 2),
        ("is it fast and how do i deploy it", ["is it fast", "how do i deploy it"]),
        ("orders can be edited. are shipped at night. would you cache them", ["would you cache them"]),
        ("why not? what about it? who is it from", ["why not", "what about it", "who is it from"]),
    ],
)
def test_which_sentences_ask(text: str, asking: list[str] | int) -> None:
    found = sentences(text).asking

    assert len(found) == asking if isinstance(asking, int) else list(found) == asking


STORY = (
    "Hi all, long one, sorry. My grandmother left me her caravan and two boxes of crockery. We drove it to the lake on "
    "friday, the neighbours brought cake and a green kettle, and somebody spilled milk on the map. The weather was "
    "awful, so we sat inside and argued about shops and prices and the best biscuits until midnight. {question} "
    "Anyway, greetings from the rain, and my brother says hello to everybody who remembers the dog."
)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How much caffeine is in a cup of coffee?", "caffeine"),
        ("how should I store tea?", "storage"),
    ],
)
def test_the_sentence_that_asks_decides_in_a_story(matcher: Matcher, question: str, topic: str) -> None:
    reading = matcher.read(STORY.format(question=question))

    assert reading.outcome is Decision.ANSWER
    assert reading.ranked[0].topic == topic


def test_a_story_that_asks_about_something_else_is_not_answered(matcher: Matcher) -> None:
    reading = matcher.read(STORY.format(question="Which tyres does such a caravan need in winter?"))

    assert reading.outcome is not Decision.ANSWER


def test_a_quoted_question_is_read_where_hardly_anything_is_said_about_it(matcher: Matcher) -> None:
    quoted = "> hello, how much caffeine is in a cup of coffee?"

    reading = matcher.read(f"{quoted}\n\nposting for my colleague, I told him lots")

    assert reading.outcome is Decision.ANSWER
    assert reading.ranked[0].topic == "caffeine"


ROWS = "Our table has 40 million rows, and last week a migration was started by three containers at once. "


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            ROWS + "How do you add a big index without locking the table? And where do you run migrations in a deploy?",
            ["migrations/index-concurrently", "migrations/at-deploy"],
        ),
        (ROWS + "How do you add a big index without locking the table?", ["migrations/index-concurrently"]),
        ("What does the T in MTV stand for, and is it MVC?", ["mvc/what-is-mtv"]),
    ],
    ids=["two questions", "one question", "a short message"],
)
def test_what_else_a_story_asks_is_answered_besides(shipped_advisor: Advisor, text: str, asked: list[str]) -> None:
    reply = shipped_advisor.ask(text).reply

    parts = reply.parts if isinstance(reply, Answers) else [reply]
    assert [f"{part.topic}/{part.question}" for part in parts if isinstance(part, Answer)] == asked
