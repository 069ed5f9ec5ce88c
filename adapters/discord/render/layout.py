"""Puts a message together so that it keeps to Discord's limits, whatever the knowledge base says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from adapters.discord import limits
from adapters.discord.render.components import Component, Kind, container, separator, text


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
class Attachment:
    """A text file that comes with a message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Payload:
    """A message, ready to be sent: Components V2 as plain dictionaries."""

    components: tuple[Component, ...]
    attachment: Attachment | None = None
    plain: tuple[Component, ...] = ()
    """The same without the attachment, for where files are not allowed."""


@dataclass
class _Room:
    """What is left of a message's limits."""

    characters: int = limits.MESSAGE_TEXT
    components: int = limits.MESSAGE_COMPONENTS
    taken: set[str] = field(default_factory=set)
    """custom_ids that are in the message already; Discord refuses a message with two alike."""


def message(boxes: Sequence[Box], rows: Sequence[Component] = (), attachment: Attachment | None = None) -> Payload:
    """Return a message: boxes, then rows of buttons and menus. What has no room is left out, extras first."""
    room = _Room()
    kept = _kept(boxes, room)
    shown = [*_boxes(boxes, kept, room), *_rows(rows, room)]
    return Payload(tuple(shown) or (text("…"),), attachment)


def _kept(boxes: Sequence[Box], room: _Room) -> set[int]:
    """Return the identities of the lines that have room, the important ones first."""
    lines = [line for box in boxes for section in box.sections for line in section if line.written.strip()]
    kept: set[int] = set()
    for line in sorted(lines, key=lambda each: each.rank):
        if len(line.written) < room.characters:
            room.characters -= len(line.written) + 1  # the line break counts, too
            kept.add(id(line))
    return kept


def _boxes(boxes: Sequence[Box], kept: set[int], room: _Room) -> Iterator[Component]:
    for box in boxes:
        sections = [[line for line in section if id(line) in kept] for section in box.sections]
        written = ["\n".join(line.written for line in section) for section in sections if section]
        if not written:
            continue
        children = [text(written[0])]
        for paragraph in written[1:]:
            children += [separator(), text(paragraph)]
        if len(children) < room.components:
            room.components -= len(children) + 1
            yield container(children, box.accent)


def _rows(rows: Sequence[Component], room: _Room) -> Iterator[Component]:
    for row in rows:
        if row["type"] != Kind.ROW:
            room.components -= 1
            yield row
            continue
        fresh = {item["custom_id"]: item for item in row["components"] if item["custom_id"] not in room.taken}
        if fresh and len(fresh) < room.components:
            room.components -= len(fresh) + 1
            room.taken.update(fresh)
            yield {**row, "components": list(fresh.values())}
