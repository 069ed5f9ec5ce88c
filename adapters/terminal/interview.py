"""The guide in a terminal, with arrow keys: one menu for every reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from adapters.terminal.printer import show
from adapters.terminal.render.buttons import options
from adapters.terminal.render.render import render
from bot.actions import GuideAction, GuideChange, GuideRestart, SaveRecord
from bot.replies import GuideQuestion, GuideReview, Recommendation, Reply

if TYPE_CHECKING:
    from bot.guide import Dependencies, Guide

Choose = Callable[[str, Sequence[str]], int | None]
"""Shows a title and labels; returns the place of the one that was chosen, or None to leave."""

LEAVE = "Done"


def interview(
    guide: Guide, text: str = "", choose: Choose | None = None, dependencies: Dependencies | None = None
) -> Recommendation | None:
    """Lead a person through the guide, and show the result.

    Args:
        guide: the guide to step through.
        text: a description to begin with.
        choose: how a menu is shown; with arrow keys and numbers by default.
        dependencies: what the project depends on.

    Returns:
        The result that the person was content with; None where they left before there was one.
    """
    ask = choose or with_arrows
    console = Console(highlight=False)
    reply: Reply = guide.begin(text=text, dependencies=dependencies)
    while isinstance(reply, GuideQuestion | GuideReview | Recommendation):
        show(console, render(reply))
        menu = menu_of(reply)
        place = ask("", [label for label, _ in menu])
        press = None if place is None else menu[place][1]
        if press is None:
            return reply if isinstance(reply, Recommendation) else None
        console.print()
        reply = guide.press(press)
    return None


def menu_of(reply: Reply) -> list[tuple[str, GuideAction | None]]:
    """Return what can be chosen after a reply: a label, and what it does; None ends the interview."""
    steps = [(o.label, o.press) for o in options(reply) if isinstance(o.press, GuideAction)]
    menu: list[tuple[str, GuideAction | None]] = [(label, press) for label, press in steps if not _saves(press)]
    if isinstance(reply, Recommendation):
        return [(LEAVE, None), *menu]
    if isinstance(reply, GuideQuestion) and reply.given:
        menu += [(f"Change: {item.ask}", GuideChange(reply.token, item.question)) for item in reply.given]
        menu.append(("Start again", GuideRestart(reply.token)))
    return menu


def _saves(press: GuideAction) -> bool:
    """Leave the decision record to `--record`, which knows the file."""
    return isinstance(press, SaveRecord)


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
