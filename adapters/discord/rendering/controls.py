"""Buttons that many replies share."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.conversations import wording
from adapters.discord.frames import Audience, Frame
from adapters.discord.rendering.components import Component, Option, Style, button, menu, row, rows
from bot import presses
from bot.presses import Press
from bot.replies import Given, TopicLink

FEW = 2
"""So many topics are buttons; more are a menu, which takes one row on a phone."""


def choosing(label: str = wording.HELP_ME_CHOOSE) -> Component:
    """Return the button that begins the guided choice."""
    return button(label, presses.OpenGuide(), Style.PRIMARY, "🧭")


def browsing() -> Component:
    """Return the button that lists all topics."""
    return button(wording.ALL_TOPICS, presses.ShowArea(), emoji="📚")


def topics(name: str, placeholder: str, links: Sequence[TopicLink], ref: str = "") -> list[Component]:
    """Return topics to open, as buttons or as a menu."""
    if len(links) <= FEW:
        return rows([button(link.title, presses.ShowTopic(link.topic, ref)) for link in links])
    return menu(name, placeholder, (Option(link.title, presses.ShowTopic(link.topic, ref)) for link in links))


def changing(token: str, given: Sequence[Given]) -> list[Component]:
    """Return the menu that asks one question again."""
    options = (Option(g.ask, presses.GuideChange(token, g.question), g.label) for g in given)
    return menu("change", wording.CHANGE_AN_ANSWER, options)


def rating(frame: Frame, about: str) -> list[Component]:
    """Return the two buttons that rate a reply."""
    return [
        button("Helpful", presses.Rate(about, "yes", frame.ref), emoji="👍"),
        button("Not helpful", presses.Rate(about, "no", frame.ref), emoji="👎"),
    ]


def closing(frame: Frame, about: str = "", share: Press | None = None) -> list[Component]:
    """Return the last row: was it helpful, share it, delete it."""
    buttons = rating(frame, about) if about else []
    if share and frame.audience is Audience.ASKER:
        buttons.append(button("Share", share, emoji="📣"))
    if frame.audience is not Audience.ASKER:
        buttons.append(button("Delete", presses.Delete(frame.owner), emoji="🗑️"))
    return [row(buttons)] if buttons else []
