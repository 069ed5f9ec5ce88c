"""The console: blocks as text in colours, and lines that a person types, with a history and Tab."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Protocol

from platformdirs import user_state_path
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
PROMPT = "you> "
LEAVE = "Press Ctrl-C again, or Ctrl-D, to leave."
LONGEST_HISTORY = 1_000
Complete = Callable[[str], Sequence[str]]
"""Returns what a line that has been begun may become, best first."""


class Labelled(Protocol):
    """Something that can be chosen."""

    @property
    def label(self) -> str:
        """What it says."""


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


def typed_lines(complete: Complete, history: Path | None = None) -> Iterator[str]:
    """Yield what is typed, until Ctrl-D.

    Ctrl-C clears what stands on the line; pressed twice on an empty one, it interrupts the program.

    Args:
        complete: for Tab.
        history: the file that keeps earlier lines; in the user's folder for such things by default.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed twice.
    """
    editor = _line_editor()
    file = history or user_state_path("framework-advisor") / "history"
    if editor:
        _set_up(editor, complete, file)
    was_interrupted = False
    while True:
        try:
            line = input(PROMPT)
        except EOFError:
            print()
            return
        except KeyboardInterrupt:
            print()
            if editor and editor.get_line_buffer():
                was_interrupted = False  # it has cleared that line
                continue
            if was_interrupted:
                raise
            was_interrupted = True
            print(LEAVE)
            continue
        was_interrupted = False
        if editor and line.strip():
            _keep(editor, file)
        yield line


def _line_editor() -> ModuleType | None:
    """Return the library that edits lines; Windows has none, and edits them itself."""
    try:
        import readline
    except ImportError:
        return None
    return readline


def _set_up(editor: ModuleType, complete: Complete, file: Path) -> None:
    with suppress(OSError):
        editor.read_history_file(file)
    editor.set_history_length(LONGEST_HISTORY)
    editor.set_completer_delims("")  # the whole line is completed, not its last word
    editor.set_completer(_completer(complete))
    is_libedit = "libedit" in (editor.__doc__ or "")
    editor.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")


def _completer(complete: Complete) -> Callable[[str, int], str | None]:
    """Return a completer as the library wants it: called with 0, 1, 2 ... until it returns None."""
    found: list[str] = []

    def at(text: str, place: int) -> str | None:
        if place == 0:
            found[:] = complete(text)
        return found[place] if place < len(found) else None

    return at


def _keep(editor: ModuleType, file: Path) -> None:
    """Write the history after each line: the next one may end the program. Only this user can read it."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        editor.write_history_file(file)
