"""`advisor guide`: walk it, draw it, measure how well it reads descriptions of projects."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.shared import (
    CHECK_FAILED,
    NO_GUIDE,
    JsonOption,
    KnowledgeOption,
    UsageError,
    dump,
    knowledge_settings,
    open_guide,
    read_floors,
    read_jsonl,
)

if TYPE_CHECKING:
    from bot.evaluation import DescriptionQuality, Example

FileArgument = Annotated[
    Path | None,
    typer.Argument(help="Labelled descriptions, one JSON object a line; those of the knowledge base by default."),
]
SplitOption = Annotated[str | None, typer.Option("--split", help="Only the examples of this split, such as test.")]
FloorOption = Annotated[
    list[str] | None, typer.Option("--floor", help="A figure to reach, such as precision=0.92; may be repeated.")
]


guide_app = typer.Typer(help="Check, draw and measure the guide.", no_args_is_help=True)
FileOption = Annotated[Path | None, typer.Option(metavar="FILE")]
PAGE = """# The guide

Drawn from `guide.yaml` by `advisor guide diagram --write docs/guide.md`; don't edit it by hand.

Every option says which side it favours and how far; `*` means that it depends on other answers. Dotted arrows lead
to questions that are only asked or left out in some cases, and to the exits that end in "neither", which several
answers take together. "Not sure" is an option everywhere.

```mermaid
{chart}```
"""


@guide_app.command("audit")
def audit(json: JsonOption = False, knowledge: KnowledgeOption = None) -> None:
    """Walk every path of the guide; exit code 1 where something has to be mended."""
    found = open_guide(knowledge).audit()
    if json:
        facts = {"shares": dict(found.shares), "mean": found.mean, "longest": found.longest, "states": found.states}
        print(dump({**facts, "failures": found.failures}))
    else:
        for result, share in found.shares.items():
            print(f"{result:10} {share:6.1%} of the paths")
        print(f"questions  {found.mean:.2f} on average, {found.longest} at most; {found.states} situations")
        for failure in found.failures:
            print(f"to mend: {failure}")
    if not found.ok:
        raise typer.Exit(CHECK_FAILED)


@guide_app.command("diagram")
def diagram(write: FileOption = None, check: FileOption = None, knowledge: KnowledgeOption = None) -> None:
    """Draw the guide as Mermaid; write it into a page, or check that a page is current."""
    chart = open_guide(knowledge).diagram()
    page = PAGE.format(chart=chart)
    if write:
        write.write_text(page, encoding="utf-8")
    elif check is None:
        print(chart, end="")
    elif not check.exists() or check.read_text(encoding="utf-8") != page:
        print(f"{check} is not current; run `advisor guide diagram --write {check}`.", file=sys.stderr)
        raise typer.Exit(CHECK_FAILED)


@guide_app.command()
def descriptions(
    file: FileArgument = None,
    split: SplitOption = None,
    floor: FloorOption = None,
    json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Say how well descriptions are read; exit code 1 where a figure misses its floor."""
    from bot.evaluation import DESCRIPTION_FIGURES, read_descriptions
    from bot.guide.description import DescriptionReader
    from bot.knowledge import load

    floors = read_floors(floor, DESCRIPTION_FIGURES, "precision=0.92")
    folder = knowledge or knowledge_settings().knowledge_folder
    guide = load(folder).guide
    if guide is None:
        raise UsageError(NO_GUIDE)
    found = read_descriptions(DescriptionReader(guide), examples(file or folder / "descriptions.jsonl", split))
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
    from bot.evaluation import Example

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
    for name, value in found.figures.items():
        print(f"{name:>12} {value:6.1%}")
