"""Buttons outlive restarts and updates, and say so when they cannot."""

from __future__ import annotations

import pytest

from bot.actions import GuideChoose, GuideFinish, GuideGo
from bot.guide import Guide
from bot.knowledge import GuideSpec, Knowledge
from bot.replies import GuideQuestion, GuideReview, Notice, NoticeKind, Recommendation
from tests.guide.walking import question, result, walk


def without_option(spec: GuideSpec, question_id: str, option_id: str) -> GuideSpec:
    """Return the guide with one option taken out."""
    data = spec.model_dump()
    for asked in data["questions"]:
        if asked["id"] == question_id:
            asked["options"] = [option for option in asked["options"] if option["id"] != option_id]
    return GuideSpec.model_validate(data)


def test_a_token_means_the_same_in_another_process(guide: Guide, spec: GuideSpec, knowledge: Knowledge) -> None:
    shown = question(walk(guide, {"kind": "web_app", "have": "fresh"}, owner="U1"))
    elsewhere = Guide(spec, knowledge)
    assert elsewhere.press(GuideGo(shown.token), "U1") == shown


@pytest.mark.parametrize("spoil", [str.swapcase, lambda t: t[:-1], lambda t: t + "x", lambda t: "", lambda t: t[::-1]])
def test_a_damaged_token_is_a_clear_message(guide: Guide, spoil: object) -> None:
    token = question(walk(guide, {"kind": "web_app"})).token
    told = guide.press(GuideGo(spoil(token)))  # type: ignore[operator]
    assert isinstance(told, Notice)
    assert told.kind is NoticeKind.STALE
    assert "Start again" in told.text


def test_a_token_of_another_knowledge_base_is_not_read(guide: Guide, tea: Guide) -> None:
    told = guide.press(GuideGo(question(tea.begin()).token))
    assert isinstance(told, Notice)
    assert told.kind is NoticeKind.STALE


def test_answers_that_still_exist_are_kept_when_the_guide_changes(
    guide: Guide, spec: GuideSpec, knowledge: Knowledge
) -> None:
    shown = question(walk(guide, {"kind": "web_app", "have": "know_flask"}))
    newer = Guide(without_option(spec, "have", "know_flask"), knowledge)
    asked = question(newer.press(GuideGo(shown.token)))
    assert [item.option for item in asked.given] == ["web_app"]
    assert asked.question == "have"
    assert asked.notice == "The guide has changed since: one of your answers no longer exists. The others are kept."


def test_new_weights_are_announced_once(guide: Guide, spec: GuideSpec, knowledge: Knowledge) -> None:
    shown = question(walk(guide, {"kind": "web_app"}))
    newer = Guide(spec.model_copy(update={"engine": spec.engine.model_copy(update={"lean": 2})}), knowledge)
    told = question(newer.press(GuideGo(shown.token)))
    assert told.notice is not None
    assert told.notice.startswith("The guide has been updated since you started.")
    assert question(newer.press(GuideGo(told.token))).notice is None


def test_better_words_are_not_a_change_of_the_guide(guide: Guide, spec: GuideSpec, knowledge: Knowledge) -> None:
    shown = question(walk(guide, {"kind": "web_app"}))
    newer = Guide(spec.model_copy(update={"title": "Something else"}), knowledge)
    assert question(newer.press(GuideGo(shown.token))).notice is None


def test_a_question_that_is_gone_cannot_be_answered_any_more(
    guide: Guide, spec: GuideSpec, knowledge: Knowledge
) -> None:
    shown = question(walk(guide, {"kind": "cms_shop", "have": "fresh"}))
    newer = Guide(spec.model_copy(update={"questions": spec.questions[:-1]}), knowledge)
    again = newer.press(GuideChoose(shown.token, "coders", "yes"))
    assert isinstance(again, GuideQuestion)
    assert again.notice is not None


def test_the_longest_state_fits_a_button(guide: Guide) -> None:
    """Every question read in a description, every circumstance on, and an owner."""
    text = (
        "We have an existing Flask app, it works fine. We are 12 developers, sensitive data, tight deadline, "
        "lots of traffic, many small services. No login, no admin, mongo."
    )
    shown = guide.begin(
        {"kind": "viewer", "viewer_kind": "charts_plus", "live": "none", "size": "tiny", "style": "own"}, text, "U" * 40
    )
    assert isinstance(shown, GuideReview)
    assert len(shown.token) <= 60
    assert len(result(guide.press(GuideFinish(shown.token), "U" * 40)).code) <= 60


def test_a_code_holds_nothing_of_the_owner(guide: Guide) -> None:
    mine = guide.press(
        GuideFinish(question(walk(guide, {"kind": "service", "have": "fresh", "live": "none"}, "U1")).token), "U1"
    )
    theirs = guide.press(
        GuideFinish(question(walk(guide, {"kind": "service", "have": "fresh", "live": "none"}, "U2")).token), "U2"
    )
    assert isinstance(mine, Recommendation)
    assert isinstance(theirs, Recommendation)
    assert mine.code == theirs.code
    assert mine.token != theirs.token
