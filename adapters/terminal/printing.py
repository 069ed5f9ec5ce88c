"""How blocks look in a terminal: with colour for people, without it for programs."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from adapters.terminal.blocks import Block, Role
from adapters.terminal.options import Option

PLAIN_WIDTH = 100
"""Columns of text that is written for a program."""

_STYLES = {
    Role.TITLE: ("bold cyan", 0),
    Role.LEAD: ("", 0),
    Role.SIDE: ("", 2),
    Role.TEXT: ("", 2),
    Role.NOTE: ("yellow", 2),
    Role.SOURCE: ("dim", 2),
    Role.ITEM: ("", 2),
    Role.VERBATIM: ("", 0),
}


def show(console: Console, said: Iterable[Block], options: Iterable[Option] = ()) -> None:
    """Print blocks, then what can be chosen, numbered from 1."""
    for place, block in enumerate(said):
        if place and block.role is Role.TITLE:
            console.print()
        console.print(_padded(block))
    for number, option in enumerate(options, start=1):
        console.print(Padding(Text.assemble((f"{number} ", "bold green"), option.label), (0, 0, 0, 2)))


def plain(said: Iterable[Block]) -> str:
    """Return blocks as text without colour, wrapped to `PLAIN_WIDTH` columns."""
    console = Console(file=io.StringIO(), width=PLAIN_WIDTH, color_system=None, legacy_windows=False)
    show(console, said)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def _padded(block: Block) -> Padding:
    style, indent = _STYLES[block.role]
    colon = "" if block.label.endswith("?") else ":"
    label = f"{block.label}{colon}{' ' if block.text else ''}" if block.label else ""
    text = Text.assemble((label, "bold"), block.text, style=style, overflow="fold")
    return Padding(text, (0, 0, 0, indent), expand=False)
