"""missed: what people asked in vain, and new phrasings as a patch of the YAML files, to review and `git apply`."""

from __future__ import annotations

import json as json_text
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.knowledge import read_labelled, read_lines
from adapters.cli.patching import root_of, unified
from adapters.cli.reports import CsvOption, DaysOption, export, from_worklist, print_table
from adapters.cli.shared import (
    JsonOption,
    KnowledgeOption,
    UsageError,
    counted,
    dump,
    installed_encoder,
    knowledge_settings,
    load_knowledge,
    open_advisor,
    shown,
)

if TYPE_CHECKING:
    from bot.advisor import Advisor
    from bot.evaluation import Labelled
    from bot.knowledge import Knowledge
    from bot.missed_questions import Change, Group, MissedQuestion, Patch

FromOption = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help='Ask the questions of this file instead of the database: one a line, or as the "q" of a JSON object.',
    ),
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
    """Show what people asked in vain, alike together, with the topic that comes nearest.

    In vain means: not answered at once, but with suggestions or with "I don't know". What was answered wrongly is not
    seen here: label such questions, and use `advisor evaluate`.
    """
    if from_file:
        questions, rows = _asked_now(from_file, knowledge)
    else:
        questions, rows = _asked_before(days)
    if json or csv:
        export(rows, as_csv=csv)
        return
    from bot.missed_questions import group

    groups = group(questions)
    if patch:
        _print_patch(groups, knowledge)
        return
    print_table(("times", "question", "what to do"), [(len(one.questions), one.text, _proposal(one)) for one in groups])
    in_groups = "1 group" if len(groups) == 1 else f"{len(groups)} groups"
    count = f"{len(questions)} question{'' if len(questions) == 1 else 's'} in {in_groups}."
    print(f"{count} `advisor missed --patch` proposes phrasings for those that are near a topic." if groups else count)


def _asked_before(days: int) -> tuple[list[MissedQuestion], list[dict[str, object]]]:
    """Return what the database holds: as questions, and as rows for other programs."""
    from bot.missed_questions import MissedQuestion

    rows = from_worklist(lambda worklist: worklist.missed(days))
    questions = [
        MissedQuestion(row.text, row.nearest, row.chosen, row.none_of_these, row.outcome == "suggestions")
        for row in rows
    ]
    return questions, [asdict(row) for row in rows]


def _asked_now(file: Path, knowledge: Path | None) -> tuple[list[MissedQuestion], list[dict[str, object]]]:
    """Return those questions of a file that are not answered at once."""
    from bot.missed_questions import missed

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
        value = json_text.loads(line)
    except ValueError:
        return line.strip()
    return value["q"] if isinstance(value, dict) and isinstance(value.get("q"), str) else line.strip()


def _proposal(one: Group) -> str:
    if one.topic is None:
        return "nothing is near: a new topic, or out of scope"
    return f"{'people chose' if one.certain else 'nearest is'} {one.topic}"


def _print_patch(groups: Sequence[Group], knowledge: Path | None) -> None:
    from bot.missed_questions import patch

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
    from adapters.encoder import open_encoder
    from bot.advisor import Advisor
    from bot.matching import learn

    encoder = open_encoder(knowledge_settings().cache_folder)
    return Advisor(knowledge, learn(knowledge, installed_encoder()), encoder)


def _expected(folder: Path) -> list[Labelled]:
    golden = folder / "golden.jsonl"
    return read_labelled(golden) if golden.exists() else []


def _report(made: Patch, folder: Path) -> None:
    """Say on the error stream, beside the patch, what it changes, what was left out, and how to go on."""
    for change in made.changes:
        print(_change(change), file=sys.stderr)
    for refused, changes in made.refused:
        print(f"Left out “{refused.text}” for {refused.topic}: it would spoil", file=sys.stderr)
        for change in changes:
            print(f"  {_change(change)}", file=sys.stderr)
    count = sum(map(len, made.phrasings.values()))
    phrasings = "1 phrasing" if count == 1 else f"{count} phrasings"
    print(f"{phrasings}, {len(made.changes)} expected answers change. Review them all.", file=sys.stderr)
    root = root_of(folder)
    if count and not root.is_here:
        print(f"The paths begin at {root.folder}: git -C {root.folder} apply FILE", file=sys.stderr)
    _suggest_expected(made, count)


def _suggest_expected(made: Patch, phrasings: int) -> None:
    """Print the questions that are left to measure with, and say where there are none."""
    if not phrasings:
        return
    if made.expected:
        print("For golden.jsonl, what is no phrasing (a question that was learned measures nothing):", file=sys.stderr)
    for labelled in made.expected:
        row = {"q": labelled.question, "ok": list(labelled.right), "kind": labelled.kind}
        print(dump(row), file=sys.stderr)
    lone = phrasings - len(made.expected)
    if lone:
        what = "1 of the phrasings was" if lone == 1 else f"{lone} of the phrasings were"
        print(f"{what} asked in one way only. Word it anew for golden.jsonl, as somebody else would.", file=sys.stderr)


def _change(change: Change) -> str:
    return f"“{change.question}”: {change.before} -> {change.after}"
