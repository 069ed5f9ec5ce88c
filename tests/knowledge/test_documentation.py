"""What the page for authors says is true: its examples load, and it names every key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from adapters.cli.main import VERBS
from bot.knowledge import load
from bot.knowledge.code_pairs import CodeTask
from bot.knowledge.guide_phrases import PackagesFile
from bot.knowledge.loader import schemas

PAGE = (Path(__file__).parents[2] / "docs" / "writing-knowledge.md").read_text(encoding="utf-8")
FILES = ("knowledge.yaml", "sources.yaml", "vocabulary.yaml", "out-of-scope.yaml", "guide.yaml")
TOPIC = """id: {id}
area: making
title: {id}
short: Words about it.
sides: {{tea: This., coffee: That.}}
sources: [{{source: big-book}}]
phrasings: [what about {id}]
"""


def example(heading: str, language: str = "yaml") -> str:
    """Return the first example below a heading."""
    below = PAGE.partition(f"### {heading}\n")[2]
    found = re.search(rf"```{language}\n(.*?)```", below, re.DOTALL)
    assert found, heading
    return found[1]


def test_the_examples_are_one_knowledge_base_that_loads(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    for name in FILES:
        (tmp_path / name).write_text(example(name), encoding="utf-8")
    sources = example("sources.yaml") + "  - {id: big-book, title: The big book, kind: guide, checked: 2026-11-22}\n"
    (tmp_path / "sources.yaml").write_text(sources, encoding="utf-8")
    storage = re.sub(r"^ *code: session.*\n", "", example("topics/*.yaml"), flags=re.MULTILINE)
    (tmp_path / "topics" / "storage.yaml").write_text(storage, encoding="utf-8")
    for topic in ("hello", "thanks", "help", "which-to-choose", "brewing"):
        (tmp_path / "topics" / f"{topic}.yaml").write_text(TOPIC.format(id=topic), encoding="utf-8")
    reading = yaml.safe_load(example("How a description is read"))
    guide = yaml.safe_load(example("guide.yaml")) | reading
    (tmp_path / "guide.yaml").write_text(yaml.safe_dump(guide), encoding="utf-8")

    knowledge = load(tmp_path)

    assert knowledge.about.called == "Barista"
    assert knowledge.guide is not None
    assert [question.id for question in knowledge.topics["storage"].questions] == ["freezing"]


@pytest.mark.parametrize(("heading", "model"), [("packages.yaml", PackagesFile), ("Code", CodeTask)])
def test_the_other_examples_are_valid(heading: str, model: type[BaseModel]) -> None:
    text = example(heading).replace("says: ...", "says: Needs one.")

    model.model_validate(yaml.safe_load(text))


def test_every_line_of_the_expected_answers_is_one() -> None:
    rows = [json.loads(line) for line in example("golden.jsonl", "json").splitlines()]

    assert [row["kind"] for row in rows] == ["question", "followup", "oos"]


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_page_names_every_key(name: str) -> None:
    schema: dict[str, Any] = json.loads(schemas()[name])
    keys = {key for model in (schema, *schema.get("$defs", {}).values()) for key in model.get("properties", {})}
    keys -= {"back", "restart", "finish", "unsure", "no", "go"}  # reading.commands, which the schema explains

    assert {key for key in keys if not re.search(rf"\b{key}\b", PAGE)} == set()


def test_the_page_names_only_commands_that_exist() -> None:
    known = {verb.__name__ for verb in VERBS} | {"guide", "db", "slack", "discord", "model"}

    assert set(re.findall(r"`?advisor ([a-z]+)(?= [A-Z\"d-]|`)", PAGE)) - known == set()
