"""Rows for other programs: JSON, or CSV for spreadsheets."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence

from adapters.cli.shared import dump

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
