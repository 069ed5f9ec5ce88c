"""new: the beginning of a knowledge base of one's own."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.streams import UsageError

MOST = 35
"""Characters of a name that is made from the sides."""
FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]
SubjectOption = Annotated[str, typer.Option(help="What it can answer, as the end of “I know about ...”.")]
SideOption = Annotated[list[str] | None, typer.Option("--side", help="One of the things to compare; twice or more.")]
NameOption = Annotated[str, typer.Option("--name", help="What the advisor is called.")]


def new(folder: FolderArgument, subject: SubjectOption = "", side: SideOption = None, name: NameOption = "") -> None:
    """Begin a knowledge base of your own: asks for the subject and the sides, and writes one that runs at once."""
    from adapters.knowledge_base.scaffold import NewBase, ScaffoldError, write
    from adapters.version import documentation

    if not side or not subject:
        if not sys.stdin.isatty():
            raise UsageError(
                'Say what it is about: advisor new DIR --subject "tea and coffee" --side Tea --side Coffee'
            )
        print("Three questions, then you have an advisor that runs. Ctrl-C ends this.")
        side = side or [one.strip() for one in typer.prompt("What is compared? (as in: Tea, Coffee)").split(",")]
        subject = subject or typer.prompt("I know about ...", default=_joined(side))
        name = name or typer.prompt("What is it called?", default=_name(side))
    try:
        write(folder, NewBase(subject.strip(), tuple(side), (name or _name(side)).strip()), datetime.now(UTC).date())
    except ScaffoldError as mistakes:
        raise UsageError(str(mistakes)) from None
    print(f"{folder} is ready: three topics with questions, a guide of three questions, expected answers.")
    print(f"\n  advisor chat --knowledge {folder}\n  advisor preview --knowledge {folder}\n  advisor check {folder}")
    print(f"  advisor evaluate {folder / 'golden.jsonl'} --knowledge {folder}")
    print(f"\nRewrite what is marked “(An example.)”; {folder / 'README.md'} says in which order.")
    print(f"Every file and key: {documentation('writing-knowledge.md')}")


def _joined(sides: list[str]) -> str:
    return f"{', '.join(sides[:-1])} and {sides[-1]}" if len(sides) > 1 else "".join(sides)


def _name(sides: list[str]) -> str:
    short = _joined(sides)
    return short if len(short) <= MOST else short[:MOST].rsplit(" ", 1)[0]
