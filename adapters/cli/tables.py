"""Tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table


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
