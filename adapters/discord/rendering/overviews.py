"""Lists: the sides next to each other, and everything that can be asked about."""

from __future__ import annotations

from adapters.conversations.wording import ALL_TOPICS, MOST_ROWS
from adapters.discord.frames import Frame
from adapters.discord.markdown import line, prose
from adapters.discord.rendering import controls
from adapters.discord.rendering.components import Component, Option, button, menu, row
from adapters.discord.rendering.layout import Accent, Box, Line, Payload, Rank, message
from bot import presses
from bot.replies import AreaTopics, Comparison, ComparisonRow, TopicList

PARAGRAPH = 900
CELL = 120
MORE = "-# There is more: open any of it below, with sources."
PAGE = 25
"""Topics in one menu; Discord takes no more."""


def comparison(table: Comparison, frame: Frame) -> Payload:
    """Return the sides next to each other, a topic a line; those that have no room can be opened from the menu."""
    head = [Line(f"### {line(table.title, CELL)}"), Line(prose(table.short, PARAGRAPH))]
    body = [Line(_row(each, table.sides), Rank.EXTRA) for each in table.rows]
    options = [Option(each.title, presses.ShowSide(each.topic, "both"), " | ".join(each.cells)) for each in table.rows]
    guide = [row([controls.choosing()])] if table.offers_guide else []
    pages = _pages("compare", "Read more about", options)
    tail = [Line(MORE, Rank.SIDE)] if len(body) > MOST_ROWS else []
    return message([Box([head, body[:MOST_ROWS], tail])], [*pages, *guide, *controls.closing(frame)])


def _row(each: ComparisonRow, sides: tuple[str, ...]) -> str:
    cells = " · ".join(f"{line(n, CELL)}: {line(c, CELL)}" for n, c in zip(sides, each.cells, strict=False))
    return f"**{line(each.title, CELL)}** — {cells}"


def topics(shelves: TopicList, frame: Frame) -> Payload:
    """Return the topics by area: all areas, or one that is open."""
    if shelves.only:
        return _area(shelves, frame)
    lines = [Line(f"**{line(area.title, CELL)}** — {_titles(area)}", Rank.EXTRA) for area in shelves.areas]
    areas = (Option(a.title, presses.ShowArea(a.area), f"{len(a.topics)} topics") for a in shelves.areas)
    box = Box([[Line("### What you can ask me about")], lines], Accent.QUIET)
    return message([box], [*menu("areas", "Open an area", areas), *controls.closing(frame)])


def _area(shelves: TopicList, frame: Frame) -> Payload:
    title = shelves.areas[0].title if shelves.areas else "Nothing here any more"
    lines = [Line(f"• {line(link.title, CELL)}", Rank.EXTRA) for area in shelves.areas for link in area.topics]
    options = [Option(link.title, presses.ShowTopic(link.topic)) for area in shelves.areas for link in area.topics]
    back = row([button(ALL_TOPICS, presses.ShowArea(), emoji="⬅️")])
    box = Box([[Line(f"### {line(title, CELL)}")], lines], Accent.QUIET)
    return message([box], [*_pages("topics", "Open a topic", options), back, *controls.closing(frame)])


def _titles(area: AreaTopics) -> str:
    return line(" · ".join(link.title for link in area.topics), PARAGRAPH)


def _pages(name: str, placeholder: str, options: list[Option]) -> list[Component]:
    """Return as many menus as the options need."""
    made: list[Component] = []
    for number, start in enumerate(range(0, len(options), PAGE)):
        more = " …more" if start else ""
        made += menu(f"{name}.{number}", f"{placeholder}{more}", options[start : start + PAGE])
    return made
