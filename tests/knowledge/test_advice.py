"""What `check` says of a knowledge base that has no mistakes and could be better."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import load
from bot.knowledge.advice import advice, ignored_files, placeholders

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"
TODAY = date(2026, 11, 30)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEA, tmp_path / "base"))


def change(base: Path, name: str, old: str, new: str) -> None:
    text = (base / name).read_text()
    assert old in text
    (base / name).write_text(text.replace(old, new, 1))


def found(base: Path, today: date = TODAY) -> list[tuple[str, int, str]]:
    pieces = advice(load(base), base, today)
    return [(piece.file.relative_to(base).as_posix(), piece.line, piece.what) for piece in pieces]


def test_a_base_in_order_gets_none() -> None:
    assert advice(load(TEA), TEA, TODAY) == []


def test_topics_with_few_phrasings_are_one_line(base: Path) -> None:
    for name in ("storage", "brewing"):
        path = base / "topics" / f"{name}.yaml"
        kept = [line for line in path.read_text().splitlines() if not line.startswith("  - ")]
        path.write_text("\n".join(kept).replace("phrasings:", f"phrasings: [how about {name}]") + "\n")

    assert found(base) == [
        ("topics", 0, "2 topics have fewer than 10 phrasings: brewing (1), storage (1)"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("topics/storage.yaml", "checked: 2026-11-01", "checked: 2020-01-01",
         ("topics/storage.yaml", 21, "last checked on 2020-01-01")),
        ("topics/storage.yaml", "checked: 2026-11-01\n", "",
         ("topics/storage.yaml", 0, "it has no `checked` date")),
        ("topics/storage.yaml", "A tin keeps", "A **tin** keeps",
         ("topics/storage.yaml", 6, "“A **tin** keeps it for a year.” holds markup that people would see")),
    ],
)  # fmt: skip
def test_each_piece_has_its_place(base: Path, file: str, old: str, new: str, expected: tuple[str, int, str]) -> None:
    change(base, file, old, new)

    assert expected[:2] in [piece[:2] for piece in found(base)]
    assert any(expected[2][:20] in piece[2] for piece in found(base))


ADVICE = {
    "a day too old": (
        "topics/storage.yaml", "checked: 2026-11-01", "checked: 2025-10-25",
        ("topics/storage.yaml", 21, "last checked on 2025-10-25", "Compare it with its sources again."),
    ),
    "a phrasing twice": (
        "topics/storage.yaml", "  - can I freeze it\n", "  - can I freeze it\n  - Can I freeze it?\n",
        ("topics/storage.yaml", 10, "these phrasings are there twice: can i freeze it", "Keep one of each."),
    ),
    "code that does not end": (
        "topics/storage.yaml", "Keep it dry", "Keep `it dry",
        ("topics/storage.yaml", 5, "\u201cKeep `it dry, dark and closed....\u201d has a ` without its partner",
         "Close the code with another `."),
    ),
    "markup": (
        "topics/storage.yaml", "Keep it dry", "Keep __it dry__",
        ("topics/storage.yaml", 5, "\u201cKeep __it dry__, dark and closed....\u201d holds markup that people would see",  # noqa: E501 - as it is said
         "Write plain text; only `code` is understood."),
    ),
    "a keyword of two topics": (
        "topics/storage.yaml", "keywords: [storage]", "keywords: [storage, Brewing]",
        ("topics/storage.yaml", 9, "the keyword `brewing` points to brewing and storage",
         "Keep it where it points to one."),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), ADVICE.values(), ids=ADVICE)
def test_a_piece_of_advice_says_where_what_and_how(
    base: Path, file: str, old: str, new: str, expected: tuple[str, int, str, str]
) -> None:
    change(base, file, old, new)
    pieces = [(p.file.relative_to(base).as_posix(), p.line, p.what, p.mend) for p in advice(load(base), base, TODAY)]

    assert pieces == [expected]


def test_what_was_checked_within_four_hundred_days_is_fresh(base: Path) -> None:
    change(base, "topics/storage.yaml", "checked: 2026-11-01", "checked: 2025-10-26")

    assert found(base) == []


def test_markup_inside_code_and_topics_without_sides_are_in_order(base: Path) -> None:
    change(base, "topics/storage.yaml", "Keep it dry", "Keep `__it__` dry")

    assert found(base) == []


def test_ten_phrasings_are_enough_and_nine_are_not(base: Path) -> None:
    change(base, "topics/storage.yaml", "  - can I freeze it\n", "")

    assert found(base) == [("topics", 0, "1 topic has fewer than 10 phrasings: storage (9)")]


def test_a_source_that_only_a_question_cites_is_cited(base: Path) -> None:
    text = (base / "sources.yaml").read_text()
    (base / "sources.yaml").write_text(
        f"{text}  - {{id: leaflet, title: A leaflet, kind: guide, checked: 2026-11-01}}\n"
    )
    assert ("sources.yaml", 4, "the source `leaflet` is cited nowhere") in found(base)

    question = "questions:\n  - {id: tin, ask: [which tin], answer: A dark one., sources: [{source: leaflet}]}\n"
    topic = base / "topics" / "storage.yaml"
    topic.write_text(topic.read_text() + question)
    assert found(base) == []


def test_old_sources_are_to_be_read_again(base: Path) -> None:
    assert ("sources.yaml", 3, "the source `cookbook` was last checked on 2026-11-01") in found(base, date(2028, 1, 1))


def test_files_that_are_not_read_are_named_with_what_was_meant(base: Path) -> None:
    (base / "topics" / "json2.yml").write_text("id: json2\n")
    (base / "gude.yaml").write_text("")
    (base / "notes.yaml").write_text("")

    said = {piece.file.name: piece.mend for piece in ignored_files(base)}
    assert said["json2.yml"] == "Rename it to json2.yaml."
    assert said["gude.yaml"] == "Did you mean guide.yaml?"
    assert said["notes.yaml"].startswith("Move it into `topics` if it is a topic")


def test_no_file_of_a_base_in_order_is_ignored() -> None:
    shipped = Path(__file__).parents[2] / "knowledge" / "flask-vs-django"

    assert [*ignored_files(TEA), *ignored_files(shipped)] == []


QUESTION = """\
questions:
  - id: how-long
    ask: [how long does it keep]
    answer: {answer}
    sides:
      tea: {tea}
      coffee: Beans are best within six weeks.
