"""What a team decides: by facts, opinions and gates, with counts alone to be seen."""

from __future__ import annotations

import pytest

from bot.guide import Guide, UnreadableTokenError
from bot.replies import Notice, Share, TeamVerdict

SHOP = {"kind": "cms_shop", "have": "fresh", "data": "many", "staff": "yes", "accounts": "roles", "size": "medium"}
API = {"kind": "service", "have": "know_flask", "data": "none", "accounts": "no", "size": "tiny", "style": "own"}
CHARTS = {"kind": "viewer", "viewer_kind": "charts"}


def code(guide: Guide, answers: dict[str, str]) -> str:
    return guide.recommend(answers).code


def verdict(guide: Guide, *members: dict[str, str], before: str = "") -> TeamVerdict:
    found = guide.team_verdict([code(guide, answers) for answers in members], before=before)
    assert isinstance(found, TeamVerdict)
    return found


def test_a_team_that_agrees_decides_as_each_member_would(guide: Guide) -> None:
    found = verdict(guide, SHOP, SHOP, SHOP)

    assert found.result == guide.recommend(SHOP).result == "django"
    assert found.alone == (Share("Django", 3),)
    assert found.headline == "A clear case for Django; 3 of 3 land there on their own."
    assert not found.splits
    assert not found.to_agree
    assert not found.flips


def test_facts_go_by_the_most_common_answer(guide: Guide) -> None:
    found = verdict(guide, SHOP, SHOP, SHOP, API)

    assert found.result == "django"
    assert found.alone == (Share("Django", 3), Share("Flask", 1))
    assert found.headline.endswith("3 of 4 land there on their own.")


def test_the_questions_that_divide_a_team_are_shown_as_counts(guide: Guide) -> None:
    found = verdict(guide, SHOP, SHOP, API)

    assert len(found.splits) == 2
    assert all(sum(share.members for share in split.shares) <= 3 for split in found.splits)


def test_a_tie_between_answers_is_to_be_agreed_on(guide: Guide) -> None:
    other = {**SHOP, "data": "nosql"}
    found = verdict(guide, SHOP, SHOP, other, other)

    assert "Where will the data live?" in found.to_agree


def test_opinions_go_by_the_mean(guide: Guide) -> None:
    base = {"kind": "web_app", "have": "fresh", "data": "few", "staff": "not_sure", "accounts": "sso"}
    own, ready = {**base, "style": "own"}, {**base, "style": "ready"}

    assert verdict(guide, own, own, own).result == "flask"
    assert verdict(guide, own, ready, ready, ready).result == verdict(guide, ready, ready, ready).result == "django"


@pytest.mark.parametrize(("leaving", "result"), [(3, "neither"), (2, "django")])
def test_neither_needs_a_majority(guide: Guide, leaving: int, result: str) -> None:
    members = [CHARTS] * leaving + [SHOP] * (5 - leaving)

    assert verdict(guide, *members).result == result


def test_to_keep_what_works_needs_a_majority(guide: Guide) -> None:
    works = {**API, "have": "django_code", "pain": "works"}
    fights = {**API, "have": "django_code", "pain": "fight"}

    assert verdict(guide, works, works, works, fights).result == "django"
    assert verdict(guide, works, works, fights, {**API, "have": "django_code", "pain": "rebuild"}).result != "django"


def test_a_flip_is_an_answer_that_some_member_gave(guide: Guide) -> None:
    found = verdict(guide, SHOP, SHOP, API)

    assert all(flip.result_name != found.result_name for flip in found.flips)


def test_a_second_round_says_what_it_was_before(guide: Guide) -> None:
    assert verdict(guide, SHOP, SHOP, SHOP, before="flask").before == "Flask"
    assert verdict(guide, SHOP, SHOP, SHOP, before="django").before is None


@pytest.mark.parametrize("members", [[], [SHOP], [SHOP, API]])
def test_nothing_is_shown_of_fewer_than_three(guide: Guide, members: list[dict[str, str]]) -> None:
    found = guide.team_verdict([code(guide, answers) for answers in members])

    assert isinstance(found, Notice)
    assert "three" in found.text


def test_a_code_that_cannot_be_read_is_named(guide: Guide) -> None:
    with pytest.raises(UnreadableTokenError, match="nonsense"):
        guide.team_verdict([code(guide, SHOP), "nonsense", code(guide, API)])


def test_order_and_names_do_not_matter(guide: Guide) -> None:
    assert verdict(guide, SHOP, API, CHARTS) == verdict(guide, CHARTS, SHOP, API)


def test_another_guide_decides_for_teams_too(tea: Guide) -> None:
    codes = [tea.recommend({}).code] * 3

    assert isinstance(tea.team_verdict(codes), Notice | TeamVerdict)
