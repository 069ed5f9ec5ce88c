"""What commands share: the knowledge base they name, and lines of JSON that they read."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters import knowledge_base
from adapters.cli.errors import UsageError

if TYPE_CHECKING:
    from bot.advisor import Advisor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adapters.service.settings_loader import Settings


KnowledgeOption = Annotated[
    Path | None,
    typer.Option("--knowledge", metavar="DIR", help="The knowledge base to use; the shipped one by default."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def open_advisor(folder: Path | None) -> Advisor:
    """Load the knowledge base in `folder`, or the usual one, and return its advisor.

    Raises:
        KnowledgeError: it has mistakes.
    """
    gc.disable()  # nothing that loading makes is garbage: looking for it takes a tenth of the start
    try:
        return knowledge_base.open_advisor(
            folder or knowledge_base.default_folder(), os.environ.get("ADVISOR_CACHE_DIR")
        )
    finally:
        gc.enable()


def read_jsonl(lines: Iterable[str], name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL text; blank lines are passed over.

    Raises:
        UsageError: a line is not a JSON object.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{name}, line {number}: this is not JSON ({error.msg}).") from error
        if not isinstance(value, dict):
            raise UsageError(f'{name}, line {number}: a JSON object is needed, such as {{"q": "..."}}.')
        yield value


def dump(value: object) -> str:
    """Return a value as one line of JSON that people can read, too."""
    return json.dumps(value, ensure_ascii=False, default=str)


def configured() -> Settings:
    """Read the settings from the environment.

    Raises:
        UsageError: some of them are wrong; names all that are.
    """
    from adapters.service.settings_loader import SettingsError, load_settings

    try:
        return load_settings()
    except SettingsError as mistakes:
        raise UsageError(str(mistakes)) from None
