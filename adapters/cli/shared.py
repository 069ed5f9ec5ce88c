"""What commands share: their mistakes, the knowledge base they name, lines of JSON that they read, a network."""

from __future__ import annotations

import gc
import json
import signal
import sys
import time
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from adapters import knowledge_base
from adapters.knowledge_base.loader import Progress

if TYPE_CHECKING:
    from adapters.encoder import KeptVectors
    from adapters.service.settings_loader import KnowledgeSettings, Settings
    from bot.advisor import Advisor
    from bot.guide import Guide
    from bot.knowledge import Knowledge


CHECK_FAILED = 1
"""The exit code of a command that has found something to be mended."""
BROKEN_PIPE: signal.Signals | None = getattr(signal, "SIGPIPE", None)
"""What a write that nobody can read raises; Windows has no such signal."""
LEARNING = "Learning from the knowledge base, once"
PATIENCE = 3.0
"""Seconds for which a command may be silent."""
T = TypeVar("T")


class UsageError(Exception):
    """Something in the command or its input that the person can mend; says how."""


def counted(items: Sequence[T], report: Progress) -> Iterator[T]:
    """Yield items, and report how many have been taken."""
    for number, item in enumerate(items, start=1):
        yield item
        report(number, len(items))


@contextmanager
def learning_shown() -> Iterator[Progress]:
    """Show that a knowledge base is learned from, once the first report says so; without a terminal, in one line."""
    if sys.stderr.isatty():
        with shown(LEARNING) as report:
            yield report
        return
    yield _said_once(f"{LEARNING}: half a minute to a few minutes ...")


def _said_once(line: str, after: float = 0.0) -> Progress:
    """Return a function that prints a line to stderr, at the first report that comes after so many seconds."""
    begun, is_said = time.monotonic(), False

    def say(_done: int, _all: int) -> None:
        nonlocal is_said
        if not is_said and time.monotonic() - begun >= after:
            print(line, file=sys.stderr, flush=True)
            is_said = True

    return say


@contextmanager
def shown(what: str) -> Iterator[Progress]:
    """Hand out a function that draws a bar, which is gone at the end; without a terminal, one line says what lasts."""
    if not sys.stderr.isatty():
        yield _said_once(f"{what} ...", after=PATIENCE)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=None)

    def report(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total or None)

    try:
        yield report
    finally:
        bar.stop()


KnowledgeOption = Annotated[
    Path | None,
    typer.Option("--knowledge", metavar="DIR", help="The knowledge base to use; the configured one by default."),
]
NO_GUIDE = "This knowledge base has no guide."
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def open_advisor(folder: Path | None) -> Advisor:
    """Load the knowledge base in `folder`, or the configured one, and return its advisor.

    Where it has to be learned first, that is said on stderr: it takes some seconds, or minutes.

    Raises:
        KnowledgeError: it has mistakes.
        UsageError: the settings are wrong.
    """
    settings = knowledge_settings()
    folder = folder or settings.knowledge_folder
    gc.disable()  # nothing that loading makes is garbage: looking for it takes a tenth of the start
    try:
        with learning_shown() as progress:
            return knowledge_base.open_advisor(folder, settings.cache_dir, progress=progress)
    finally:
        gc.enable()


def installed_encoder() -> KeptVectors | None:
    """Return what makes vectors to learn from, with those kept that are known already.

    None where the encoder is missing, or is damaged, which is said.
    """
    from adapters.encoder import KeptVectors, open_encoder
    from adapters.knowledge_base.loader import works

    cache = knowledge_settings().cache_folder
    encoder = open_encoder(cache)
    return KeptVectors(encoder, cache) if encoder and works(encoder) else None


def open_guide(folder: Path | None) -> Guide:
    """Return the guide of the knowledge base in `folder`, or of the configured one.

    Raises:
        KnowledgeError: it has mistakes.
        UsageError: it has no guide, or the settings are wrong.
    """
    from bot.guide import Guide

    knowledge = load_knowledge(folder)
    if knowledge.guide is None:
        raise UsageError(NO_GUIDE)
    return Guide(knowledge.guide, knowledge)


def load_knowledge(folder: Path | None) -> Knowledge:
    """Load the knowledge base in `folder`, or the configured one, for a command that reads no questions.

    Raises:
        KnowledgeError: it has mistakes.
        UsageError: the settings are wrong.
    """
    from bot.knowledge import load

    return load(folder or knowledge_settings().knowledge_folder)


def read_jsonl(lines: Iterable[str], name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL text; blank lines are passed over.

    Raises:
        UsageError: a line is not a JSON object.
    """
    return (value for _, value in read_numbered(lines, name))


def read_numbered(lines: Iterable[str], name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a JSONL text, each with the number of its line, from 1.

    Raises:
        UsageError: a line is not a JSON object.
    """
    from bot.knowledge.golden import parsed

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        value = parsed(line)
        if isinstance(value, str):
            raise UsageError(f'{name}, line {number}: {value}. Write one JSON object a line: {{"q": "..."}}.')
        yield number, value


def takes_any_sign() -> bool:
    """Return whether standard output can write every sign."""
    return "utf" in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


def dump(value: object) -> str:
    """Return a value as one line of JSON that people can read, too."""
    return json.dumps(value, ensure_ascii=not takes_any_sign(), default=str)


def run_on_network(work: Coroutine[Any, Any, T]) -> T:
    """Run what talks to other machines: one that goes away is an error like others there, and must not end us."""
    import asyncio

    if not BROKEN_PIPE or signal.getsignal(BROKEN_PIPE) is not signal.SIG_DFL:
        return asyncio.run(work)
    signal.signal(BROKEN_PIPE, signal.SIG_IGN)
    try:
        return asyncio.run(work)
    finally:
        signal.signal(BROKEN_PIPE, signal.SIG_DFL)


def configured() -> Settings:
    """Read the settings from the environment and `.env`.

    Raises:
        UsageError: some of them are wrong; names all that are.
    """
    from adapters.service.settings_loader import SettingsError, load_settings

    try:
        return load_settings()
    except SettingsError as mistakes:
        raise UsageError(str(mistakes)) from None


def knowledge_settings() -> KnowledgeSettings:
    """Read the part of the same settings that every command needs: a wrong token is no reason not to answer.

    Raises:
        UsageError: that part is wrong.
    """
    from adapters.service.settings_loader import SettingsError, load_knowledge_settings

    try:
        return load_knowledge_settings()
    except SettingsError as mistakes:
        raise UsageError(str(mistakes)) from None


def read_floors(given: Sequence[str] | None, figures: Sequence[str], example: str) -> dict[str, float]:
    """Return the least value of each figure that `--floor` names.

    Args:
        given: what was written behind each `--floor`: a name, "=" and a share.
        figures: the names there are.
        example: a floor as it should be written.

    Raises:
        UsageError: one of them is no floor; says how to write it.
    """
    floors = {}
    for text in given or ():
        name, _, value = text.partition("=")
        if name not in figures:
            raise UsageError(f"--floor {text}: there is no such figure; there are {', '.join(figures)}.")
        try:
            floors[name] = float(value)
        except ValueError as error:
            raise UsageError(f"--floor {text}: write it as a name and a share, such as {example}.") from error
    return floors
