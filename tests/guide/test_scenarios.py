"""Golden scenarios: projects as people describe them, answered by two people, with an expert's advice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.guide import Guide

SCENARIOS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "scenarios.yaml").read_text(encoding="utf-8"),
)["scenarios"]


def first(scenario: dict[str, Any]) -> dict[str, str]:
    return scenario["answers"]  # type: ignore[no-any-return]  # read from YAML


def second(scenario: dict[str, Any]) -> dict[str, str]:
    return {**scenario["answers"], **scenario["second"]}


@pytest.mark.parametrize(
    ("coder", "with_text", "exact", "acceptable"),
    [(first, False, 0.9, 0.98), (first, True, 0.9, 0.98), (second, False, 0.8, 0.95), (second, True, 0.85, 0.97)],
)
def test_advice_is_what_an_expert_would_say(
    guide: Guide, coder: Callable[[dict[str, Any]], dict[str, str]], with_text: bool, exact: float, acceptable: float
) -> None:
    results = [guide.recommend(coder(s), s["text"] if with_text else "").result for s in SCENARIOS]
    assert sum(r == s["best"] for r, s in zip(results, SCENARIOS, strict=True)) >= exact * len(SCENARIOS)
    assert sum(r in s["ok"] for r, s in zip(results, SCENARIOS, strict=True)) >= acceptable * len(SCENARIOS)


@pytest.mark.parametrize("scenario", [s for s in SCENARIOS if s.get("easy")], ids=lambda s: s["id"])
def test_an_easy_case_is_never_wrong(guide: Guide, scenario: dict[str, Any]) -> None:
    assert guide.recommend(first(scenario)).result in scenario["ok"]
    assert guide.recommend(first(scenario), scenario["text"]).result in scenario["ok"]


def test_about_five_questions_are_asked_and_never_more_than_eight(guide: Guide) -> None:
    counts = [len(guide.recommend(first(scenario)).asked) for scenario in SCENARIOS]
    assert sum(counts) / len(counts) <= 5.2
    assert max(counts) <= 8


def test_what_is_understood_in_a_description_is_right(guide: Guide) -> None:
    claims = [
        option in {first(scenario).get(key), second(scenario).get(key)}
        for scenario in SCENARIOS
        for key, option in guide.understand(scenario["text"]).items()
    ]
    assert sum(claims) >= 0.97 * len(claims)
    assert len(claims) >= 1.4 * len(SCENARIOS)
