"""The expected answers of the shipped knowledge base: labels that exist, and messages that nothing was learned from."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import Knowledge, load

SHIPPED = Path(__file__).parents[2] / "knowledge" / "flask-vs-django"
LEAST = {"question": 240, "long": 60, "followup": 70, "oos": 120}
"""How many of each kind there are at least."""

Row = dict[str, Any]


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    """Return the shipped knowledge base."""
    return load(SHIPPED)


@pytest.fixture(scope="module")
def golden() -> list[Row]:
    """Return its expected answers."""
    return [json.loads(line) for line in (SHIPPED / "golden.jsonl").read_text("utf-8").splitlines()]


def test_every_kind_is_there_often_enough(golden: list[Row]) -> None:
    kinds = Counter(row["kind"] for row in golden)
    assert {kind: kinds[kind] for kind, least in LEAST.items() if kinds[kind] < least} == {}


def test_labels_exist(golden: list[Row], shipped: Knowledge) -> None:
    for row in golden:
        assert set(row["ok"]) <= set(shipped.topics), row
        assert row["best"] in row["ok"] or not row["ok"], row
        asked = {question.id for topic in row["ok"] for question in shipped.topics[topic].questions}
        assert row.get("question") in {None, *asked}, row


def test_what_must_not_be_answered_has_no_answer(golden: list[Row]) -> None:
    assert [row for row in golden if (row["kind"] == "oos") != (not row["ok"])] == []


def test_patterns_can_be_searched(golden: list[Row]) -> None:
    for row in golden:
        assert all(re.compile(pattern) for pattern in row.get("says", ()))


def test_no_message_stands_twice(golden: list[Row]) -> None:
    asked = Counter((row["q"], row["context"]) for row in golden)
    assert [message for message, times in asked.items() if times > 1] == []


def test_nothing_was_learned_from_them(golden: list[Row], shipped: Knowledge) -> None:
    learned = {phrasing for topic in shipped.topics.values() for phrasing in topic.phrasings}
    learned |= {ask for topic in shipped.topics.values() for question in topic.questions for ask in question.ask}
    learned |= {phrasing for group in shipped.out_of_scope for phrasing in group.phrasings}
    words = {bare for phrasing in learned if (bare := _words(phrasing))}
    assert [row["q"] for row in golden if row["kind"] != "meta" and _words(row["q"]) in words] == []


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
