"""What people press, and what they see next."""

from __future__ import annotations

import pytest

from bot.actions import (
    GuideAnswers,
    GuideBack,
    GuideChange,
    GuideChoose,
    GuideCircumstance,
    GuideFinish,
    GuideGo,
    GuideRestart,
    SaveRecord,
)
from bot.guide import Guide
from bot.replies import Choice, GuideReview, Notice, NoticeKind
from tests.guide.walking import choose, question, result, walk

SITE = {"kind": "web_app", "have": "fresh", "data": "many", "staff": "yes", "accounts": "roles", "style": "ready"}


def test_the_first_question_asks_what_is_built_and_offers_not_sure(guide: Guide) -> None:
    shown = question(guide.begin())
    assert (shown.question, shown.number, shown.about) == ("kind", 1, 5)
    assert shown.choices[-1] == Choice("not_sure", "Not sure yet")
    assert (shown.can_go_back, shown.can_finish, shown.given) == (False, False, ())


def test_progress_counts_up_and_the_result_is_offered_after_three_answers(guide: Guide) -> None:
    shown = question(walk(guide, {"kind": "web_app", "have": "fresh"}))
    assert (shown.number, shown.can_go_back, shown.can_finish) == (3, True, False)
    later = question(choose(guide, shown, "not_sure"))
    assert (later.number, later.can_finish) == (4, True)


