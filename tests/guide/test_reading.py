"""What is read in people's own words: little, and only what they clearly say."""

from __future__ import annotations

import pytest

from bot.guide import Guide
from bot.replies import GuideQuestion, GuideReview, Recommendation
from tests.guide.walking import question, result, walk


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        (
            "we're 3 devs building an internal API on mongo, nobody on the team knows django",
            {"kind": "service", "have": "fresh", "live": "none", "data": "nosql"},
        ),
        ("an internal API on mongo", {"kind": "service", "data": "nosql"}),
        ("We know Flask but not Django.", {"have": "know_flask"}),
        ("We never used Flask but know Django well", {"have": "know_django"}),
        ("We know Flask and Django equally well", {}),
        ("None of us has used Flask or Django", {"have": "fresh"}),
        ("Our Django app works fine", {"kind": "web_app", "have": "django_code", "pain": "works"}),
        (
            "Our Flask app works, but we keep reinventing the wheel",
            {"kind": "web_app", "have": "flask_code", "pain": "rebuild"},
        ),
        ("A friend's team uses MongoDB", {}),
        ("maybe we add user accounts later", {}),
        ("We are moving away from MongoDB", {}),
        ("no logins, no database", {"data": "none", "accounts": "no"}),
        ("people register and there are different roles", {"kind": "web_app", "accounts": "roles"}),
        ("login through our company single sign-on", {"kind": "web_app", "accounts": "sso"}),
        ("an online shop for coffee", {"kind": "cms_shop"}),
        ("a loyalty card for my coffee shop", {}),
        (
            "a brochure website that never changes",
            {"kind": "viewer", "viewer_kind": "static", "data": "none", "accounts": "no"},
        ),
        ("thirty linked tables", {"data": "many"}),
        ("everything is in postgress with thirty linked tabels", {"data": "many"}),
        ("a hackathon project", {"size": "throwaway"}),
        ("500 people will use it", {}),
        ("", {}),
        ("💥 <@U123> ```print()```", {}),
    ],
)
def test_a_description_is_read_with_care(guide: Guide, text: str, understood: dict[str, str]) -> None:
    assert guide.understand(text) == understood


def test_developers_are_counted_and_users_are_not(guide: Guide) -> None:
    def team(text: str) -> bool:
        return any(chip.on for chip in guide.recommend({}, text).chips if chip.chip == "team")

    assert team("we are a team of eight")
    assert team("12 backend engineers")
    assert not team("3 devs")
    assert not team("80 users")


@pytest.mark.parametrize(
    ("text", "describes"),
    [
        ("we're 3 devs building an internal API on mongo", True),
        ("I want an online shop with accounts for customers, no database skills here", True),
        ("Does Django work with MongoDB?", False),
        ("how do I add logins", False),
        ("hello", False),
        ("We like pizza", False),
    ],
)
def test_a_project_is_told_from_a_question(guide: Guide, text: str, describes: bool) -> None:
    assert guide.describes(text) is describes


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("1", "many"),
        ("option 3", "nosql"),
        ("the second one", "few"),
        ("we use mongo", "nosql"),
        ("MongoDB or other NoSQL", "nosql"),
        ("a tabel or two", "few"),
        ("nosql", "nosql"),
        ("not sure", "not_sure"),
        ("no idea", "not_sure"),
        ("we have no database", "none"),
    ],
)
def test_an_answer_can_be_typed_where_buttons_are_offered(guide: Guide, typed: str, option: str) -> None:
    asked = question(walk(guide, {"kind": "web_app", "have": "know_django"}))
    assert asked.question == "data"
    shown = guide.answer_text(asked.token, typed)
    assert isinstance(shown, GuideQuestion | Recommendation)
    assert shown.given[-1].option == option


@pytest.mark.parametrize("typed", ["does flask support mongo?", "what is an ORM", "banana", "7", "thanks a lot"])
def test_what_is_no_answer_is_left_to_others(guide: Guide, typed: str) -> None:
    asked = question(walk(guide, {"kind": "web_app", "have": "know_django"}))
    assert guide.answer_text(asked.token, typed) is None


def test_a_typed_answer_takes_along_what_else_it_says(guide: Guide) -> None:
    asked = question(guide.begin())
    shown = guide.answer_text(asked.token, "a REST API on mongo for people who know flask")
    assert isinstance(shown, GuideQuestion)
    assert {item.question: item.option for item in shown.given} == {
        "kind": "service",
        "data": "nosql",
        "have": "know_flask",
    }


def test_the_guide_can_be_steered_by_typing(guide: Guide) -> None:
    asked = question(walk(guide, {"kind": "web_app", "have": "know_django"}))
    assert question(guide.answer_text(asked.token, "back")).question == "have"
    assert question(guide.answer_text(asked.token, "Start over")) == guide.begin()
    assert result(guide.answer_text(asked.token, "result now")).result == "django"


def test_what_was_read_is_confirmed_with_yes(guide: Guide) -> None:
    shown = guide.begin(text="we build an internal API on mongo")
    assert isinstance(shown, GuideReview)
    assert question(guide.answer_text(shown.token, "Yes")).question == "have"
    assert guide.answer_text(shown.token, "hm") is None
    denied = guide.answer_text(shown.token, "no")
    assert isinstance(denied, GuideReview)
    assert denied.notice == "Which of these should I change?"


def test_somebody_elses_line_is_no_answer(guide: Guide) -> None:
    asked = question(guide.begin(owner="U1"))
    assert guide.answer_text(asked.token, "1", "U2") is None


def test_a_bare_yes_where_it_says_too_little_is_asked_back(guide: Guide) -> None:
    asked = question(walk(guide, {"kind": "service", "have": "fresh"}))
    assert asked.question == "live"
    again = question(guide.answer_text(asked.token, "yes"))
    assert (again.question, again.notice) == ("live", "Which of these is closest?")
    assert question(guide.answer_text(asked.token, "nope")).given[-1].option == "none"
