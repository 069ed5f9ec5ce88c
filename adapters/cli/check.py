"""check: mistakes in a knowledge base, and advice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.shared import CHECK_FAILED, installed_encoder, knowledge_settings, shown

if TYPE_CHECKING:
    from bot.deep_check import DeepCheck
    from bot.knowledge import Knowledge
    from bot.knowledge.golden import Row


def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The knowledge base; the configured one by default.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Advice counts as failure, too.")] = False,
    deep: Annotated[
        bool, typer.Option("--deep", help="Learn from it, too: say which phrasings are taken for something else.")
    ] = False,
) -> None:
    """Validate and lint a knowledge base, and its expected answers in golden.jsonl.

    With --deep, phrasings are left out and asked again. It lists the worst that then go to another topic or question,
    those that are nearly the same or alone name a side, and topics without an expected answer.
    """
    from bot.knowledge import golden, load
    from bot.knowledge.advice import advice, ignored_files, placeholders

    folder = path or knowledge_settings().knowledge_folder
    knowledge = load(folder)
    rows = golden.read(folder, knowledge)
    found = [*ignored_files(folder), *placeholders(folder), *advice(knowledge, folder, today=datetime.now(UTC).date())]
    found += golden.learned_from(rows, knowledge, folder)
    looked = _looked_deep(knowledge, folder, rows) if deep else None
    if looked:
        found += [*looked.others, *looked.confused]
    for piece in found:
        print(piece)
    if looked:
        print(looked.summary)
    phrasings = sum(len(topic.all_phrasings) for topic in knowledge.topics.values())
    pieces = "1 piece" if len(found) == 1 else f"{len(found)} pieces"
    print(f"{folder}: {len(knowledge.topics)} topics, {phrasings} phrasings, {pieces} of advice.")
    if strict and found:
        raise typer.Exit(CHECK_FAILED)


def _looked_deep(knowledge: Knowledge, folder: Path, rows: Sequence[Row]) -> DeepCheck:
    from bot.deep_check import deep_check

    with shown("Leaving phrasings out") as progress:
        return deep_check(knowledge, folder, rows, installed_encoder(), progress)
