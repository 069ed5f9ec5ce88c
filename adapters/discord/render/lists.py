"""Lists: the sides next to each other, and everything that can be asked about."""

from __future__ import annotations

from adapters.conversations import texts
from adapters.conversations.texts import ALL_TOPICS, MOST_ROWS
from adapters.discord.markup import line, prose
from adapters.discord.render import buttons
from adapters.discord.render.components import Component, Option, button, menu, row, rows, stacked
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Accent, Box, Line, Payload, Rank, message
from bot import actions
from bot.replies import AreaTopics, Comparison, ComparisonRow, Help, NotKnown, Suggestions, TopicList, Unknown

PARAGRAPH = 900
CELL = 120
MORE = "-# There is more: open any of it below, with sources."
PAGE = 25
"""Topics in one menu; Discord takes no more."""


def comparison(table: Comparison, frame: RenderContext) -> Payload:
    """Return the sides next to each other, a topic a line; those that have no room can be opened from the menu."""
    head = [Line(f"### {line(table.title, CELL)}"), Line(prose(table.short, PARAGRAPH))]
    body = [Line(_row(each, table.sides), Rank.EXTRA) for each in table.rows]
    options = [Option(each.title, actions.ShowSide(each.topic, "both"), " | ".join(each.cells)) for each in table.rows]
    guide = [row([buttons.choosing()])] if table.offers_guide else []
    pages = _pages("compare", "Read more about", options)
    tail = [Line(MORE, Rank.SIDE)] if len(body) > MOST_ROWS else []
    return message([Box([head, body[:MOST_ROWS], tail])], [*pages, *guide, *buttons.closing(frame)])


def _row(each: ComparisonRow, sides: tuple[str, ...]) -> str:
    cells = " · ".join(f"{line(n, CELL)}: {line(c, CELL)}" for n, c in zip(sides, each.cells, strict=False))
    return f"**{line(each.title, CELL)}** — {cells}"


def topics(shelves: TopicList, frame: RenderContext) -> Payload:
    """Return the topics by area: all areas, or one that is open."""
    if shelves.only:
        return _area(shelves, frame)
    lines = [Line(f"**{line(area.title, CELL)}** — {_titles(area)}", Rank.EXTRA) for area in shelves.areas]
    areas = (Option(a.title, actions.ShowArea(a.area), f"{len(a.topics)} topics") for a in shelves.areas)
    box = Box([[Line("### What you can ask me about")], lines], Accent.QUIET)
    return message([box], [*menu("areas", "Open an area", areas), *buttons.closing(frame)])


def _area(shelves: TopicList, frame: RenderContext) -> Payload:
    title = shelves.areas[0].title if shelves.areas else "Nothing here any more"
    lines = [Line(f"• {line(link.title, CELL)}", Rank.EXTRA) for area in shelves.areas for link in area.topics]
    options = [Option(link.title, actions.ShowTopic(link.topic)) for area in shelves.areas for link in area.topics]
    back = row([button(ALL_TOPICS, actions.ShowArea(), emoji="⬅️")])
    box = Box([[Line(f"### {line(title, CELL)}")], lines], Accent.QUIET)
    return message([box], [*_pages("topics", "Open a topic", options), back, *buttons.closing(frame)])


def _titles(area: AreaTopics) -> str:
    return line(" · ".join(link.title for link in area.topics), PARAGRAPH)


def _pages(name: str, placeholder: str, options: list[Option]) -> list[Component]:
    """Return as many menus as the options need."""
    made: list[Component] = []
    for number, start in enumerate(range(0, len(options), PAGE)):
        more = " …more" if start else ""
        made += menu(f"{name}.{number}", f"{placeholder}{more}", options[start : start + PAGE])
    return made


QUESTION_TEXT = 1_500
COMMANDS = (
    "`/ask` — a question, answered privately; share it if you like",
    "`/recommend` — which one should I use? About five questions",
    "`/compare` — both sides next to each other",
    "`/topics` — everything that I can be asked about",
    "`/privacy` — what I keep, and how to make me forget",
    "Mention me in a channel, reply to me, or write me a direct message.",
    "Somebody else's question: press and hold it (or right-click), then **Apps → Answer this**.",
)


def suggestions(said: Suggestions, frame: RenderContext) -> Payload:
    """Return "did you mean", with a way to say no."""
    lead = texts.did_you_mean(len(said.candidates))
    candidates = [button(c.title, actions.ShowTopic(c.topic, frame.ref)) for c in said.candidates]
    none = row([button(texts.NONE_OF_THESE, actions.NoneOfThese(frame.ref))])
    box = Box([[*_note(frame), Line(f"**{lead}**")]], Accent.ASKING)
    return message([box], [*stacked(candidates), none, *buttons.closing(frame)])


def not_known(said: NotKnown, frame: RenderContext) -> Payload:
    """Return "I don't know", with the nearest thing that can be done."""
    box = Box([[*_note(frame), Line(prose(said.text, QUESTION_TEXT))]], Accent.ASKING)
    nearest = rows([button(link.title, actions.ShowTopic(link.topic)) for link in said.nearest])
    ways = row([button(texts.WHAT_CAN_I_ASK, actions.ShowHelp()), buttons.browsing()])
    about = "" if said.reason is Unknown.EMPTY else "not-known"
    return message([box], [*nearest, ways, *buttons.closing(frame, about)])


def help_text(said: Help, frame: RenderContext) -> Payload:
    """Return what the advisor can do, and its commands."""
    examples = [Line(f"> {line(example, 200)}", Rank.EXTRA) for example in said.examples]
    commands = [Line(f"• {command}", Rank.SIDE) for command in COMMANDS]
    box = Box([[Line(prose(said.text, QUESTION_TEXT)), *examples], commands], Accent.QUIET)
    guide = [buttons.choosing()] if said.offers_guide else []
    ways = row([*guide, buttons.browsing(), button("Privacy", actions.ShowPrivacy(), emoji="🔒")])
    return message([box], [ways, *buttons.closing(frame)])


def _note(frame: RenderContext) -> list[Line]:
    return [Line(f"-# {frame.note}")] if frame.note else []
