"""feedback, stats: what people liked and used, from the database; and how reports are printed."""

from __future__ import annotations

import csv as csv_files
import sys
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from adapters.cli.shared import JsonOption, UsageError, configured, dump, run_on_network

if TYPE_CHECKING:
    from adapters.storage.address import Address
    from adapters.storage.database import Database
    from adapters.storage.reports import Reports

T = TypeVar("T")
DaysOption = Annotated[int, typer.Option(help="How far to look back.", min=1, max=3650)]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV for spreadsheets.")]
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula in one spreadsheet or another, full-width forms included."""


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
    from adapters.storage.address import parse_address

    address = parse_address(configured().database_url.get_secret_value())
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


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows below column titles; numbers stand to the right, and long texts are wrapped to the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    listed = [list(map(str, row)) for row in rows]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, title in enumerate(columns):
        is_number = bool(listed) and all(row[place].isdecimal() for row in listed)
        table.add_column(title, justify="right" if is_number else "left", overflow="fold")
    for row in listed:
        table.add_row(*(_plain(cell) for cell in row))
    Console(highlight=False).print(table)


def _plain(text: str) -> str:
    """Return text in which square brackets mean nothing."""
    from rich.markup import escape

    return escape(text)


def export(rows: Sequence[Mapping[str, object]], *, as_csv: bool) -> None:
    """Print rows, each with the same keys."""
    if not as_csv:
        print(dump(list(rows)))
        return
    writer = csv_files.writer(sys.stdout)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)


def _cell(value: object) -> str:
    """Return a value as text that a spreadsheet shows and does not run."""
    text = " ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
    shown = text.lstrip()
    runs = shown.startswith(FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if runs else text
