"""`check --deep`: what a knowledge base confuses, what adds nothing, what nobody measures."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.deep_check import DeepCheck, deep_check
from bot.knowledge import golden, load
from bot.knowledge.yaml_documents import Problem
from bot.matching.arrays import Sparse
from bot.matching.config import DEFAULT
from bot.matching.questions import left_out

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"
QUESTIONS = """\
questions:
  - id: freezing
    ask: [can it lie in the freezer, does ice harm it, is the freezer a good place, freezer or fridge for it]
    answer: It can be frozen.
  - id: shelf-life
    ask: [for how many years is it good, when is it stale, years until it is stale, is the freezer a very good place]
    answer: Two years.
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEA, tmp_path / "base"))


def looked(base: Path) -> DeepCheck:
    knowledge = load(base)
    return deep_check(knowledge, base, golden.read(base, knowledge))


def add(base: Path, topic: str, *phrasings: str) -> None:
    path = base / "topics" / f"{topic}.yaml"
    more = "".join(f"  - {each}\n" for each in phrasings)
    path.write_text(path.read_text().replace("phrasings:\n", f"phrasings:\n{more}"))


def said(pieces: tuple[Problem, ...]) -> list[tuple[str, int, str]]:
    return [(piece.file.name, piece.line, piece.what) for piece in pieces]


def test_a_phrasing_in_the_wrong_topic_goes_where_it_belongs(base: Path) -> None:
    add(base, "storage", "how much caffeine is in a cup")

    [first, *_] = looked(base).confused
    assert (first.file.name, first.line) == ("storage.yaml", 11)
    assert first.what.startswith("“how much caffeine is in a cup” of `storage` goes to `caffeine` when it is left out")


def test_what_goes_to_an_inherited_group_cannot_be_moved_there(base: Path) -> None:
    add(base, "storage", "will it rain tomorrow in the afternoon")

    [refused] = [piece for piece in looked(base).confused if "“will it rain tomorrow" in piece.what]
    assert "goes out of scope, to `day-and-news`" in refused.what
    assert refused.mend == (
        "Name its subject in it, or give its topic more phrasings like it; "
        "a group `day-and-news` of your own switches the inherited one off."
    )


def test_an_example_that_a_topic_would_answer_is_moved_only_if_it_does(base: Path) -> None:
    path = base / "out-of-scope.yaml"
    path.write_text(path.read_text().replace("phrasings: [", "phrasings: [how much caffeine is in a cup, "))

    [answered] = [piece for piece in looked(base).confused if "“how much caffeine is in a cup”" in piece.what]
    assert answered.mend == "Move it there if that topic answers it, or give its group more examples like it."


def test_a_wording_of_the_wrong_question_goes_where_it_belongs(base: Path) -> None:
    path = base / "topics" / "storage.yaml"
    path.write_text(path.read_text() + QUESTIONS)

    asked = [what for file, _, what in said(looked(base).confused) if "of the question" in what]
    assert any(
        what.startswith("“is the freezer a very good place” of the question `shelf-life` goes to `freezing`")
        for what in asked
    )


def test_a_phrasing_that_is_nearly_another_adds_nothing(base: Path) -> None:
    add(base, "storage", "Freeze it, can I?")

    assert ("storage.yaml", "nearly the same: “can I freeze it” and “Freeze it, can I?”") in [
        (file, what) for file, _, what in said(looked(base).others)
    ]


def test_other_numbers_and_other_sides_are_no_copies(base: Path) -> None:
    add(base, "storage", "is it stale after 2 months", "is it stale after 3 months")
    add(base, "storage", "does coffee keep longer than tea", "does tea keep longer than coffee")

    assert [what for _, _, what in said(looked(base).others) if "nearly the same" in what] == []


def test_a_lone_phrasing_that_names_a_side_is_said(base: Path) -> None:
    path = base / "topics" / "storage.yaml"
    before = path.read_text()
    plain = "".join(
        f"  - is jar number {number} tight enough\n" for number in ["one", "two", "three", "four", "five", "six"]
    )
    head, _, rest = before.partition("phrasings:\n")
    others = "".join(line for line in rest.splitlines(keepends=True) if not line.startswith("  - "))
    kept = "phrasings:\n  - does tea rot\n  - in the cellar\n  - on a shelf\n  - near a window\n  - with a lid\n"
    path.write_text(f"{head}{kept}{plain}{others}")

    naming = [what for _, _, what in said(looked(base).others) if "names a side" in what]
    assert naming == [
        "“does tea rot” names a side, and nearly no other phrasing of the topic does: the name would decide for it"
    ]


def test_topics_without_an_expected_answer_are_one_sentence(base: Path) -> None:
    (base / "golden.jsonl").write_text('{"q": "can it lie in ice", "ok": ["storage"]}\n')

    assert ("golden.jsonl", 0, "2 topics have no expected answer: brewing, caffeine") in said(looked(base).others)


def test_the_summary_counts_what_was_left_out(base: Path) -> None:
    summary = looked(base).summary

    assert summary.startswith("Left out and asked again, by words alone: ")
    assert " of 50 (" in summary
    assert summary.endswith("and 0 of 0 wordings to another question of their topic.")


def test_leaving_a_wording_out_in_closed_form_is_learning_without_it() -> None:
    numbers = np.random.default_rng(5)
    dense = numbers.random((7, 4), np.float32)
    rows = Sparse(np.arange(0, 29, 4), np.tile(np.arange(4, dtype=np.int32), 7), dense.ravel())
    questions = np.array([0, 0, 0, 1, 1, -1, -1])
    found = left_out(rows, questions, None, DEFAULT.questions)

    truth = (questions[:, None] == np.arange(2)).astype(float)
    counts = np.array([3, 3, 3, 2, 2, 2, 2])
    stiff = DEFAULT.questions.ridge * np.sqrt(counts / (7 / 3))
    for place in range(7):
        kept = np.arange(7) != place
        weights = np.linalg.solve(dense[kept] @ dense[kept].T + np.diag(stiff[kept]), truth[kept])
        assert found[place] == pytest.approx(dense[place] @ dense[kept].T @ weights, abs=1e-3)
