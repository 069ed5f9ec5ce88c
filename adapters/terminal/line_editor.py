"""Lines that a person types: with a history that outlives the program, and Tab for what can be asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from platformdirs import user_state_path

PROMPT = "you> "
LEAVE = "Press Ctrl-C again, or Ctrl-D, to leave."
LONGEST_HISTORY = 1_000
Complete = Callable[[str], Sequence[str]]
"""Returns what a line that has been begun may become, best first."""


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
