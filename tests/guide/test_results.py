"""What a result says."""

from __future__ import annotations

from datetime import date

import pytest

from bot.actions import SaveRecord
from bot.guide import Guide, UnknownAnswerError
from bot.replies import DecisionRecord, Strength
from tests.guide.walking import result, walk

SHOP = {"kind": "cms_shop", "have": "fresh", "data": "many", "accounts": "roles", "size": "large", "style": "ready"}
BOT = {
    "kind": "service",
    "have": "fresh",
    "live": "none",
    "data": "none",
    "accounts": "no",
    "size": "tiny",
    "style": "own",
}


def test_reasons_come_strongest_first_with_source_and_whether_the_article_says_so(guide: Guide) -> None:
    reasons = guide.recommend(SHOP).reasons
    assert [reason.weight for reason in reasons] == [2.5, 2, 2]
    assert reasons[0].because == "a shop or edited site"
    assert [reason.from_article for reason in reasons] == [False, False, True]
    assert all(reason.side == "django" and reason.sources for reason in reasons)


def test_the_strongest_point_against_is_shown(guide: Guide) -> None:
    against = guide.recommend({**SHOP, "have": "know_flask"}).against
    assert against is not None
    assert (against.side, against.because) == ("flask", "a team that knows Flask")


def test_where_no_answer_speaks_against_a_result_its_weak_point_is_named(guide: Guide) -> None:
    against = guide.recommend(BOT).against
    assert against is not None
    assert against.because == ""
    assert against.text.startswith("With Flask you choose and maintain the pieces yourself")


def test_a_result_that_nothing_flips_says_so(guide: Guide) -> None:
    found = guide.recommend({**SHOP, "have": "know_django"})
    assert found.flips == ()
    assert found.flip_text == "No single answer changes this."


def test_what_would_change_a_result_is_listed_smallest_change_first(guide: Guide) -> None:
    found = guide.recommend({"kind": "web_app", "have": "fresh", "data": "many", "staff": "no"})
    assert [flip.change for flip in found.flips] == sorted((flip.change for flip in found.flips), key=abs)
    assert found.flips[0].result != found.result
    assert found.flip_text.startswith("What would change this: answering “")


def test_what_nobody_knew_stays_open(guide: Guide) -> None:
    found = guide.recommend({"kind": "web_app"})
    assert "Where will the data live?" in [point.ask for point in found.open_points]


def test_working_code_is_kept(guide: Guide) -> None:
    kept = guide.recommend({"kind": "web_app", "have": "django_code", "pain": "works"})
    assert (kept.result, kept.strength, kept.asked) == ("django", Strength.CLEAR, ("kind", "have", "pain"))


@pytest.mark.parametrize(
    ("answers", "tool"),
    [
        ({"kind": "viewer", "viewer_kind": "static"}, "Hugo"),
        ({"kind": "viewer", "viewer_kind": "charts"}, "Streamlit"),
        ({"kind": "cms_shop", "have": "fresh", "data": "none", "accounts": "no", "size": "tiny"}, "Hugo"),
        ({"kind": "cms_shop", "have": "fresh", "coders": "no"}, "Shopify"),
        ({"kind": "cms_shop", "have": "fresh", "data": "few", "accounts": "no", "size": "tiny"}, "Shopify"),
        ({"kind": "service", "have": "fresh", "live": "core", "data": "none"}, "FastAPI"),
        ({"kind": "web_app", "have": "flask_code", "pain": "fight", "live": "core", "data": "nosql"}, "FastAPI"),
    ],
)
def test_there_are_several_roads_to_neither(guide: Guide, answers: dict[str, str], tool: str) -> None:
    found = guide.recommend(answers)
    assert found.result == "neither"
    assert tool in found.names
    assert found.reasons
    assert found.against


def test_a_description_opens_the_road_to_serverless_functions(guide: Guide) -> None:
    found = guide.recommend({"kind": "service"}, "One Python function that runs once a day; nothing is stored.")
    assert found.result == "neither"
    assert "AWS Lambda" in found.names


def test_one_answer_alone_never_means_neither(guide: Guide, spec: object) -> None:
    for question in spec.questions:  # type: ignore[attr-defined]
        for option in question.options:
            assert guide.recommend({question.id: option.id}).result != "neither"


def test_live_traffic_does_not_take_a_data_site_away_from_its_side_but_adds_a_note(guide: Guide) -> None:
    answers = {"kind": "web_app", "have": "fresh", "live": "core", "data": "many", "staff": "yes", "accounts": "roles"}
    found = guide.recommend(answers, "The whole thing is a multiplayer quiz")
    assert found.result == "django"
    assert "Channels" in " ".join(found.notes)


def test_a_tie_names_a_tie_breaker(guide: Guide) -> None:
    found = guide.recommend({})
    assert (found.result, found.strength) == ("either", Strength.TIE)
    assert found.notes[0].startswith("Nothing in your answers breaks the tie")


@pytest.mark.parametrize(
    ("answers", "page"),
    [
        (BOT, "https://flask.palletsprojects.com/en/stable/quickstart/"),
        ({**BOT, "have": "know_flask"}, "https://flask.palletsprojects.com/en/stable/patterns/appfactories/"),
        (SHOP, "https://docs.djangoproject.com/en/stable/intro/tutorial01/"),
        ({**SHOP, "have": "know_django"}, "https://docs.djangoproject.com/en/stable/topics/auth/customizing/"),
    ],
)
def test_the_first_step_fits_what_people_know(guide: Guide, answers: dict[str, str], page: str) -> None:
    step = guide.recommend(answers).first_step

    assert step is not None
    assert step.url == page


def test_an_answer_that_the_guide_does_not_have_is_refused_with_those_it_has(guide: Guide) -> None:
    with pytest.raises(UnknownAnswerError, match="no option 'website'; its options are web_app, cms_shop"):
        guide.recommend({"kind": "website"})
    with pytest.raises(UnknownAnswerError, match="no question 'colour'; the questions are kind, viewer_kind"):
        guide.recommend({"colour": "red"})


def test_a_decision_record_holds_context_decision_reasons_and_what_would_change_it(guide: Guide) -> None:
    shown = result(walk(guide, {**BOT, "style": "not_sure"}))
    record = guide.press(SaveRecord(shown.token), on=date(2026, 3, 9))
    assert isinstance(record, DecisionRecord)
    assert record.filename == "2026-03-09-web-framework.md"
    headings = [line for line in record.markdown.splitlines() if line.startswith("#")]
    assert headings == [
        "# Choice: Flask (leaning)",
        "## Context",
        "## Decision",
        "## Reasons",
        "## Strongest point against",
        "## What would change it",
        "## Notes",
    ]
    assert "- Status: proposed\n- Date: 2026-03-09" in record.markdown
    assert "- Where will the data live? **Files, other APIs, or nothing**" in record.markdown
    assert "https://github.com/canonical-web-and-design/practices" in record.markdown
    assert f"Result code: `{shown.code}`" in record.markdown
