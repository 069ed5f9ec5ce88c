"""check: mistakes in a knowledge base, and advice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.shared import CHECK_FAILED, knowledge_settings


def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The knowledge base; the configured one by default.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Advice counts as failure, too.")] = False,
) -> None:
    """Validate and lint a knowledge base, and its expected answers in golden.jsonl."""
    from bot.knowledge import golden, load
    from bot.knowledge.advice import advice, ignored_files, placeholders

    folder = path or knowledge_settings().knowledge_folder
    knowledge = load(folder)
    rows = golden.read(folder, knowledge)
    found = [*ignored_files(folder), *placeholders(folder), *advice(knowledge, folder, today=datetime.now(UTC).date())]
    found += golden.learned_from(rows, knowledge, folder)
    for piece in found:
        print(piece)
    phrasings = sum(len(topic.all_phrasings) for topic in knowledge.topics.values())
    pieces = "1 piece" if len(found) == 1 else f"{len(found)} pieces"
    print(f"{folder}: {len(knowledge.topics)} topics, {phrasings} phrasings, {pieces} of advice.")
    if strict and found:
        raise typer.Exit(CHECK_FAILED)
