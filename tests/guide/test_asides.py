"""What people say in the middle of the guide and after a result: corrections, suppositions, why, another project."""

from __future__ import annotations

import pytest

from bot.guide import Guide
from bot.replies import GuideQuestion, GuideReview, Recommendation
from tests.guide.walking import question, result, walk

SITE = {"kind": "web_app", "have": "fresh", "data": "many", "staff": "yes", "accounts": "roles", "style": "ready"}


def given(shown: object) -> dict[str, str]:
    assert isinstance(shown, GuideQuestion | GuideReview | Recommendation), shown
    return {item.question: item.option for item in shown.given}


def test_what_is_said_again_is_known(guide: Guide) -> None:
    shown = guide.begin(text="a booking site, members sign in and staff edit the prices")
    again = guide.answer_text(shown.token, "no, we do need user accounts")
    assert isinstance(again, GuideReview)
    assert again.notice == "I have that already: user accounts."
    assert given(again) == given(shown)


def test_a_correction_that_denies_and_tells_is_taken(guide: Guide) -> None:
    asked = question(walk(guide, {"kind": "web_app", "have": "fresh", "data": "few", "staff": "no"}))
    told = guide.answer_text(asked.token, "sorry, there is no company login, people sign up themselves")
    assert given(told)["accounts"] == "roles"


def test_a_circumstance_that_is_told_is_noted(guide: Guide) -> None:
    asked = question(walk(guide, {"kind": "cms_shop"}))
    told = question(guide.answer_text(asked.token, "we have no programmers"))
    assert (told.question, told.notice) == (asked.question, "Noted: nobody who programs.")


def test_somebody_else_who_does_not_code_is_no_circumstance(guide: Guide) -> None:
    assert guide.recommend(text="a forum for gardeners, one developer, nobody else codes").result != "neither"


@pytest.mark.parametrize("line", ["why?", "why do you ask that?", "Why does that matter?"])
def test_a_question_says_why_it_is_asked(guide: Guide, line: str) -> None:
    asked = question(walk(guide, {"kind": "web_app", "have": "fresh"}))
    said = question(guide.answer_text(asked.token, line))
    assert said.question == "data"
    assert said.notice == (
        "It can change the result. Django's ORM is built for SQL; MongoDB maintains a backend for it, and Flask works "
        "with any client library. Django's own database layer, migrations and forms pay off most with linked tables."
    )


@pytest.mark.parametrize("line", ["why?", "but why", "Why Django?"])
def test_what_was_read_says_why_it_leans(guide: Guide, line: str) -> None:
    read = guide.begin(text="an internal inventory tool, staff edit the items, people sign in")
    said = guide.answer_text(read.token, line)
    assert isinstance(said, GuideReview)
    assert said.notice == (
        "Why Django? Django's admin gives you create, edit and delete pages for your tables on day one; in Flask you "
        "add or write them. A site with stored data and sign-in uses much of what Django ships with. What would change "
        "this: answering \u201cWill staff edit data in an admin?\u201d with \u201cYes, but our own design\u201d would "
        "make it a tie."
    )
    assert given(said) == given(read)


def test_what_was_read_says_nothing_of_why_where_it_does_not_lean(guide: Guide) -> None:
    read = guide.begin(text="a small json api")
    assert guide.answer_text(read.token, "why?") is None


def test_another_project_in_the_middle_takes_the_place_of_the_first(guide: Guide) -> None:
    first = guide.begin(text="we are building a forum, people sign in")
    assert given(first) == {"kind": "web_app", "accounts": "roles"}
    other = guide.answer_text(first.token, "we are building a REST API for a weather station instead, no database")
    assert given(other) == {"kind": "service", "data": "none"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("what if we had no accounts?", "With no sign-in, it would still be Django."),
        ("and what if we knew Flask?", None),
        (
            "What if there was no admin and the data lives in MongoDB?",
            "With no admin and a NoSQL database, it would more likely be Flask.",
        ),
    ],
)
def test_a_supposition_is_answered_and_changes_nothing(guide: Guide, line: str, said: str | None) -> None:
    shown = result(walk(guide, SITE))
    after = guide.follow_up(shown.token, line)
    assert (after.notice if isinstance(after, Recommendation) else None) == said
    assert after is None or given(after) == given(shown)


def test_a_correction_after_the_result_changes_it(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    after = result(guide.follow_up(shown.token, "no, we need no admin"))
    assert (given(after)["staff"], after.notice) == ("no", "Noted: no admin.")
    assert after.score < shown.score


def test_no_after_a_result_asks_what_to_change(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    asked = guide.follow_up(shown.token, "that's wrong")
    assert isinstance(asked, GuideReview)
    assert (asked.given, asked.notice) == (shown.given, "Which of these should I change?")


@pytest.mark.parametrize("line", ["django admin", "user roles", "does flask have an admin?", "postgres"])
def test_a_question_after_the_result_is_left_to_the_topics(guide: Guide, line: str) -> None:
    shown = result(walk(guide, SITE))
    assert guide.follow_up(shown.token, line) is None