def test_a_site_with_data_accounts_and_staff_leads_to_the_second_side(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    assert (shown.result, shown.result_name, shown.strength) == ("django", "Django", "clear")
    assert shown.headline.startswith("A clear case for Django.")


def test_back_asks_the_last_question_again_and_forgets_its_answer(guide: Guide) -> None:
    first = question(walk(guide, {"kind": "web_app"}))
    second = choose(guide, first, "fresh")
    again = question(guide.press(GuideBack(question(second).token)))
    assert again == first


def test_back_from_a_result_asks_the_last_question(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    again = question(guide.press(GuideBack(shown.token)))
    assert again.question == shown.asked[-1]


def test_one_answer_can_be_changed_and_the_result_comes_back_at_once(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    asked = question(guide.press(GuideChange(shown.token, "have")))
    assert asked.question == "have"
    changed = result(choose(guide, asked, "know_flask"))
    assert changed.score == shown.score - 2.5
    assert [item.option for item in changed.given if item.question == "have"] == ["know_flask"]


def test_the_answers_of_a_result_are_shown_to_be_changed_or_left_as_they_are(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    answers = guide.press(GuideAnswers(shown.token))
    assert isinstance(answers, GuideReview)
    assert (answers.given, answers.notice) == (shown.given, "Which of these should I change?")
    assert guide.press(GuideGo(answers.token)) == shown
    assert guide.answer_text(answers.token, "yes") == shown
    asked = question(guide.press(GuideChange(answers.token, "have")))
    assert result(choose(guide, asked, "know_flask")).result == "django"


def test_the_answers_before_a_question_lead_back_to_that_question(guide: Guide) -> None:
    shown = question(walk(guide, {"kind": "web_app", "have": "fresh"}))
    answers = guide.press(GuideAnswers(shown.token))
    assert isinstance(answers, GuideReview)
    assert guide.press(GuideGo(answers.token)) == shown


def test_a_change_that_needs_one_more_answer_asks_for_it(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    asked = guide.press(GuideChange(shown.token, "have"))
    follow_up = question(choose(guide, asked, "flask_code"))
    assert follow_up.question == "pain"
    assert result(choose(guide, follow_up, "works")).result == "flask"


def test_leaving_a_change_shows_the_result_as_it_was(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    asked = question(guide.press(GuideChange(shown.token, "have")))
    assert result(guide.press(GuideBack(asked.token))) == shown


def test_changing_what_a_question_hung_on_drops_its_answer(guide: Guide) -> None:
    shown = question(walk(guide, {"kind": "viewer", "viewer_kind": "charts_plus"}))
    changed = guide.press(GuideChoose(shown.token, "kind", "web_app"))
    assert [item.question for item in question(changed).given] == ["kind"]


def test_restart_begins_with_nothing_answered(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    assert guide.press(GuideRestart(shown.token)) == guide.begin()


def test_result_now_shows_what_the_answers_so_far_say(guide: Guide) -> None:
    shown = question(walk(guide, {"kind": "service", "have": "know_flask", "live": "none"}))
    early = result(guide.press(GuideFinish(shown.token)))
    assert early.result == "flask"
    assert early.asked == ("kind", "have", "live")


def test_a_circumstance_is_scored_at_once_and_can_be_taken_off_again(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    added = result(guide.press(GuideCircumstance(shown.token, "sensitive")))
    assert added.score == shown.score + 1
    assert [chip.label for chip in added.chips if chip.on] == ["Sensitive data"]
    assert result(guide.press(GuideCircumstance(added.token, "sensitive"))) == shown


def test_a_description_is_shown_for_confirmation_before_the_first_question(guide: Guide) -> None:
    shown = guide.begin(text="We're 3 devs building an internal API on mongo")
    assert isinstance(shown, GuideReview)
    assert {item.question: item.option for item in shown.given} == {"kind": "service", "data": "nosql"}
    assert all(item.from_text for item in shown.given)
    going = question(guide.press(GuideGo(shown.token)))
    assert (going.question, going.number) == ("have", 1)


def test_what_a_description_leaves_unsaid_is_assumed_and_the_review_says_so(guide: Guide) -> None:
    shown = guide.begin(text="We're 3 devs building an internal API on mongo, nobody on the team knows django")
    assert isinstance(shown, GuideReview)
    assert {item.question: item.option for item in shown.given} == {
        "kind": "service",
        "have": "fresh",
        "live": "none",
        "data": "nosql",
    }
    assert shown.notice is None
    assert shown.lean == (
        "From what you say: more likely Flask. In its favour: a NoSQL database, and an API or small tool. "
        "No more questions are needed. "
        "You didn\u2019t say otherwise, so I assumed a fresh start and no real-time updates. "
        "Change that if it\u2019s wrong."
    )


@pytest.mark.parametrize(
    ("text", "lean"),
    [
        (
            "we build a blog with a few pages",
            (
                "From what you say: more likely Django. In its favour: a shop or edited site. "
                "A few questions would settle it, beginning with \u201cWhat do you already have?\u201d"
            ),
        ),
        (
            "a customer portal with accounts, MongoDB, two of us know Flask",
            (
                "From what you say: more likely Flask. In its favour: a team that knows Flask and a NoSQL database. "
                "One question would settle it: \u201cMany open connections or real-time updates?\u201d"
            ),
        ),
    ],
)
def test_a_description_is_told_where_it_leans_and_what_is_asked_next(guide: Guide, text: str, lean: str) -> None:
    shown = guide.begin(text=text)
    assert isinstance(shown, GuideReview)
    assert shown.lean == lean
    going = guide.press(GuideGo(shown.token))
    assert f"\u201c{question(going).ask}\u201d" in lean


def test_back_at_the_first_question_after_a_description_returns_to_the_confirmation(guide: Guide) -> None:
    shown = guide.begin(text="we build an internal API on mongo")
    assert isinstance(shown, GuideReview)
    going = question(guide.press(GuideGo(shown.token)))
    assert guide.press(GuideBack(going.token)) == shown


def test_a_wrongly_read_answer_can_be_changed_in_the_confirmation(guide: Guide) -> None:
    shown = guide.begin(text="we build an internal API on mongo")
    assert isinstance(shown, GuideReview)
    asked = question(guide.press(GuideChange(shown.token, "data")))
    changed = choose(guide, asked, "many")
    assert isinstance(changed, GuideReview)
    assert {item.option: item.from_text for item in changed.given} == {"service": True, "many": False}


def test_a_description_that_says_nothing_begins_with_the_first_question_and_says_so(guide: Guide) -> None:
    shown = question(guide.begin(text="we are nice people"))
    assert shown.question == "kind"
    assert shown.notice == "I could not read any answers in that, so let\u2019s go one by one."


def test_circumstances_in_a_description_are_noted_and_kept(guide: Guide) -> None:
    shown = guide.begin(text="we build an internal API, we are a team of eight with a tight deadline")
    assert isinstance(shown, GuideReview)
    assert shown.notice == "Also noted: tight deadline, five or more developers."
    asked = question(guide.press(GuideGo(shown.token)))
    found = result(guide.press(GuideFinish(asked.token)))
    assert [chip.chip for chip in found.chips if chip.on] == ["deadline", "team"]


def test_only_the_person_who_began_can_press(guide: Guide) -> None:
    mine = question(guide.begin(owner="U1"))
    theirs = guide.press(GuideChoose(mine.token, "kind", "service"), "U2")
    assert isinstance(theirs, Notice)
    assert theirs.kind is NoticeKind.NOT_YOURS
    assert question(guide.press(GuideChoose(mine.token, "kind", "service"), "U1")).question == "have"


def test_a_button_for_something_that_is_gone_shows_where_one_stands(guide: Guide) -> None:
    shown = question(guide.begin())
    again = question(guide.press(GuideChoose(shown.token, "kind", "desktop_app")))
    assert again.question == "kind"
    assert again.notice is not None


def test_a_result_can_be_reopened_by_its_code_and_belongs_to_whoever_opens_it(guide: Guide) -> None:
    shown = result(walk(guide, SITE, owner="U1"))
    opened = result(guide.reopen(f" {shown.code} ", "U2"))
    assert (opened.result, opened.given, opened.code) == (shown.result, shown.given, shown.code)
    assert question(guide.press(GuideChange(opened.token, "have"), "U2")).question == "have"


def test_saving_a_record_leaves_the_guide_as_it_is(guide: Guide) -> None:
    shown = result(walk(guide, SITE))
    assert guide.press(SaveRecord(shown.token)) == guide.press(SaveRecord(shown.token))


def test_a_reason_is_said_once_though_two_answers_give_it(guide: Guide) -> None:
    shown = guide.begin(text="a landing page that changes once a year")
    assert isinstance(shown, GuideReview)
    assert shown.lean == (
        "From what you say: neither. In favour of that: pages that rarely change. No more questions are needed."
    )
