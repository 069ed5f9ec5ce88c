"""Puts a message together from discord.py's components so that it keeps to Discord's limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import ui

from adapters.discord.markup import clip
from bot.action_codec import encode
from bot.actions import Action

Button = ui.Button[Any]
Row = ui.ActionRow[Any]
Part = Row | ui.File[Any]

MESSAGE_TEXT = 4_000
"""Characters of all text displays of a message together: more than that Discord does not take."""
MESSAGE_COMPONENTS = 40
"""Components of a message, nested ones included."""
ROW_BUTTONS = 5
BUTTON_LABEL = 80
BUTTON_LABEL_IN_VIEW = 38
"""Screens cut longer labels; such a button gets a row of its own."""
SELECT_OPTIONS = 25
OPTION_TEXT = 100
"""Label, value and description of an option of a select menu, each."""
SELECT_PLACEHOLDER = 150

PREFIX = "adv1:"
"""Begins the custom_id of every component of this version; another version that needs another form counts on."""
PICK = f"{PREFIX}pick."
"""Begins the custom_id of a select menu, whose options carry the actions."""
NOTE_ID = 900_001
"""The component id of the line above a reply, so that it is found again when the reply changes or is shared."""


class Accent:
    """Colours of the edge, by what a message is."""

    ANSWER = 0x3B82C4
    ASKING = 0xE0A030
    GUIDE = 0x7C5CC4
    RESULT = 0x2E9E6B
    QUIET = 0x808890


class Rank:
    """What is left out first where a message grows too long: the highest number."""

    POINT = 0
    SIDE = 1
    SOURCE = 2
    CORRECTION = 3
    EXTRA = 4


@dataclass(frozen=True, slots=True)
class Line:
    """Lines of Markdown that stay or go together."""

    written: str
    rank: int = Rank.POINT


@dataclass(frozen=True, slots=True)
class Box:
    """A box of text; a thin line stands between its sections."""

    sections: Sequence[Sequence[Line]]
    accent: int = Accent.ANSWER


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a select menu."""

    label: str
    action: Action
    description: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that comes with a message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Payload:
    """A message, ready to be sent."""

    items: tuple[ui.Item[Any], ...]
    attachment: Attachment | None = None
    plain: tuple[ui.Item[Any], ...] = ()
    """The same without the attachment, for where files are not allowed."""

    @property
    def components(self) -> list[dict[str, Any]]:
        """The message as Discord reads it."""
        return [item.to_component_dict() for item in self.items]


def button(
    label: str, action: Action, style: discord.ButtonStyle = discord.ButtonStyle.secondary, emoji: str = ""
) -> Button:
    """Return a button that carries an action; without a label it shows its emoji alone."""
    written = clip(_flat(label), BUTTON_LABEL) or (None if emoji else "…")
    return ui.Button(style=style, label=written, custom_id=PREFIX + encode(action), emoji=emoji or None)


def rows(buttons: Sequence[Button]) -> list[Row]:
    """Return buttons in as few rows as possible; one whose label screens would cut has a row of its own."""
    made: list[list[Button]] = []
    for each in buttons:
        wide = len(each.label or "") > BUTTON_LABEL_IN_VIEW
        full = not made or len(made[-1]) == ROW_BUTTONS or len(made[-1][0].label or "") > BUTTON_LABEL_IN_VIEW
        if wide or full:
            made.append([each])
        else:
            made[-1].append(each)
    return [ui.ActionRow(*row) for row in made]


def stacked(buttons: Sequence[Button]) -> list[Row]:
    """Return buttons below each other, as a list to choose from."""
    return [ui.ActionRow(each) for each in buttons]


def menu(name: str, placeholder: str, options: Iterable[Option], *, several: bool = False) -> list[Row]:
    """Return a row with a select menu; nothing where there are no options.

    With `several` any number of options may be chosen, none as well. Discord wants distinct values: of options with the
    same action, the first stays.
    """
    shown = {encode(option.action): option for option in options}
    listed = [_option(value, option) for value, option in list(shown.items())[:SELECT_OPTIONS]]
    if not listed:
        return []
    least, most = (0, len(listed)) if several else (1, 1)
    written = clip(placeholder, SELECT_PLACEHOLDER)
    select: ui.Select[Any] = ui.Select(
        custom_id=PICK + name, placeholder=written, options=listed, min_values=least, max_values=most
    )
    return [ui.ActionRow(select)]


