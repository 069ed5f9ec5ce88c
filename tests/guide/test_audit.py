"""The shipped guide keeps its promises on every path, and an audit notices where one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.guide import Guide
from bot.knowledge import GuideSpec, Knowledge
from bot.knowledge.guide_models import Floors


def test_no_path_of_the_shipped_guide_has_anything_to_mend(guide: Guide) -> None:
    found = guide.audit()
    assert found.failures == ()
    assert sorted(found.shares) == ["django", "either", "flask", "neither"]
    assert sum(found.shares.values()) == pytest.approx(1)
    assert found.longest <= 8
    assert found.mean <= 5.5


def test_floors_are_held(spec: GuideSpec, knowledge: Knowledge, tea_spec: GuideSpec, tea_knowledge: Knowledge) -> None:
    strict = tea_spec.model_copy(update={"floors": Floors(share={"tea": 0.99}, mean=1)})
    failures = Guide(strict, tea_knowledge).audit().failures
    assert [failure.split(" ")[0] for failure in failures] == ["'tea'", "a"]


def test_a_question_that_never_matters_is_found(tea_spec: GuideSpec, tea_knowledge: Knowledge) -> None:
    data = tea_spec.model_dump()
    options = [{**option, "toward": None, "points": 0} for option in data["questions"][0]["options"]]
    idle = {**data["questions"][0], "id": "mood", "code": "Q", "options": options}
    padded = GuideSpec.model_validate({**data, "questions": [idle, *data["questions"]]})
    failures = Guide(padded, tea_knowledge).audit().failures
    assert "the question 'mood' never matters: its answers lead to the same results" in failures


def test_a_result_that_no_path_leads_to_is_found(tea_spec: GuideSpec, tea_knowledge: Knowledge) -> None:
    unreachable = tea_spec.exits[0].model_copy(update={"at": 9, "stop_at": 9})
    failures = Guide(tea_spec.model_copy(update={"exits": (unreachable,)}), tea_knowledge).audit().failures
    assert "no path leads to the result 'neither'" in failures
    assert "no path takes the exit 'water'" in failures


def test_the_diagram_in_the_docs_is_current(guide: Guide) -> None:
    page = (Path(__file__).parents[2] / "docs" / "guide.md").read_text(encoding="utf-8")
    assert guide.diagram() in page


def test_the_diagram_shows_questions_points_and_results(tea: Guide) -> None:
    assert tea.diagram().splitlines()[:4] == [
        "flowchart TD",
        '    start(["Start"])',
        '    hour["<b>What time is it?</b><br/>Before noon: Coffee +2<br/>After six: Tea +2<br/>Past midnight"]',
        '    milk["<b>Do you take milk?</b><br/>A lot: Coffee +1<br/>None at all: Tea +1"]',
    ]
