"""missed, feedback, stats: what people asked in vain, liked, and used."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.database import from_worklist
from adapters.cli.export import export
from adapters.cli.shared import JsonOption, KnowledgeOption
from adapters.knowledge_base import default_folder

if TYPE_CHECKING:
    from bot.quality.missed_questions import Change, Group, Patch

DaysOption = Annotated[int, typer.Option(help="How far to look back.", min=1)]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV for spreadsheets.")]

FUNNEL = ("guide-review", "guide-question", "recommendation")
"""The steps of the guided choice, in order, as they are counted."""


def missed(
    days: DaysOption = 90,
    patch: Annotated[bool, typer.Option("--patch", help="Print new phrasings as a patch for `git apply`.")] = False,
    json: JsonOption = False,
    csv: CsvOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show what people asked in vain, alike together, with the topic that comes nearest."""
    rows = from_worklist(lambda worklist: worklist.missed(days))
    if json or csv:
        export([asdict(row) for row in rows], as_csv=csv)
        return
    from bot.quality.missed_questions import MissedQuestion, group

    groups = group(MissedQuestion(row.text, row.nearest, row.chosen, row.none_of_these) for row in rows)
    if patch:
        _print_patch(groups, knowledge or default_folder())
        return
    for one in groups:
        print(f"{len(one.questions):4} x {one.text}\n       {_proposal(one)}")
    print(f"{len(rows)} questions in {len(groups)} groups. `advisor missed --patch` proposes phrasings for them.")


def _proposal(one: Group) -> str:
    if one.topic is None:
        return "no topic is near: perhaps a new one, or out of scope"
    return f"{'people chose' if one.certain else 'nearest is'} {one.topic}"


def _print_patch(groups: Sequence[Group], folder: Path) -> None:
    from adapters.cli.yaml_patch import unified
    from bot.knowledge import load
    from bot.quality.missed_questions import patch

    made = patch(load(folder), groups, _expected(folder))
    sys.stdout.write(unified(folder, made.phrasings))
    _report(made)


def _expected(folder: Path) -> list[Any]:
    from adapters.cli.knowledge import labelled

    golden = folder / "golden.jsonl"
    return labelled(golden) if golden.exists() else []


def _report(made: Patch) -> None:
    """Say on the error stream, beside the patch, which expected answers it changes and what was left out."""
    for change in made.changes:
        print(_change(change), file=sys.stderr)
    for refused, changes in made.refused:
        print(f"Left out “{refused.text}” for {refused.topic}: it would spoil", file=sys.stderr)
        for change in changes:
            print(f"  {_change(change)}", file=sys.stderr)
    count = sum(map(len, made.phrasings.values()))
    print(f"{count} phrasings, {len(made.changes)} expected answers change. Review them all.", file=sys.stderr)


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
    for about, said in sorted(words.items(), key=lambda item: (sum(item[1]) / len(item[1]), -len(item[1]))):
        print(f"{sum(said):4} helpful, {len(said) - sum(said):4} not   {about}")
    print(f"{len(rows)} words on {len(words)} replies in {days} days.")


def stats(days: DaysOption = 30, json: JsonOption = False, csv: CsvOption = False) -> None:
    """Count replies by kind, topics, and how far people go in the guided choice."""
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
    _table("Replies", kinds)
    _table("Topics", {about: n for (what, about), n in totals.items() if what == "answer"})
    _table("Guide: questions shown", {about: n for (what, about), n in totals.items() if what == "guide-question"})
    _table("Guide: results", {about: n for (what, about), n in totals.items() if what == "recommendation"})
    print("Guide: " + ", ".join(f"{kinds[step]} x {step}" for step in FUNNEL))


def _table(title: str, counts: Mapping[str, int], most: int = 15) -> None:
    print(title)
    for name, count in sorted(counts.items(), key=lambda item: -item[1])[:most]:
        print(f"{count:6}  {name}")
