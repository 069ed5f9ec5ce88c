"""Tables for people."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from adapters.cli.shared import dump


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows below column titles; numbers stand to the right, and long texts are wrapped to the terminal."""
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


FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula in one spreadsheet or another, full-width forms included."""


def export(rows: Sequence[Mapping[str, object]], *, as_csv: bool) -> None:
    """Print rows, each with the same keys."""
    if not as_csv:
        print(dump(list(rows)))
        return
    writer = csv.writer(sys.stdout)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)


def _cell(value: object) -> str:
    """Return a value as text that a spreadsheet shows and does not run."""
    text = " ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
    shown = text.lstrip()
    runs = shown.startswith(FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if runs else text
