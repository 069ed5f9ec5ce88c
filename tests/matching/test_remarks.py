"""Short messages that ask nothing, and messages in other languages."""

from __future__ import annotations

import pytest

from bot.context import Context
from bot.matching import Decision, Matcher
from bot.matching.interpretation import Remark
from bot.matching.message import plain, words
from bot.matching.out_of_scope import is_foreign
from bot.matching.remarks import about_the_answer


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("l", Remark.NOTHING),
        ("42", Remark.NOTHING),
        ("x y", Remark.NOTHING),
        ("huh?", Remark.LOST),
        ("idk", Remark.UNDECIDED),
        ("I don't know", Remark.UNDECIDED),
        ("cancel", Remark.STOP),
        ("never mind", Remark.STOP),
        ("lol", Remark.NOTED),
        ("hahaha", Remark.NOTED),
        ("ok cool", Remark.NOTED),
        ("wie lange hält sich der kaffee", Remark.FOREIGN),
    ],
)
def test_what_asks_nothing_gets_no_answer(matcher: Matcher, text: str, remark: Remark) -> None:
    reading = matcher.read(text)
    assert (reading.outcome, reading.remark) == (Decision.EMPTY, remark)


@pytest.mark.parametrize(("text", "topic"), [("menu", "help"), ("faq", "help"), ("perfect", "thank-you")])
def test_some_remarks_have_a_topic(matcher: Matcher, text: str, topic: str) -> None:
    assert matcher.read(text).ranked[0].topic == topic


def test_no_turns_suggestions_down_and_yes_takes_the_only_one(matcher: Matcher) -> None:
    assert matcher.read("no", Context(suggested=("storage",))).remark is Remark.NONE_OF_THESE
    assert matcher.read("yes", Context(suggested=("storage",))).ranked[0].topic == "storage"
    assert matcher.read("yes", Context(suggested=("storage", "price"))).remark is Remark.NOTED


def test_who_is_lost_after_an_answer_gets_more_of_it(matcher: Matcher) -> None:
    reading = matcher.read("huh?", Context(topic="caffeine", side="tea"))
    assert (reading.continues, reading.ranked[0].topic) == (True, "caffeine")


@pytest.mark.parametrize(("text", "topic"), [("tea", "what-is-tea"), ("Coffee?", "what-is-coffee")])
def test_a_bare_side_goes_to_the_topic_that_tells_what_it_is(matcher: Matcher, text: str, topic: str) -> None:
    assert matcher.read(text).ranked[0].topic == topic


def test_all_sides_alone_without_an_overview_get_the_topics(matcher: Matcher) -> None:
    assert matcher.read("both").remark is Remark.TOPICS


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("source?", Remark.SOURCES),
        ("got a link for that?", Remark.SOURCES),
        ("where did you get that from", Remark.SOURCES),
        ("short version please", Remark.SHORTER),
        ("tldr", Remark.SHORTER),
        ("is it open source", None),
        ("in short, what is tea", None),
    ],
)
def test_what_is_wanted_of_the_last_answer(text: str, wish: Remark | None) -> None:
    assert about_the_answer(text) is wish


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("was ist flask", True),
        ("quelle est la différence entre les deux", True),
        ("¿qué es flask?", True),
        ("qual é o melhor", True),
        ("hangi çerçeve daha iyi", True),
        ("что такое django", True),
        ("什么是 flask", True),
        ("what is a façade", False),
        ("der is a column name, is that ok", False),
        ("caching per user", False),
        ("flask", False),
    ],
)
def test_other_languages_are_told_from_english(text: str, foreign: bool) -> None:
    assert is_foreign(plain(text), words(plain(text))) is foreign
