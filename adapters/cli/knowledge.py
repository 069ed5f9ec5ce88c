"""check, evaluate, schema: the verbs of somebody who writes knowledge."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from adapters.cli.errors import CHECK_FAILED, UsageError
from adapters.cli.shared import JsonOption, KnowledgeOption, dump, open_advisor, read_jsonl
from adapters.knowledge_base import default_folder


def check(
    path: Annotated[Path | None, typer.Argument(help="The knowledge base; the shipped one by default.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Advice counts as failure, too.")] = False,
) -> None:
    """Validate and lint a knowledge base."""
    from bot.knowledge import load
    from bot.knowledge.advice import advice

    folder = path or default_folder()
    knowledge = load(folder)
    found = advice(knowledge, today=datetime.now(UTC).date())
    for piece in found:
        print(piece)
    phrasings = sum(len(topic.all_phrasings) for topic in knowledge.topics.values())
    print(f"{folder}: {len(knowledge.topics)} topics, {phrasings} phrasings, {len(found)} pieces of advice.")
    if strict and found:
        raise typer.Exit(CHECK_FAILED)


def evaluate(
    file: Annotated[Path, typer.Argument(help="Labelled questions, one JSON object a line.")],
    floor: Annotated[
        list[str] | None, typer.Option(help="A figure to reach, such as right=0.9; may be repeated.")
    ] = None,
    json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Say how well labelled questions are answered."""
    from bot.quality.evaluation import evaluate as run

    floors = dict(_floor(text) for text in floor or ())
    questions = labelled(file)
    evaluation = run(open_advisor(knowledge), questions)
    below = evaluation.below(floors)
    if json:
        print(dump({"questions": len(questions), **evaluation.figures, "below": below}))
    else:
        for miss in evaluation.misses():
            wanted = " or ".join(miss.labelled.right) or "nothing"
            got = miss.answered or (f"one of {', '.join(miss.suggested)}" if miss.suggested else "nothing")
            print(f"- {miss.labelled.question!r}: {got} instead of {wanted}")
        for name, value in evaluation.figures.items():
            print(f"{name:>22} {value:6.1%}")
        for sentence in below:
            print(sentence)
    if below:
        raise typer.Exit(CHECK_FAILED)


def labelled(file: Path) -> list[Any]:
    """Read labelled questions, or say which line cannot be one."""
    from bot.quality.evaluation import Labelled

    if not file.is_file():
        raise UsageError(f"There is no file {file}.")
    rows = read_jsonl(file.read_text(encoding="utf-8").splitlines(), str(file))
    try:
        return [
            Labelled(
                row["q"],
                tuple(row["ok"]),
                row.get("kind", ""),
                row.get("context"),
                row.get("question"),
                tuple(row.get("says", ())),
            )
            for row in rows
        ]
    except (KeyError, TypeError) as missing:
        raise UsageError(
            f'{file}: every line needs "q" and "ok" (a list of topic ids); {missing} is missing.'
        ) from missing


def _floor(text: str) -> tuple[str, float]:
    from bot.quality.evaluation import FIGURES

    name, _, value = text.partition("=")
    if name not in FIGURES:
        raise UsageError(f"--floor {text}: there is no such figure; there are {', '.join(FIGURES)}.")
    try:
        return name, float(value)
    except ValueError as error:
        raise UsageError(f"--floor {text}: write it as a name and a share, such as right=0.9.") from error


def schema(
    folder: Annotated[Path, typer.Argument(help="Where to write the JSON Schemas.")],
    verify: Annotated[bool, typer.Option("--verify", help="Only check that they are current.")] = False,
) -> None:
    """Write the JSON Schemas that let an editor complete and check the YAML."""
    from bot.knowledge.schemas import schemas

    stale = [name for name, text in schemas().items() if _text(folder / name) != text]
    if verify and stale:
        print(f"Out of date: {', '.join(stale)}. Run: advisor schema {folder}")
        raise typer.Exit(CHECK_FAILED)
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (folder / name).write_text(schemas()[name], encoding="utf-8")


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
