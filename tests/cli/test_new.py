from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from adapters.cli.knowledge import read_labelled
from adapters.cli.main import run
from adapters.knowledge_base.scaffold import NewBase, ScaffoldError, read_sides, write
from bot.advisor import Advisor
from bot.evaluation import evaluate
from bot.knowledge import load
from bot.knowledge.advice import advice, ignored_files
from bot.replies import Answer, GuideQuestion, GuideReview

TODAY = date(2026, 11, 1)
TEA = NewBase("tea and coffee", ("Tea", "Coffee"), "Tea and coffee")


def ended(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        run(arguments)
    return int(end.value.code or 0)


def test_a_new_base_has_no_mistakes_and_nothing_to_advise(tmp_path: Path) -> None:
    write(tmp_path / "tea", TEA, TODAY)
    knowledge = load(tmp_path / "tea")

    assert [*ignored_files(tmp_path / "tea"), *advice(knowledge, tmp_path / "tea", today=TODAY)] == []
    assert [len(topic.questions) for topic in knowledge.topics.values() if topic.sides] == [2, 2, 3]
    assert knowledge.guide is not None
    assert len(knowledge.guide.questions) == 3


def test_a_new_base_answers_what_it_is_expected_to_answer(tmp_path: Path) -> None:
    write(tmp_path / "tea", TEA, TODAY)
    questions = read_labelled(tmp_path / "tea" / "golden.jsonl")

    figures = evaluate(Advisor(load(tmp_path / "tea")), questions).figures

    assert (figures["right"], figures["out_of_scope_answered"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("sides", "ids"),
    [
        (("C#", "C", "Go"), ["c", "side_2", "go"]),
        (("日本", "Österreich"), ["side_1", "osterreich"]),
        (("To be: or", "not - to be"), ["to_be_or", "not_to_be"]),
        (("yes", "no", "Null", "1"), ["side_1", "side_2", "side_3", "side_4"]),
    ],
)
def test_any_names_make_a_base_that_loads(tmp_path: Path, sides: tuple[str, ...], ids: list[str]) -> None:
    write(tmp_path / "base", NewBase("what's in: a name, & more {$x}", sides, "It's: {a} #name"), TODAY)
    about = load(tmp_path / "base").about

    assert [side.id for side in about.sides] == ids
    assert tuple(side.name for side in about.sides) == sides
    assert about.subject == "what's in: a name, & more {$x}"


def test_its_files_point_to_the_schemas_beside_them(tmp_path: Path) -> None:
    written = write(tmp_path / "tea", TEA, TODAY)

    for file in (path for path in written if path.suffix == ".yaml"):
        pointed = file.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]
        assert (file.parent / pointed).is_file(), file
    settings = json.loads((tmp_path / "tea" / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert all((tmp_path / "tea" / schema).is_file() for schema in settings["yaml.schemas"])


def test_the_command_says_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "tea")

    assert ended("new", folder, "--subject", "tea and coffee", "--side", "Tea", "--side", "Coffee") == 0
    assert f"advisor chat --knowledge {folder}" in capsys.readouterr().out
    assert load(Path(folder)).about.title == "Tea and Coffee"


def test_without_a_person_to_ask_it_says_which_options_it_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended("new", str(tmp_path / "tea")) == 2
    assert 'advisor new DIR --subject "tea and coffee" --side Tea --side Coffee' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (NewBase("tea", ("Tea",), "Tea"), "Name 2 to 6 things to compare, such as: --side Tea --side Coffee"),
        (NewBase("tea", ("Tea", "tea"), "Tea"), "Two sides have the same name. Give each a name of its own."),
        (NewBase(" ", ("Tea", "Coffee"), "Tea"), "The subject is empty. Write it in a few words."),
        (NewBase("tea", ("Tea", "x" * 21), "Tea"), f"The side “{'x' * 21}” has 21 characters. Shorten it to 20."),
        (NewBase('a "b"', ("Tea", "Coffee"), "Tea"), "The subject has a sign that chats read as markup."),
    ],
)
def test_what_cannot_be_made_is_said_with_a_remedy(tmp_path: Path, wanted: NewBase, sentence: str) -> None:
    with pytest.raises(ScaffoldError) as refused:
        write(tmp_path / "tea", wanted, TODAY)

    assert str(refused.value).startswith(sentence)
    assert not (tmp_path / "tea").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(ScaffoldError, match="holds something already"):
        write(tmp_path, TEA, TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("typed", "sides"),
    [
        ("Tea, Coffee", ["Tea", "Coffee"]),
        ("cats and dogs", ["Cats", "Dogs"]),
        ("tea, coffee, and cocoa", ["Tea", "Coffee", "Cocoa"]),
        ("Salt and pepper, Sugar", ["Salt and pepper", "Sugar"]),
        ("vim vs. emacs", ["Vim", "Emacs"]),
        ("Tea,", ["Tea"]),
    ],
)
def test_sides_are_read_as_people_write_them(typed: str, sides: list[str]) -> None:
    assert read_sides(typed) == sides


def test_one_side_is_asked_again_at_once_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["cats", "cats and dogs", "pets", "Pet advisor"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))

    assert ended("new", str(tmp_path / "pets")) == 0
    assert "Name 2 to 6 things, with commas between them." in capsys.readouterr().out
    assert [side.name for side in load(tmp_path / "pets").about.sides] == ["Cats", "Dogs"]
    assert load(tmp_path / "pets").about.subject == "pets"


@pytest.mark.parametrize("listed", ["kettle\nteapot\n", "kettle==2.0\n"])
def test_a_new_base_knows_no_packages_and_says_how_it_learns_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], listed: str
) -> None:
    write(tmp_path / "tea", TEA, TODAY)
    (tmp_path / "requirements.txt").write_text(listed, encoding="utf-8")

    assert ended("recommend", "--from", str(tmp_path / "requirements.txt"), "--knowledge", str(tmp_path / "tea")) == 2
    assert capsys.readouterr().err.endswith(
        "This knowledge base knows no packages yet. "
        "Say in its packages.yaml what each one means: docs/writing-knowledge.md shows how.\n"
    )


def test_a_new_base_says_what_each_side_is_and_takes_no_liking_for_a_project(tmp_path: Path) -> None:
    write(tmp_path / "tea", TEA, TODAY)
    advisor = Advisor(load(tmp_path / "tea"))

    told = advisor.ask("what is coffee").reply
    assert isinstance(told, Answer)
    assert (told.topic, told.question, told.side) == ("which-to-choose", "what-is-it", "coffee")
    assert not isinstance(advisor.ask("I like to drink it cheap, is it free").reply, GuideReview | GuideQuestion)