keywords: [storage]
"""


@pytest.mark.parametrize(
    "text",
    ["It too keeps for years.", "Likewise two years.", "A tin works as well.", "The same holds, for two years.",
     "A tin avoids these problems and those costs."],
)  # fmt: skip
def test_a_side_that_leans_on_another_text_is_named(base: Path, text: str) -> None:
    change(
        base, "topics/storage.yaml", "keywords: [storage]\n", QUESTION.format(answer="Two years in a tin.", tea=text)
    )
    change(base, "topics/storage.yaml", "phrasings:", "phrasings:\n  - how long does it keep in a tin")

    assert [line for file, line, what in found(base) if "leans on" in what] == [14]


def test_what_is_too_long_to_come_first_is_named(base: Path) -> None:
    long = " ".join(["tea"] * 61)
    change(base, "topics/storage.yaml", "keywords: [storage]\n", QUESTION.format(answer=long, tea="A tin keeps it."))

    assert (
        "topics/storage.yaml",
        12,
        "“tea tea tea tea tea tea tea tea tea tea ...” has 61 words, and 60 can come first",
    ) in found(base)


def with_questions_and(base: Path, general: int) -> list[str]:
    """Return what is said of a topic with so many general phrasings that are like none of its questions."""
    asks = ", ".join(f"how long does it keep in box {number}" for number in range(10))
    answered = QUESTION.format(answer="Two years.", tea="A tin keeps it.")
    change(base, "topics/storage.yaml", "keywords: [storage]\n", answered)
    change(base, "topics/storage.yaml", "ask: [how long does it keep]", f"ask: [{asks}]")
    more = "".join(f"  - is plastic number {number} harmful\n" for number in range(general))
    change(base, "topics/storage.yaml", "phrasings:\n", f"phrasings:\n{more}")
    return [what for _, _, what in found(base) if "like none of its questions" in what]


def test_general_phrasings_are_as_they_should_be(base: Path) -> None:
    assert with_questions_and(base, 10) == []


def test_many_phrasings_that_no_question_answers_are_one_piece_of_advice(base: Path) -> None:
    [said] = with_questions_and(base, 30)

    assert said.endswith(
        "such as “is plastic number 0 harmful”, “is plastic number 1 harmful”, “is plastic number 2 harmful”"
    )


def test_other_files_are_named_too(base: Path) -> None:
    (base / "notes.txt").write_text("")
    (base / "goldn.jsonl").write_text("")
    (base / "README.md").write_text("")
    (base / ".gitignore").write_text("")
    (base / "topics" / "old.txt").write_text("")
    (base / "schema").mkdir()
    (base / "schema" / "topic.schema.json").write_text("{}")
    (base / "pictures").mkdir()
    for name in ("a.png", "b.png"):
        (base / "pictures" / name).write_text("")

    assert [(piece.file.relative_to(base).as_posix(), piece.what, piece.mend) for piece in ignored_files(base)] == [
        ("goldn.jsonl", "this file is not read", "Did you mean golden.jsonl?"),
        ("notes.txt", "this file is not read", "Move it out of this folder, or begin its name with a dot."),
        ("pictures", "this folder is not read", "Move it out of here."),
        ("topics/old.txt", "this file is not read", "Move it out of this folder, or begin its name with a dot."),
    ]


def test_what_is_still_as_it_was_begun_is_one_piece_for_each_file(base: Path) -> None:
    change(base, "topics/storage.yaml", "Keep it dry, dark and closed.", "Keep it dry. (An example.)")

    [piece] = placeholders(base)
    assert (piece.file.name, piece.line) == ("storage.yaml", 5)
    assert piece.what == "1 text is still marked “(An example ...)”"
