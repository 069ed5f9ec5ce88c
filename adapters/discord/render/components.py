"""The components of a message as plain dictionaries, each cut to what Discord takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from adapters.discord import limits
from adapters.discord.markup import clip
from bot.actions import Action, encode

Component = dict[str, Any]

PREFIX = "adv1:"
"""Begins the custom_id of every component of this version; another version that needs another form counts on."""
PICK = f"{PREFIX}pick."
"""Begins the custom_id of a select menu, whose options carry the presses."""


class Kind(IntEnum):
    """Discord's numbers for the kinds of components that are used."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    TEXT = 10
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17


class Style(IntEnum):
    """Discord's numbers for how a button looks."""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a select menu."""

    label: str
    press: Action
    description: str = ""


def text(written: str) -> Component:
    """Return a paragraph of Markdown."""
    return {"type": Kind.TEXT.value, "content": written}


def separator() -> Component:
    """Return a thin line."""
    return {"type": Kind.SEPARATOR.value, "divider": True, "spacing": 1}


def container(children: Sequence[Component], accent: int) -> Component:
    """Return a box with a coloured edge."""
    return {"type": Kind.CONTAINER.value, "accent_color": accent, "components": list(children)}


def file(name: str) -> Component:
    """Return the place in a message where an attachment is shown."""
    return {"type": Kind.FILE.value, "file": {"url": f"attachment://{name}"}}


def button(label: str, press: Action, style: Style = Style.SECONDARY, emoji: str = "") -> Component:
    """Return a button that carries a press."""
    made: Component = {
        "type": Kind.BUTTON.value,
        "style": style.value,
        "label": clip(_flat(label), limits.BUTTON_LABEL) or "…",
        "custom_id": PREFIX + encode(press),
    }
    if emoji:
        made["emoji"] = {"name": emoji}
    return made


def row(buttons: Sequence[Component]) -> Component:
    """Return a row of up to five buttons."""
    return {"type": Kind.ROW.value, "components": list(buttons[: limits.ROW_BUTTONS])}


def rows(buttons: Sequence[Component]) -> list[Component]:
    """Return buttons in as few rows as possible."""
    width = limits.ROW_BUTTONS
    return [row(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def stacked(buttons: Sequence[Component]) -> list[Component]:
    """Return buttons below each other, as a list to choose from."""
    return [row([each]) for each in buttons]


def menu(name: str, placeholder: str, options: Iterable[Option]) -> list[Component]:
    """Return a row with a select menu; nothing where there are no options.

    Discord wants distinct values: of options with the same press, the first stays.
    """
    shown = {encode(option.press): option for option in options}
    if not shown:
        return []
    listed = [_option(value, option) for value, option in list(shown.items())[: limits.SELECT_OPTIONS]]
    select = {
        "type": Kind.SELECT.value,
        "custom_id": PICK + name,
        "placeholder": clip(placeholder, limits.SELECT_PLACEHOLDER),
        "options": listed,
    }
    return [{"type": Kind.ROW.value, "components": [select]}]


def _option(value: str, option: Option) -> Component:
    shown: Component = {"label": clip(_flat(option.label), limits.OPTION_TEXT) or "…", "value": value}
    description = clip(_flat(option.description), limits.OPTION_TEXT)
    return {**shown, "description": description} if description else shown


def _flat(label: str) -> str:
    return " ".join(label.replace("`", "").split())
