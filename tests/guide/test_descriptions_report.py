"""The examples of descriptions, and the report on how well they are read."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.evaluation import Example, read_descriptions
from bot.guide.description import DescriptionReader
from bot.knowledge import GuideSpec

EXAMPLES = Path(__file__).parents[2] / "knowledge" / "flask-vs-django" / "descriptions.jsonl"
ROWS = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]


def examples(split: str) -> list[Example]:
    return [Example(row["text"], row["understood"], row.get("project", True)) for row in ROWS if row["split"] == split]


def test_the_examples_name_questions_and_options_of_the_guide(spec: GuideSpec) -> None:
    options = {question.id: set(question.by_id) for question in spec.questions}
    assert [row for row in ROWS if any(o not in options[q] for q, o in row["understood"].items())] == []
    kinds = Counter((row["split"], row.get("project", True)) for row in ROWS)
    assert kinds["train", True] + kinds["test", True] >= 320
    assert kinds["train", False] + kinds["test", False] >= 120


def test_descriptions_that_were_never_tuned_on_are_read_well(spec: GuideSpec) -> None:
    figures = read_descriptions(DescriptionReader(spec), examples("test")).figures
    assert figures["precision"] >= 0.92
    assert figures["recall"] >= 0.6
    assert figures["silent"] <= 0.05
    assert figures["led"] >= 0.85
    assert figures["misled"] <= 0.02


def test_the_report_counts_what_was_right_wrong_and_missed(tea_spec: GuideSpec) -> None:
    question = tea_spec.questions[0]
    option = next(option for option in question.options if option.words)
    text = option.words[0].replace("?", "").split("|")[0]
    read = DescriptionReader(tea_spec).read(text).answers
    found = read_descriptions(
        DescriptionReader(tea_spec), [Example(text, {}), Example("nothing at all", {question.id: "x"})]
    )
    assert found.projects == 2
    assert found.figures["precision"] == (0 if read else pytest.approx(0))
    assert found.figures["recall"] == 0
    assert found.figures["silent"] == pytest.approx(0.5)
    assert [slip.right for slip in found.slips] == [None] * len(read)


def test_figures_below_their_floor_are_named(spec: GuideSpec) -> None:
    found = read_descriptions(DescriptionReader(spec), [Example("a REST API", {"kind": "web_app"})])
    assert found.below({"precision": 0.5, "recall": 0.5, "silent": 0.1}) == [
        "precision is 0.0%, at least 50.0% is needed",
        "recall is 0.0%, at least 50.0% is needed",
    ]


def test_a_guide_without_signals_reads_its_own_words(tea_spec: GuideSpec) -> None:
    assert yaml.safe_dump(tea_spec.reading.model_dump(mode="json")["clues"]) == "[]\n"
    assert DescriptionReader(tea_spec).read("nothing that it knows").answers == {}
