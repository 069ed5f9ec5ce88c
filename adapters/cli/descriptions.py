"""`advisor guide descriptions`: how well descriptions of projects are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.shared import JsonOption, KnowledgeOption, dump, knowledge_settings, read_jsonl
from adapters.cli.streams import CHECK_FAILED, UsageError

if TYPE_CHECKING:
    from bot.quality.descriptions import DescriptionQuality, Example
from collections.abc import Iterator
from typing import Any

from rapidfuzz import process

from adapters.cli.shared import read_numbered
from bot.quality.evaluation import Labelled

FileArgument = Annotated[
    Path | None,
    typer.Argument(help="Labelled descriptions, one JSON object a line; those of the knowledge base by default."),
]
SplitOption = Annotated[str | None, typer.Option("--split", help="Only the examples of this split, such as test.")]
FloorOption = Annotated[
    list[str] | None, typer.Option("--floor", help="A figure to reach, such as precision=0.92; may be repeated.")
]


def descriptions(
    file: FileArgument = None,
    split: SplitOption = None,
    floor: FloorOption = None,
    json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Say how well descriptions are read; exit code 1 where a figure misses its floor."""
    from bot.guide.description import DescriptionReader
    from bot.knowledge import load
    from bot.quality.descriptions import measure

    floors = dict(_floor(text) for text in floor or ())
    folder = knowledge or knowledge_settings().knowledge_folder
    guide = load(folder).guide
    if guide is None:
        raise UsageError("This knowledge base has no guide.")
    found = measure(DescriptionReader(guide), examples(file or folder / "descriptions.jsonl", split))
    below = found.below(floors)
    if json:
        print(dump({"descriptions": found.projects, "others": found.others, **found.figures, "below": below}))
    else:
        _print(found)
        for sentence in below:
            print(sentence)
    if below:
        raise typer.Exit(CHECK_FAILED)


def examples(file: Path, split: str | None) -> list[Example]:
    """Read labelled descriptions, of one split or of all.

    Raises:
        UsageError: the file is not there, a line cannot be one, or nothing is left.
    """
    from bot.quality.descriptions import Example

    if not file.is_file():
        raise UsageError(f"There is no file {file}.")
    rows = read_jsonl(file.read_text(encoding="utf-8").splitlines(), str(file))
    chosen = [row for row in rows if split is None or row.get("split") == split]
    if not chosen:
        raise UsageError(f"{file} has no example" + (f" of the split {split}." if split else "."))
    try:
        return [Example(row["text"], row["understood"], row.get("project", True)) for row in chosen]
    except (KeyError, TypeError) as missing:
        raise UsageError(
            f'{file}: every line needs "text" and "understood" (options by question); {missing} is missing.'
        ) from missing


def _print(found: DescriptionQuality) -> None:
    for slip in found.slips:
        print(f"- {slip.text!r}: {slip.question} is {slip.right or 'not said'}, read as {slip.read}")
    for question in found.labelled:
        read, labelled = found.read[question], found.labelled[question]
        print(f"{question:>12} read {read:4}, right {found.right[question]:4}, labelled {labelled:4}")
    _figures(found.figures.items())


def _figures(figures: Iterable[tuple[str, float]]) -> None:
    for name, value in figures:
        print(f"{name:>12} {value:6.1%}")


def _floor(text: str) -> tuple[str, float]:
    from bot.quality.descriptions import FIGURES

    name, _, value = text.partition("=")
    if name not in FIGURES:
        raise UsageError(f"--floor {text}: there is no such figure; there are {', '.join(FIGURES)}.")
    try:
        return name, float(value)
    except ValueError as error:
        raise UsageError(f"--floor {text}: write it as a name and a share, such as precision=0.92.") from error


def read_labelled(file: Path) -> list[Labelled]:
    """Read labelled questions.

    Raises:
        UsageError: some lines cannot be one; names all of them.
    """
    rows = list(read_numbered(read_lines(file), str(file)))
    problems = [f"{file}, line {number}: {problem}" for number, row in rows for problem in _problems(row)]
    if problems:
        raise UsageError("\n".join(problems))
    return [
        Labelled(
            row["q"],
            tuple(row["ok"]),
            row.get("kind", ""),
            row.get("context"),
            row.get("question"),
            tuple(row.get("says", ())),
        )
        for _, row in rows
    ]


def read_lines(file: Path) -> list[str]:
    """Read the lines of a text file.

    Raises:
        UsageError: there is no such file, or it is not text.
    """
    if not file.is_file():
        raise UsageError(f"There is no file {file}.")
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8 text: save it with the encoding UTF-8.") from None


def refuse_unknown_topics(file: Path, questions: Iterable[Labelled], topics: Iterable[str]) -> None:
    """Refuse labels that no answer can meet.

    Raises:
        UsageError: a question names a topic that does not exist; names all such topics.
    """
    known = list(topics)
    wrong = []
    for question in questions:
        for topic in question.right:
            if topic not in known:
                near = process.extractOne(topic, known, score_cutoff=60)
                hint = f"did you mean `{near[0]}`?" if near else "`advisor topics` lists all of them."
                wrong.append(f"{file}: the question “{question.question}” names `{topic}`, which is no topic; {hint}")
    if wrong:
        raise UsageError("\n".join(wrong))


def _problems(row: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a line, each with an example of what is right."""
    if not isinstance(row.get("q"), str):
        yield 'it needs the question as text, as in "q": "does it scale?".'
    if not _is_list_of_text(row.get("ok")):
        yield 'it needs the right topics as a list of ids, as in "ok": ["scaling"]; [] where none is right.'
    if not isinstance(row.get("kind", ""), str):
        yield 'the "kind" has to be text.'
    if not isinstance(row.get("context"), str | None):
        yield 'the "context" is the question before, as text, or null.'
    if not isinstance(row.get("question"), str | None):
        yield 'the "question" is the id of the topic\'s question, as text, or null.'
    if not _is_list_of_text(row.get("says", [])):
        yield 'the "says" is a list of words that the answer must have, as in "says": ["yes"].'


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
