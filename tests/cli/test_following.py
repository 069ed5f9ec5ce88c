from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adapters.cli.chat import Following
from adapters.cli.shared import open_advisor
from adapters.knowledge_base.scaffold import NewBase, write
from bot.replies import Answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "tea", NewBase("tea and coffee", ("Tea", "Coffee"), "Tea and coffee"), date(2026, 11, 1))
    return tmp_path / "tea"


def test_a_conversation_goes_on_with_what_an_author_has_just_written(folder: Path) -> None:
    advisor, following = open_advisor(folder), Following(folder)
    assert following(advisor) == (advisor, "")

    file = folder / "topics" / "costs.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Yes, mostly the time", "No, only the time"), "utf-8")
    changed, news = following(advisor)

    answer = changed.ask("are there hidden costs").reply
    assert news == "(The knowledge base was read again.)"
    assert isinstance(answer, Answer)
    assert answer.lead.text.startswith("No, only the time")


def test_mistakes_are_said_once_and_the_conversation_goes_on(folder: Path) -> None:
    advisor, following = open_advisor(folder), Following(folder)

    file = folder / "topics" / "costs.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("area: deciding", "area: nowhere"), "utf-8")
    same, news = following(advisor)

    assert same is advisor
    assert "costs.yaml:3: there is no area `nowhere`" in news
    assert following(advisor) == (advisor, "")
