"""Progress of what takes longer than a second, on the error stream and only where a person looks on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

Report = Callable[[int, int], None]
"""Told how much is done, and of how much; of 0 where that is not known."""


T = TypeVar("T")


def counted(items: Sequence[T], report: Report) -> Iterator[T]:
    """Yield items, and report how many have been taken."""
    for number, item in enumerate(items, start=1):
        yield item
        report(number, len(items))


@contextmanager
def learning_shown() -> Iterator[Report]:
    """Show that a knowledge base is learned from, once the first report says so."""
    with shown("Learning from the knowledge base, once") as report:
        yield report


@contextmanager
def shown(what: str) -> Iterator[Report]:
    """Hand out a function that draws a bar, which is gone at the end."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=None)

    def report(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total or None)

    try:
        yield report
    finally:
        bar.stop()
