"""missed, feedback, stats: what people asked in vain, liked, and used."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from adapters.cli.shared import configured
from adapters.cli.streams import UsageError, run_on_network

if TYPE_CHECKING:
    from adapters.storage.database import Database
    from adapters.storage.database_url import Address
    from adapters.storage.reports import Reports
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.shared import (
    JsonOption,
    KnowledgeOption,
    counted,
    dump,
    knowledge_settings,
    load_knowledge,
    open_advisor,
    shown,
)
from adapters.cli.tables import export, print_table

if TYPE_CHECKING:
    from bot.advisor import Advisor
    from bot.knowledge import Knowledge
    from bot.quality.evaluation import Labelled
    from bot.quality.missed_questions import Change, Group, MissedQuestion, Patch


T = TypeVar("T")


def from_worklist(read: Callable[[Reports], Awaitable[T]]) -> T:
    """Open the configured database, read from its worklist, and close it. Makes no file.

    Raises:
        UsageError: there is no database, or it cannot be reached.
    """
    import time

    from adapters.storage.reports import Reports

    return with_database(lambda database: read(Reports(database, time.time)))


def with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Open the configured database, do some work on it, and close it. Makes no file.

    Raises:
        UsageError: there is no database, or it cannot be reached.
    """
    from adapters.storage.database_url import parse

    address = parse(configured().database_url.get_secret_value())
    file = Path(address.url.database or "") if address.is_sqlite else None
    if file and not file.is_file():
        raise UsageError(
            f"There is no database {file} in this folder: `advisor serve` makes it when it first runs. If the service "
            "runs elsewhere, set DATABASE_URL to its database, or run this command in its folder."
        )
    return run_on_network(_working(address, work))


async def _working(address: Address, work: Callable[[Database], Awaitable[T]]) -> T:
    import logging

    from adapters.conversations.ports import StoreUnavailableError
    from adapters.storage.database import Database

    logging.getLogger("adapters.storage").addHandler(logging.NullHandler())  # what it would say is said below
    database = Database(address, patience=60)
    try:
        await database.look()
        return await work(database)
    except StoreUnavailableError as away:
        raise UsageError(f"The database {database.address} cannot be read: {away}.") from away
    finally:
        await database.close()


DaysOption = Annotated[int, typer.Option(help="How far to look back.", min=1, max=3650)]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV for spreadsheets.")]
FromOption = Annotated[
    Path | None,
    typer.Option("--from", metavar="FILE", help="Ask the questions of this file, one a line, instead of the database."),
]
PatchOption = Annotated[bool, typer.Option("--patch", help="Print new phrasings as a patch for `git apply`.")]


