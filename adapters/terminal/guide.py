"""The guided choice in a terminal, with arrow keys: one menu for every reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from adapters.terminal.options import Option, options
from adapters.terminal.printing import show
from adapters.terminal.rendering import render
from bot.presses import GuidePress, SaveRecord
from bot.replies import GuideQuestion, GuideReview, Recommendation, Reply

if TYPE_CHECKING:
    from bot.guide import Guide

Choose = Callable[[str, Sequence[str]], int | None]
"""Shows a title and labels; returns the place of the one that was chosen, or None to leave."""

LEAVE = "Done"


def interview(guide: Guide, text: str = "", choose: Choose | None = None) -> Recommendation | None:
    """Lead a person through the guide.

    Args:
        guide: the guide to step through.
        text: a description to begin with.
        choose: how a menu is shown; with arrow keys and numbers by default.

    Returns:
        The result that the person was content with; None where they left before there was one.
    """
    ask = choose or with_arrows
    console = Console(highlight=False)
    reply: Reply = guide.begin(text=text)
    while isinstance(reply, GuideQuestion | GuideReview | Recommendation):
        show(console, render(reply))
        menu = _menu(reply)
        place = ask("", [option.label for option in menu] + ([LEAVE] if isinstance(reply, Recommendation) else []))
        if place is None or place >= len(menu):
            return reply if isinstance(reply, Recommendation) else None
        console.print()
        press = menu[place].press
        reply = guide.press(press) if isinstance(press, GuidePress) else reply
    return None


def _menu(reply: Reply) -> list[Option]:
    """Leave the decision record to `--record`, which knows the file."""
    return [option for option in options(reply) if not isinstance(option.press, SaveRecord)]


def with_arrows(title: str, labels: Sequence[str]) -> int | None:
    """Show a menu for arrow keys and numbers; None when it is left with Ctrl-C."""
    import questionary

    shortcuts = len(labels) <= _SHORTCUTS
    choices = [questionary.Choice(label, value=place) for place, label in enumerate(labels)]
    asked = questionary.select(title or "Your answer", choices=choices, use_shortcuts=shortcuts, use_arrow_keys=True)
    place: int | None = asked.ask()
    return place


_SHORTCUTS = 36
"""questionary has a key for so many lines, and refuses more."""
