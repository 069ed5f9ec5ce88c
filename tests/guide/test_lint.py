"""Mistakes in a guide are found when it is loaded, each with its place and a way to mend it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.knowledge import GuideSpec, Knowledge
from bot.knowledge.guide_checks import guide_problems


def found(spec: GuideSpec, knowledge: Knowledge, change: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    """Return what is wrong with a guide after a change: (place, problem)."""
    data = spec.model_dump()
    for path, value in change.items():
        *way, last = path.split(".")
        node: Any = data
        for step in way:
            node = node[int(step)] if step.isdigit() else node[step]
        node[int(last) if last.isdigit() else last] = value
    changed = GuideSpec.model_validate(data)
    return [(place, what) for place, what, mend in guide_problems(changed, knowledge.about, knowledge.sources) if mend]


def test_the_shipped_guide_has_no_mistakes(spec: GuideSpec, knowledge: Knowledge) -> None:
    assert guide_problems(spec, knowledge.about, knowledge.sources) == []


def test_the_small_guide_has_no_mistakes(tea_spec: GuideSpec, tea_knowledge: Knowledge) -> None:
    assert guide_problems(tea_spec, tea_knowledge.about, tea_knowledge.sources) == []


@pytest.mark.parametrize(
    ("change", "place", "what"),
    [
        (
            {"questions.0.options.0.toward": "cocoa"},
            ("questions", 0, "options", 0, "toward"),
            "`cocoa` is not one of the sides",
        ),
        (
            {"questions.0.options.0.sources": ["gossip"]},
            ("questions", 0, "options", 0, "sources", 0),
            "there is no source `gossip`",
        ),
        ({"questions.0.options.0.sources": []}, ("questions", 0, "options", 0), "this counts, but no source is given"),
        (
            {"questions.0.options.0.points": 0},
            ("questions", 0, "options", 0),
            "points need a side, and a side needs points",
        ),
        ({"questions.2.ask_if": [{"hour": ["noon"]}]}, ("questions", 2, "ask_if"), "`hour` has no option `noon`"),
        (
            {"exits.0.signs.0.when": {"weather": ["on"]}},
            ("exits", 0, "signs", 0, "when"),
            "`weather` is neither a question nor a circumstance",
        ),
        ({"questions.1.after": "lunch"}, ("questions", 1, "after"), "there is no question `lunch`"),
        (
            {"questions.1.fallback": "maybe"},
            ("questions", 1),
            "`milk` falls back to `maybe`, which is no option of it",
        ),
        ({"questions.1.id": "hour"}, ("questions",), "the id `hour` is there twice"),
        (
            {"questions.1.options.0.words": ["before bed"], "questions.1.options.1.words": ["before bed"]},
            ("questions", 1, "options", 1),
            "`before bed` stands under `lots` and under `none`",
        ),
        (
            {"questions.0.code": "Z", "questions.1.code": "Z"},
            ("questions",),
            "hour and milk share the letter `Z` in tokens",
        ),
        ({"floors.share": {"cocoa": 0.5}}, ("floors", "share"), "`cocoa` is no result"),
    ],
)
def test_a_mistake_is_found_in_its_place(
    tea_spec: GuideSpec, tea_knowledge: Knowledge, change: dict[str, Any], place: tuple[str | int, ...], what: str
) -> None:
    assert (place, what) in found(tea_spec, tea_knowledge, change)


def test_a_missing_verdict_is_found(tea_spec: GuideSpec, tea_knowledge: Knowledge) -> None:
    data = tea_spec.model_dump()
    del data["verdicts"]["tea"]
    assert (("verdicts",), "there is no verdict for `tea`") in found(GuideSpec.model_validate(data), tea_knowledge, {})
