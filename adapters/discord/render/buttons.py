"""What surrounds a reply: who asked and who sees it, and the buttons that many replies share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

import discord

from adapters.conversations import texts
from adapters.discord.render.layout import Button, Option, Row, button, menu, rows
from bot import actions
from bot.actions import Action
from bot.replies import Answer, Given, TopicLink

FEW = 2
"""So many topics are buttons; more are a menu, which takes one row on a phone."""


class Audience(Enum):
    """Who sees a message."""

    ASKER = auto()
    """Only the person who asked, for a while: an ephemeral message. It can be shared; Discord itself dismisses it."""
    DIRECT = auto()
    """A direct message with the bot: private already, and it stays."""
    CHANNEL = auto()
    """Everybody in the channel. The asker can delete it."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The surroundings of one reply."""

    ref: str
    """Names the turn, so that feedback finds it."""
    owner: str
    """The pseudonym of the person who asked."""
    audience: Audience
    note: str = ""
    """A line to put above the reply, as Markdown: the question that was asked, or who shared the answer."""
    shared: bool = False
    """Whether somebody shows their private answer to everybody."""
    asks_people: bool = False
    """Whether this server has a channel for questions that a person should answer."""
    commands: Mapping[str, str] = field(default_factory=dict)
    """How each slash command is written, by its usual name: its clickable mention, where Discord told it."""


def open_guide(label: str = texts.HELP_ME_CHOOSE, token: str | None = None) -> Button:
    """Return the button that begins the guide, from what a token holds."""
    return button(label, actions.OpenGuide(token or ""), discord.ButtonStyle.primary, "🧭")


def show_code(said: Answer) -> list[Button]:
    """Return the button that shows as code what an answer is about, where there is some."""
    shown = actions.ShowCode(said.topic, said.side or "", said.question or "")
    return [button(texts.SHOW_CODE, shown)] if said.code else []


def all_topics() -> Button:
    """Return the button that lists all topics."""
    return button(texts.ALL_TOPICS, actions.ShowArea(), emoji="📚")


def topics(name: str, placeholder: str, links: Sequence[TopicLink]) -> list[Row]:
    """Return topics to open, as buttons or as a menu."""
    if len(links) <= FEW:
        return rows([button(link.title, actions.ShowTopic(link.topic)) for link in links])
    return menu(name, placeholder, (Option(link.title, actions.ShowTopic(link.topic)) for link in links))


def change_answer(token: str, given: Sequence[Given], *, restart: bool = False) -> list[Row]:
    """Return the menu that asks one question again; with `restart`, all of them.

    To begin again stands in the menu and not beside "Back", where one press too many would lose every answer.
    """
    options = [Option(g.ask, actions.GuideChange(token, g.question), g.label) for g in given]
    if restart and given:
        options.append(Option(texts.START_AGAIN, actions.GuideRestart(token)))
    return menu("change", texts.CHANGE_AN_ANSWER, options)


def ask_person(context: RenderContext) -> Button:
    """Return the button that hands a question to the people of the server."""
    return button("Ask a person", actions.AskPerson(context.ref), emoji="🙋")


def thumbs(context: RenderContext, about: str) -> list[Button]:
    """Return the two buttons that rate a reply: emoji alone, so that all of an answer's buttons fit in one row."""
    return [
        button("", actions.Rate(about, "yes", context.ref), emoji="👍"),
        button("", actions.Rate(about, "no", context.ref), emoji="👎"),
    ]


def message_actions(context: RenderContext, about: str = "", share: Action | None = None) -> list[Button]:
    """Return the last buttons: share it, was it helpful, delete it."""
    made: list[Button] = []
    if share and context.audience is Audience.ASKER:
        made.append(button("Share", share, emoji="📣"))
    made += thumbs(context, about) if about else []
    if context.audience is not Audience.ASKER:
        made.append(button("", actions.Delete(context.owner), emoji="🗑️"))
    return made
