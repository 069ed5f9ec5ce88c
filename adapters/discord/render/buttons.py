"""Buttons that many replies share."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.conversations import texts
from adapters.discord.render.components import Component, Option, Style, button, menu, row, rows
from adapters.discord.render.context import Audience, RenderContext
from bot import actions
from bot.actions import Action
from bot.replies import Given, TopicLink

FEW = 2
"""So many topics are buttons; more are a menu, which takes one row on a phone."""


def choosing(label: str = texts.HELP_ME_CHOOSE) -> Component:
    """Return the button that begins the guided choice."""
    return button(label, actions.OpenGuide(), Style.PRIMARY, "🧭")


def browsing() -> Component:
    """Return the button that lists all topics."""
    return button(texts.ALL_TOPICS, actions.ShowArea(), emoji="📚")


def topics(name: str, placeholder: str, links: Sequence[TopicLink], ref: str = "") -> list[Component]:
    """Return topics to open, as buttons or as a menu."""
    if len(links) <= FEW:
        return rows([button(link.title, actions.ShowTopic(link.topic, ref)) for link in links])
    return menu(name, placeholder, (Option(link.title, actions.ShowTopic(link.topic, ref)) for link in links))


def changing(token: str, given: Sequence[Given]) -> list[Component]:
    """Return the menu that asks one question again."""
    options = (Option(g.ask, actions.GuideChange(token, g.question), g.label) for g in given)
    return menu("change", texts.CHANGE_AN_ANSWER, options)


def rating(frame: RenderContext, about: str) -> list[Component]:
    """Return the two buttons that rate a reply."""
    return [
        button("Helpful", actions.Rate(about, "yes", frame.ref), emoji="👍"),
        button("Not helpful", actions.Rate(about, "no", frame.ref), emoji="👎"),
    ]


def closing(frame: RenderContext, about: str = "", share: Action | None = None) -> list[Component]:
    """Return the last row: was it helpful, share it, delete it."""
    buttons = rating(frame, about) if about else []
    if share and frame.audience is Audience.ASKER:
        buttons.append(button("Share", share, emoji="📣"))
    if frame.audience is not Audience.ASKER:
        buttons.append(button("Delete", actions.Delete(frame.owner), emoji="🗑️"))
    return [row(buttons)] if buttons else []
