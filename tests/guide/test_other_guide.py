"""A guide about something else works with no change to the code."""

from __future__ import annotations

from bot.guide import Guide
from tests.guide.walking import choose, question, result, walk


def test_two_other_sides_are_decided_between(tea: Guide) -> None:
    assert result(walk(tea, {"hour": "evening", "milk": "none"})).headline == "Rather tea."
    assert result(walk(tea, {"hour": "morning", "milk": "lots"})).result == "coffee"
    assert result(walk(tea, {"hour": "morning", "milk": "none"})).headline == "Rather coffee."


def test_a_tie_is_a_tie(tea: Guide) -> None:
    found = result(walk(tea, {"hour": "not_sure", "milk": "not_sure"}))
    assert (found.result, found.headline) == ("either", "Either is fine.")


def test_a_road_to_neither_is_taken(tea: Guide) -> None:
    found = result(walk(tea, {"hour": "night", "thirst": "yes", "milk": "none"}))
    assert (found.result, found.names) == ("neither", ("Water",))
    assert found.reasons[0].text == "Water is what thirst asks for."


def test_it_reads_its_own_words(tea: Guide) -> None:
    assert tea.understand("something warm before bed") == {"hour": "evening"}
    assert tea.understand("I cannot sleep, no milk please") == {"hour": "night", "milk": "none"}
    assert tea.recommend({}, "it is freezing").result == "tea"


def test_a_typed_yes_answers_a_question_that_has_one(tea: Guide) -> None:
    asked = question(choose(tea, tea.begin(), "night"))
    while asked.question != "thirst":
        asked = question(choose(tea, asked, "not_sure"))
    assert result(tea.answer_text(asked.token, "Yes")).result == "neither"
