"""check, evaluate, schema, learn: the verbs of somebody who writes knowledge."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.labelled_questions import read_labelled, refuse_unknown_topics
from adapters.cli.shared import (
    JsonOption,
    KnowledgeOption,
    counted,
    dump,
    knowledge_settings,
    learning_shown,
    open_advisor,
    read_floors,
    shown,
)
from adapters.cli.streams import CHECK_FAILED, UsageError


def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The knowledge base; the configured one by default.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Advice counts as failure, too.")] = False,
) -> None:
    """Validate and lint a knowledge base."""
    from bot.knowledge import load
    from bot.knowledge.advice import advice, ignored_files

    folder = path or knowledge_settings().knowledge_folder
    knowledge = load(folder)
    found = [*ignored_files(folder), *advice(knowledge, folder, today=datetime.now(UTC).date())]
    for piece in found:
        print(piece)
    phrasings = sum(len(topic.all_phrasings) for topic in knowledge.topics.values())
    pieces = "1 piece" if len(found) == 1 else f"{len(found)} pieces"
    print(f"{folder}: {len(knowledge.topics)} topics, {phrasings} phrasings, {pieces} of advice.")
    if strict and found:
        raise typer.Exit(CHECK_FAILED)


def learn(
    cache: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Where to keep it; the configured cache folder by default.")
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Learn from a knowledge base now, so that whatever starts later with this cache folder is ready at once.

    For the building of an image: run it with DIR, and set ADVISOR_CACHE_DIR to DIR. The folder may be read-only then.
    """
    from adapters.knowledge_base import model_cache, open_advisor

    settings = knowledge_settings()
    folder = cache or settings.cache_folder
    if folder is None:
        raise UsageError("ADVISOR_CACHE_DIR is off. Give a folder, as in: advisor learn DIR")
    if problem := model_cache.unwritable(folder):
        raise UsageError(f"Nothing can be kept in {problem}.")
    base = knowledge or settings.knowledge_folder
    with learning_shown() as progress:
        advisor = open_advisor(base, str(folder), progress=progress)
    count = sum(len(topic.all_phrasings) for topic in advisor.knowledge.topics.values())
    print(f"Learned from {count} phrasings of {base}, and kept it in {folder}.")


def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Labelled questions, one JSON object a line.")],
    floor: Annotated[
        list[str] | None, typer.Option(help="A figure to reach, such as right=0.9; may be repeated.")
    ] = None,
    json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Say how well labelled questions are answered."""
    from bot.quality.evaluation import FIGURES
    from bot.quality.evaluation import evaluate as run

    floors = read_floors(floor, FIGURES, "right=0.9")
    questions = read_labelled(file)
    advisor = open_advisor(knowledge)
    refuse_unknown_topics(file, questions, advisor.knowledge.topics)
    with shown("Asking") as progress:
        evaluation = run(advisor, counted(questions, progress))
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


def schema(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write the JSON Schemas.")],
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