def missed(
    *,
    days: DaysOption = 90,
    from_file: FromOption = None,
    patch: PatchOption = False,
    json: JsonOption = False,
    csv: CsvOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show what people asked in vain, alike together, with the topic that comes nearest."""
    if from_file:
        questions, rows = _asked_now(from_file, knowledge)
    else:
        questions, rows = _asked_before(days)
    if json or csv:
        export(rows, as_csv=csv)
        return
    from bot.quality.missed_questions import group

    groups = group(questions)
    if patch:
        _print_patch(groups, knowledge)
        return
    print_table(("times", "question", "what to do"), [(len(one.questions), one.text, _proposal(one)) for one in groups])
    count = f"{len(questions)} question{'' if len(questions) == 1 else 's'} in {len(groups)} groups."
    print(f"{count} `advisor missed --patch` proposes phrasings for those that are near a topic." if groups else count)


def _asked_before(days: int) -> tuple[list[MissedQuestion], list[dict[str, object]]]:
    """Return what the database holds: as questions, and as rows for other programs."""
    from bot.quality.missed_questions import MissedQuestion

    rows = from_worklist(lambda worklist: worklist.missed(days))
    questions = [
        MissedQuestion(row.text, row.nearest, row.chosen, row.none_of_these, row.outcome == "suggestions")
        for row in rows
    ]
    return questions, [asdict(row) for row in rows]


def _asked_now(file: Path, knowledge: Path | None) -> tuple[list[MissedQuestion], list[dict[str, object]]]:
    """Return those questions of a file that are not answered at once."""
    from adapters.cli.labelled_questions import read_lines
    from bot.quality.missed_questions import missed

    texts = [_question(line) for line in read_lines(file) if line.strip()]
    if not texts:
        raise UsageError(f"{file} holds no question. Write one a line.")
    advisor = open_advisor(knowledge)
    with shown("Asking") as progress:
        questions = missed(advisor, counted(texts, progress))
    return questions, [{"text": each.text, "nearest": each.nearest, "offered": each.offered} for each in questions]


def _question(line: str) -> str:
    """Return the question of a line: the line itself, or the "q" of a JSON object."""
    if not line.lstrip().startswith("{"):
        return line.strip()
    try:
        value = json.loads(line)
    except ValueError:
        return line.strip()
    return value["q"] if isinstance(value, dict) and isinstance(value.get("q"), str) else line.strip()


def _proposal(one: Group) -> str:
    if one.topic is None:
        return "nothing is near: a new topic, or out of scope"
    return f"{'people chose' if one.certain else 'nearest is'} {one.topic}"


def _print_patch(groups: Sequence[Group], knowledge: Path | None) -> None:
    from adapters.cli.yaml_patch import unified
    from bot.quality.missed_questions import patch

    folder = knowledge or knowledge_settings().knowledge_folder
    base = load_knowledge(folder)
    with shown("Learning with the new phrasings") as progress:
        progress(0, 0)
        made = patch(base, groups, _expected(folder), _advisor)
    for topic, more in made.phrasings.items():
        try:
            sys.stdout.write(unified(folder, {topic: more}))
        except ValueError as problem:
            print(f"{folder / 'topics' / topic}.yaml: {problem}: {'; '.join(more)}", file=sys.stderr)
    _report(made, folder)


def _advisor(knowledge: Knowledge) -> Advisor:
    """Return an advisor that reads as the real one does, with the sentence encoder where that is installed."""
    from adapters.encoder import KeptVectors, open_encoder
    from bot.advisor import Advisor
    from bot.matching import learn

    cache = knowledge_settings().cache_folder
    encoder = open_encoder(cache)
    return Advisor(knowledge, learn(knowledge, KeptVectors(encoder, cache) if encoder else None), encoder)


def _expected(folder: Path) -> list[Labelled]:
    from adapters.cli.labelled_questions import read_labelled

    golden = folder / "golden.jsonl"
    return read_labelled(golden) if golden.exists() else []


def _report(made: Patch, folder: Path) -> None:
    """Say on the error stream, beside the patch, what it changes, what was left out, and how to go on."""
    from adapters.cli.yaml_patch import root_of

    for change in made.changes:
        print(_change(change), file=sys.stderr)
    for refused, changes in made.refused:
        print(f"Left out “{refused.text}” for {refused.topic}: it would spoil", file=sys.stderr)
        for change in changes:
            print(f"  {_change(change)}", file=sys.stderr)
    count = sum(map(len, made.phrasings.values()))
    print(f"{count} phrasings, {len(made.changes)} expected answers change. Review them all.", file=sys.stderr)
    root = root_of(folder)
    if count and not root.is_here:
        print(f"The paths begin at {root.folder}: git -C {root.folder} apply FILE", file=sys.stderr)
    if count:
        print("Expected answers to go with them, for golden.jsonl:", file=sys.stderr)
    for topic, more in made.phrasings.items():
        for text in more:
            print(dump({"q": text, "ok": [topic], "kind": "question"}), file=sys.stderr)


def _change(change: Change) -> str:
    return f"“{change.question}”: {change.before} -> {change.after}"


def feedback(days: DaysOption = 90, json: JsonOption = False, csv: CsvOption = False) -> None:
    """Show what people found helpful and what not, worst first."""
    rows = from_worklist(lambda worklist: worklist.feedback(days))
    if json or csv:
        export([asdict(row) for row in rows], as_csv=csv)
        return
    words: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        words[row.about].append(row.helpful)
    worst = sorted(words.items(), key=lambda item: (sum(item[1]) / len(item[1]), -len(item[1])))
    print_table(("helpful", "not", "reply"), [(sum(said), len(said) - sum(said), about) for about, said in worst])
    print(f"{len(rows)} words on {len(words)} replies in {days} days.")


def stats(days: DaysOption = 30, json: JsonOption = False, csv: CsvOption = False) -> None:
    """Count replies by kind, topics, and how far people go in the guide."""
    from adapters.conversations.ports import FUNNEL

    rows = from_worklist(lambda worklist: worklist.tallies(days))
    if json or csv:
        export([asdict(row) for row in rows], as_csv=csv)
        return
    totals: Counter[tuple[str, str]] = Counter()
    for row in rows:
        totals[row.what, row.about] += row.count
    kinds: Counter[str] = Counter()
    for (what, _), count in totals.items():
        kinds[what] += count
    _print_counts("Replies", kinds)
    _print_counts("Topics", _of(totals.items(), "answer"))
    _print_counts("Guide: questions shown", _of(totals.items(), "guide-question"))
    _print_counts("Guide: results", _of(totals.items(), "recommendation"))
    print("Guide: " + ", ".join(f"{kinds[step]} x {step}" for step in FUNNEL))


def _of(totals: Iterable[tuple[tuple[str, str], int]], kind: str) -> dict[str, int]:
    return {about: count for (what, about), count in totals if what == kind}


def _print_counts(title: str, counts: Mapping[str, int], most: int = 15) -> None:
    best = sorted(counts.items(), key=lambda item: -item[1])[:most]
    print_table(("times", title), [(count, name) for name, count in best])
