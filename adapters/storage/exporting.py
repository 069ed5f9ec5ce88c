"""Rows of the worklist in forms that other programs read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from adapters.storage.worklist import Count, MissedQuestion, Word

Exported = MissedQuestion | Word | Count
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(rows: Sequence[Exported]) -> str:
    """Return the rows as a JSON list, one row a line."""
    lines = (json.dumps(_plain(row), ensure_ascii=False) for row in rows)
    return "[\n" + ",\n".join(lines) + "\n]\n" if rows else "[]\n"


def as_csv(kind: type[Exported], rows: Sequence[Exported]) -> str:
    """Return the rows as CSV with a heading. Texts that a spreadsheet would run as a formula are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields(kind)])
    for row in rows:
        writer.writerow([_cell(value) for value in _plain(row).values()])
    return out.getvalue()


def _plain(row: Exported) -> dict[str, Any]:
    return {key: _value(value) for key, value in asdict(row).items()}


def _value(value: Any) -> Any:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
