"""Lists: the sides next to each other, everything that can be asked about, and ways on from a question."""

from __future__ import annotations

from adapters.conversations import texts
from adapters.discord.markup import line, prose
from adapters.discord.render import buttons
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import (
    PREFIX,
    Accent,
    Box,
    Button,
    Line,
    Option,
    Payload,
    Rank,
    button,
    message,
    pages,
    rows,
    stacked,
)
from bot import actions
from bot.replies import Comparison, ComparisonRow, Help, NotKnown, Suggestions, TopicList, Unknown

PARAGRAPH = 900
CELL = 120
MOST_ROWS = 8
"""Topics of the overview that are written out; the menu has all of them."""
MOST_MENUS = 12
"""Menus of a list of topics: each takes two of Discord's forty components."""


def comparison(table: Comparison, context: RenderContext) -> Payload:
    """Return the sides next to each other, a topic a line; all of them can be opened from the menu."""
    head = [Line(f"### {line(' ┃ '.join(table.sides), CELL)}"), Line(prose(table.short, PARAGRAPH))]
    body = [Line(_row(each), Rank.EXTRA) for each in table.rows[:MOST_ROWS]]
    options = [Option(each.title, actions.ShowSide(each.topic, "both"), " | ".join(each.cells)) for each in table.rows]
    guide = [buttons.choosing()] if table.offers_guide else []
    ways = rows([*guide, *buttons.closing(context)])
    menus = pages("compare", f"Compare one of {len(table.rows)} topics", options)
    return message([Box([head, body])], [*menus[:MOST_MENUS], *ways], note=context.note)


def _row(each: ComparisonRow) -> str:
    cells = " ┃ ".join(line(cell, CELL) for cell in each.cells)
    return f"**{line(each.title, CELL)}**: {cells}"


def topics(listed: TopicList, context: RenderContext) -> Payload:
    """Return a menu of topics for each area; for one area alone where that was asked for."""
    title = "What you can ask me about" if listed.areas else "Nothing here any more"
    menus = []
    for area in listed.areas:
        options = [Option(link.title, actions.ShowTopic(link.topic)) for link in area.topics]
        menus += pages(f"area.{area.area}", f"{area.title}: {len(area.topics)} topics", options)
    box = Box([[Line(f"### {title}"), Line("-# Choose a topic, or ask in your own words.")]], Accent.QUIET)
    back = [buttons.browsing()] if listed.only else []
    closing = rows([*back, *buttons.closing(context)])
    return message([box], [*menus[:MOST_MENUS], *closing], note=context.note)


QUESTION_TEXT = 1_500
COMMANDS = {
    "ask": "a private answer; share it if you like",
    "recommend": "which one should I use? About five questions",
    "compare": "both sides next to each other",
    "topics": "everything I can be asked about",
    "privacy": "what I keep, and how to make me forget it",
}
OTHER_WAYS = (
    "Mention me in a channel, reply to me, or write me a direct message.",
    "To have somebody's message answered: press and hold it (or right-click), then **Apps → Answer this**.",
)
EXAMPLE = f"{PREFIX}ask."
"""Begins the custom_id of a button that asks one of the examples; its number follows."""
MOST_EXAMPLES = 3


def suggestions(said: Suggestions, context: RenderContext) -> Payload:
    """Return "did you mean", with a way to say no."""
    likely = texts.likely(said.candidates)
    lead = texts.did_you_mean(len(likely))
    candidates = [button(c.title, actions.ShowTopic(c.topic, context.ref)) for c in likely]
    none = button(texts.NONE_OF_THESE, actions.NoneOfThese(context.ref))
    last = [none, *buttons.closing(context)]
    ways = rows([*candidates, *last]) if len(candidates) == 1 else [*stacked(candidates), *rows(last)]
    return message([Box([[Line(f"**{lead}**")]], Accent.ASKING)], ways, note=context.note)


def not_known(said: NotKnown, context: RenderContext) -> Payload:
    """Return "I don't know", with the nearest thing that can be done."""
    box = Box([[Line(prose(said.text, QUESTION_TEXT))]], Accent.ASKING)
    nearest = [button(link.title, actions.ShowTopic(link.topic)) for link in said.nearest]
    person = [buttons.asking_people(context)] if said.reason is not Unknown.EMPTY and context.asks_people else []
    about = "not-known" if said.reason in (Unknown.NOT_FOUND, Unknown.OUT_OF_SCOPE) else ""
    ways = [button(texts.WHAT_CAN_I_ASK, actions.ShowHelp()), *person, *buttons.closing(context, about)]
    return message([box], [*rows(nearest), *rows(ways)], note=context.note)


def help_text(said: Help, context: RenderContext) -> Payload:
    """Return what the advisor can do, its commands to click, and examples that a button asks."""
    commands = [
        Line(f"{context.commands.get(name, f'`/{name}`')}: {words}", Rank.SIDE) for name, words in COMMANDS.items()
    ]
    ways = [Line(f"-# {way}", Rank.EXTRA) for way in OTHER_WAYS]
    box = Box([[Line(prose(said.text, QUESTION_TEXT))], [*commands, *ways]], Accent.QUIET)
    examples = [_example(number, text) for number, text in enumerate(said.examples[:MOST_EXAMPLES])]
    guide = [buttons.choosing()] if said.offers_guide else []
    last = rows([*guide, buttons.browsing(), button("Privacy", actions.ShowPrivacy(), emoji="🔒")])
    return message([box], [*stacked(examples), *last, *rows(buttons.closing(context))], note=context.note)


def _example(number: int, text: str) -> Button:
    made = button(text, actions.ShowHelp())
    made.custom_id = f"{EXAMPLE}{number}"
    return made