def pages(name: str, placeholder: str, options: Sequence[Option]) -> list[Row]:
    """Return as many select menus as the options need."""
    made: list[Row] = []
    for number, start in enumerate(range(0, len(options), SELECT_OPTIONS)):
        more = f" ({number + 1})" if start else ""
        made += menu(f"{name}.{number}", f"{placeholder}{more}", options[start : start + SELECT_OPTIONS])
    return made


def _option(value: str, option: Option) -> discord.SelectOption:
    return discord.SelectOption(
        label=clip(_flat(option.label), OPTION_TEXT) or "…",
        value=value,
        description=clip(_flat(option.description), OPTION_TEXT) or None,
        default=option.chosen,
    )


def _flat(label: str) -> str:
    return " ".join(label.replace("`", "").split())


@dataclass
class _Room:
    """What is left of a message's limits."""

    characters: int = MESSAGE_TEXT
    components: int = MESSAGE_COMPONENTS
    taken: set[str] = field(default_factory=set)
    """custom_ids that are in the message already; Discord refuses a message with two alike."""


def message(
    boxes: Sequence[Box], parts: Sequence[Part] = (), attachment: Attachment | None = None, note: str = ""
) -> Payload:
    """Return a message: a note, boxes, then rows of buttons and menus. What has no room is left out, extras first."""
    room = _Room(MESSAGE_TEXT - len(note), MESSAGE_COMPONENTS - bool(note))
    kept = _kept(boxes, room)
    shown = [*_boxes(boxes, kept, room, note), *_parts(parts, room)]
    return Payload(tuple(shown) or (ui.TextDisplay("…"),), attachment)


def together(first: Payload, second: Payload) -> Payload:
    """Return two messages as one: all of the second below the first, whose last rows go where there is no room.

    Where even the texts have no room, the first is all that is said.
    """
    if sum(map(_characters, (*first.items, *second.items))) > MESSAGE_TEXT:
        return first
    taken = {custom_id for item in second.items for custom_id in _custom_ids(item)}
    room = MESSAGE_COMPONENTS - sum(map(_components, second.items))
    kept: list[ui.Item[Any]] = []
    for item in first.items:
        if _components(item) <= room and not taken.intersection(_custom_ids(item)):
            room -= _components(item)
            kept.append(item)
    return Payload((*kept, *second.items), first.attachment)


def _children(item: ui.Item[Any]) -> Sequence[ui.Item[Any]]:
    return getattr(item, "children", ())


def _components(item: ui.Item[Any]) -> int:
    return 1 + sum(map(_components, _children(item)))


def _characters(item: ui.Item[Any]) -> int:
    return len(item.content) if isinstance(item, ui.TextDisplay) else sum(map(_characters, _children(item)))


def _custom_ids(item: ui.Item[Any]) -> set[str]:
    return {str(getattr(each, "custom_id", "")) for each in _children(item)} - {""}


def _kept(boxes: Sequence[Box], room: _Room) -> set[int]:
    """Return the identities of the lines that have room, the important ones first."""
    lines = [line for box in boxes for section in box.sections for line in section if line.written.strip()]
    kept: set[int] = set()
    for line in sorted(lines, key=lambda each: each.rank):
        if len(line.written) < room.characters:
            room.characters -= len(line.written) + 1  # the line break counts, too
            kept.add(id(line))
    return kept


def _boxes(boxes: Sequence[Box], kept: set[int], room: _Room, note: str) -> Iterator[ui.Item[Any]]:
    above: list[ui.Item[Any]] = [ui.TextDisplay(note, id=NOTE_ID)] if note else []
    for box in boxes:
        sections = [[line for line in section if id(line) in kept] for section in box.sections]
        written = ["\n".join(line.written for line in section) for section in sections if section]
        if not written:
            continue
        children: list[ui.Item[Any]] = [*above, ui.TextDisplay(written[0])]
        for paragraph in written[1:]:
            children += [ui.Separator(), ui.TextDisplay(paragraph)]
        if len(children) < room.components:
            room.components -= len(children) + 1
            above = []
            yield ui.Container(*children, accent_colour=box.accent)


def _parts(parts: Sequence[Part], room: _Room) -> Iterator[ui.Item[Any]]:
    for part in parts:
        if not isinstance(part, ui.ActionRow):
            room.components -= 1
            yield part
            continue
        fresh = {str(getattr(item, "custom_id", "")): item for item in part.children}
        fresh = {custom_id: item for custom_id, item in fresh.items() if custom_id not in room.taken}
        if fresh and len(fresh) < room.components:
            room.components -= len(fresh) + 1
            room.taken.update(fresh)
            yield ui.ActionRow(*fresh.values())
