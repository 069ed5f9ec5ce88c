"""Tasks below `code/`: what is shown of their files, and what is said of mistakes in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, load
from bot.knowledge.code_pairs import nearest, shown

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"
TASK = """\
id: first-cup
title: A first cup
topics: [brewing]
asks:
  - how do I make a cup
sides:
  tea:
    says: Pour water over leaves.
    needs: [kettle]
    show: [cup.py]
  coffee:
    says: Pour water over ground beans.
    needs: [kettle, mill]
    show: [cup.py, label.html]
"""
VERSIONS = """\
runs:
  - python: "3.13"
    packages: {kettle: "2.0"}
  - python: "3.11"
    packages: {kettle: "1.9", mill: "0.4"}
"""


def write(base: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = base / "code" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    base = Path(shutil.copytree(TEA, tmp_path / "base"))
    write(
        base,
        {
            "first-cup/task.yaml": TASK,
            "first-cup/tea/cup.py": "import kettle\n\n# --- show\nkettle.pour()\n# --- end\nprint('frame')\n",
            "first-cup/coffee/cup.py": "import mill\n",
            "first-cup/coffee/label.html": "<b>Coffee</b>\n",
        },
    )
    return base


def mistakes(base: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(KnowledgeError) as caught:
        load(base)
    return [(p.file.relative_to(base).as_posix(), p.line, p.what) for p in caught.value.problems]


def test_a_base_without_code_has_none() -> None:
    assert load(TEA).code == {}


def test_a_task_shows_each_side(base: Path) -> None:
    pair = load(base).code["first-cup"]

    assert (pair.title, pair.topics) == ("A first cup", ("brewing",))
    assert pair.sides["tea"].text == "kettle.pour()"
    assert pair.sides["coffee"].text == "# cup.py\nimport mill\n\n{# label.html #}\n<b>Coffee</b>"
    assert pair.sides["coffee"].says == "Pour water over ground beans."
    assert [snippet.language for snippet in pair.sides["coffee"].snippets] == ["python", "html"]


def test_a_topic_knows_its_tasks_the_closest_first(base: Path) -> None:
    write(
        base, {"cold-cup/task.yaml": TASK.replace("first-cup", "cold-cup").replace("[brewing]", "[storage, brewing]")}
    )
    for name in ("tea/cup.py", "coffee/cup.py", "coffee/label.html"):
        write(base, {f"cold-cup/{name}": "a = 1\n"})
    knowledge = load(base)

    assert [pair.id for pair in knowledge.code_of("brewing")] == ["first-cup", "cold-cup"]
    assert [pair.id for pair in knowledge.code_of("storage")] == ["cold-cup"]
    assert knowledge.code_of("caffeine") == ()


def test_without_a_recorded_run_no_version_is_named(base: Path) -> None:
    assert load(base).code["first-cup"].sides["tea"].tested_with == ""


def test_a_side_names_the_newest_run_that_had_all_it_needs(base: Path) -> None:
    write(base, {"versions.yaml": VERSIONS})
    sides = load(base).code["first-cup"].sides

    assert sides["tea"].tested_with == "kettle 2.0 on Python 3.13"
    assert sides["coffee"].tested_with == "kettle 1.9, mill 0.4 on Python 3.11"


def test_a_file_is_shown_between_its_marks_and_the_parts_keep_their_distance() -> None:
    text = "# --- show\na = 1\n\n# --- end\nb = 2\n\n\n# --- show\ndef c(): ...\n\n\n# --- end\nd = 4\n"

    assert shown(text) == "a = 1\n\n\ndef c(): ..."
    assert shown("a = 1\n") == "a = 1"


def test_code_is_part_of_the_fingerprint(base: Path) -> None:
    before = load(base).fingerprint
    write(base, {"first-cup/coffee/cup.py": "import mill as m\n"})

    assert load(base).fingerprint != before


@pytest.mark.parametrize(
    ("old", "new", "line", "expected"),
    [
        ("id: first-cup", "id: second-cup", 1, "the folder `first-cup` is not named after its task `second-cup`"),
        ("[brewing]", "[nowhere]", 3, "there is no topic `nowhere`"),
        ("  tea:", "  cocoa:", 7, "`cocoa` is not one of the sides"),
        ("show: [cup.py]", "show: [pot.py]", 10, "there is no file `tea/pot.py`"),
        ("show: [cup.py]", "show: [../pot.py]", 10, "`sides.tea.show.0` is `../pot.py`"),
        ("asks:", "ask:", 4, "`ask` is not a known key"),
    ],
)
def test_a_mistake_is_placed(base: Path, old: str, new: str, line: int, expected: str) -> None:
    write(base, {"first-cup/task.yaml": TASK.replace(old, new, 1)})

    assert ("code/first-cup/task.yaml", line, expected) in mistakes(base)


def test_a_side_that_is_missing_is_named(base: Path) -> None:
    write(base, {"first-cup/task.yaml": TASK.partition("  coffee:")[0]})

    assert mistakes(base) == [("code/first-cup/task.yaml", 6, "nothing shows how `coffee` does it")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\n" * 26, "26 lines and 155 characters are shown"),
        (("a" * 70 + "\n") * 14, "14 lines and 993 characters are shown"),
        ("a" * 73, "“aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...” is a line of 73 characters"),
        ("# --- end\n# --- show\n", "there is no text to show in `tea/cup.py`"),
    ],
)
def test_what_is_shown_has_to_fit_a_phone(base: Path, text: str, expected: str) -> None:
    write(base, {"first-cup/tea/cup.py": text})

    assert mistakes(base) == [("code/first-cup/task.yaml", 10, expected)]


def test_a_package_that_no_run_had_is_a_mistake(base: Path) -> None:
    write(base, {"versions.yaml": VERSIONS.replace("mill", "grinder")})

    expected = "no run in versions.yaml has all of kettle, mill"
    assert mistakes(base) == [("code/first-cup/task.yaml", 13, expected)]


def test_a_question_can_only_name_a_task_that_is_there(base: Path) -> None:
    topic = base / "topics" / "storage.yaml"
    questions = "questions:\n  - id: jar\n    ask: [which jar]\n    answer: A dark one.\n    code: %s\n"
    topic.write_text(topic.read_text() + questions % "no-cup")

    assert [what for _, _, what in mistakes(base)] == ["there is no task `no-cup` below `code/`"]

    topic.write_text(topic.read_text().replace("no-cup", "first-cup"))
    assert load(base).topics["storage"].questions[0].code == "first-cup"


@pytest.mark.parametrize(
    "words", ["first-cup", "first cup", "a first cup", "How do I make a cup?", "how do i mak a cup"]
)
def test_a_task_is_found_by_its_names(base: Path, words: str) -> None:
    found = nearest(load(base).code, words)

    assert found is not None
    assert found.id == "first-cup"


def test_other_words_find_no_task(base: Path) -> None:
    assert nearest(load(base).code, "which beans are best") is None
