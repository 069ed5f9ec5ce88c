"""Files of labelled questions: read whole, with every mistake in them named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import process

from adapters.cli.shared import read_numbered
from adapters.cli.streams import UsageError
from bot.quality.evaluation import Labelled


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
