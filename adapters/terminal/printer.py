"""How blocks look in a terminal: with colour for people, without it for programs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from adapters.terminal.render.layout import Block, Role

PLAIN_WIDTH = 100
"""Columns of text that is written for a program."""

_WORD = re.compile(r"([^\s]*)(?:\n|[^\S\n]*)")
"""A word with the blanks behind it, or with the line break."""

_URL = re.compile(r"https?://[^\s<>\[\]]*[^\s<>\[\].,;:!?)“”\"']")
"""An address, without the punctuation behind it."""


class Labelled(Protocol):
    """Something that can be chosen."""

    @property
    def label(self) -> str:
        """What it says."""


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


def show(console: Console, said: Iterable[Block], options: Iterable[Labelled] = ()) -> None:
    """Print blocks, then what can be chosen, numbered from 1."""
    for place, block in enumerate(said):
        if place and block.role is Role.TITLE:
            console.print()
        _print(console, *_written(block))
    for number, option in enumerate(options, start=1):
        _print(console, Text.assemble((f"{number} ", "bold green"), option.label), 2)


def plain(said: Iterable[Block]) -> str:
    """Return blocks as text without colour, wrapped to `PLAIN_WIDTH` columns."""
    console = Console(file=io.StringIO(), width=PLAIN_WIDTH, color_system=None, legacy_windows=False)
    show(console, said)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    return text.strip("\n")


def _print(console: Console, text: Text, indent: int) -> None:
    """Print a paragraph line by line.

    Rich's own padding would fill every line with blanks to the right edge. An address that is longer than a line stays
    whole: broken in two, nobody could click or copy it.
    """
    for line in text.divide(_breaks(text.plain, console.width - indent)):
        line.rstrip()
        console.print(Text(" " * indent).append_text(line) if line else "", soft_wrap=True)


def _breaks(words: str, width: int) -> Iterator[int]:
    """Yield the places where a new line begins: after a line break, and before a word that has no room."""
    used = 0
    for word in _WORD.finditer(words):
        if used and used + cell_len(word[1]) > width:
            yield word.start()
            used = 0
        used += cell_len(word[0])
        if word[0].endswith("\n"):
            yield word.end()
            used = 0


def _written(block: Block) -> tuple[Text, int]:
    """Return the text of a block, and how far it is indented."""
    style, indent = _STYLES[block.role]
    colon = "" if block.label.endswith("?") else ":"
    label = f"{block.label}{colon}{' ' if block.text else ''}" if block.label else ""
    return _linked(Text.assemble((label, "bold"), block.text, style=style)), indent


def _linked(text: Text) -> Text:
    """Make every address a link that terminals open by a click (OSC 8); others see no difference."""
    for found in _URL.finditer(text.plain):
        text.stylize(Style(link=found[0]), *found.span())
    return text
