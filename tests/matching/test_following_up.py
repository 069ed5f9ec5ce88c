"""How messages are read against what was said before them."""

from __future__ import annotations

import pytest

from bot.context import Context
from bot.matching import Decision, Matcher

AFTER_CAFFEINE = Context(topic="caffeine", side="tea")


@pytest.mark.parametrize(
    "text",
    ["and coffee?", "coffee?", "what about coffee", "coffee as well?", "same for coffee", "does coffee have it too?"],
)
def test_a_message_that_only_names_a_side_keeps_the_topic(matcher: Matcher, text: str) -> None:
    reading = matcher.read(text, AFTER_CAFFEINE)
    assert (reading.outcome, reading.ranked[0].topic, reading.side) == (Decision.ANSWER, "caffeine", "coffee")


@pytest.mark.parametrize("text", ["why?", "tell me more", "how come"])
def test_asking_for_more_keeps_topic_and_side(matcher: Matcher, text: str) -> None:
    reading = matcher.read(text, AFTER_CAFFEINE)
    assert (reading.ranked[0].topic, reading.side) == ("caffeine", "tea")


def test_the_other_one_turns_the_side(matcher: Matcher) -> None:
    assert matcher.read("and the other one?", AFTER_CAFFEINE).side == "coffee"


def test_a_new_topic_keeps_the_side(matcher: Matcher) -> None:
    reading = matcher.read("what about storage?", AFTER_CAFFEINE)
    assert (reading.ranked[0].topic, reading.side) == ("storage", "tea")


def test_a_question_that_stands_for_itself_ignores_the_context(matcher: Matcher) -> None:
    reading = matcher.read("how long does coffee stay fresh in a tin", AFTER_CAFFEINE)
    assert (reading.ranked[0].topic, reading.side) == ("storage", "coffee")


def test_asking_what_a_side_is_ignores_the_context(matcher: Matcher) -> None:
    assert matcher.read("what is coffee", AFTER_CAFFEINE).ranked[0].topic == "what-is-coffee"


def test_a_follow_up_about_something_else_stays_unknown(matcher: Matcher) -> None:
    assert matcher.read("no I mean the movie", Context(topic="what-is-tea", side="tea")).outcome is not Decision.ANSWER


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("2", "storage"),
        ("#2", "storage"),
        ("the second one", "storage"),
        ("first", "brewing"),
        ("option 3", "price"),
        ("the last one please", "price"),
    ],
)
def test_a_number_picks_a_suggestion(matcher: Matcher, text: str, topic: str) -> None:
    reading = matcher.read(text, Context(suggested=("brewing", "storage", "price")))
    assert (reading.outcome, reading.ranked[0].topic) == (Decision.ANSWER, topic)


def test_a_number_beyond_the_suggestions_picks_nothing(matcher: Matcher) -> None:
    assert matcher.read("4", Context(suggested=("brewing", "storage"))).outcome is not Decision.ANSWER


def test_a_topic_that_is_gone_is_no_context(matcher: Matcher) -> None:
    assert matcher.read("why?", Context(topic="removed")).outcome is not Decision.ANSWER
