"""The guided choice while it runs: one message that changes in place."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.discord import limits
from adapters.discord.markup import line, prose
from adapters.discord.render import buttons
from adapters.discord.render.components import Component, Style, button, row, rows, stacked
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Accent, Box, Line, Payload, Rank, message
from bot import actions
from bot.replies import Given, GuideQuestion, GuideReview

PARAGRAPH = 700
CELL = 150
MOST_BUTTONS = 12
"""Choices that are buttons below each other; more go into rows of five."""


def question(asked: GuideQuestion, frame: RenderContext) -> Payload:
    """Return a question with its choices, how far one is, and the ways back and on."""
    choices = [button(c.label, actions.GuideChoose(asked.token, asked.question, c.option)) for c in asked.choices]
    changing = buttons.changing(asked.token, asked.given)
    box = Box([list(_question(asked, frame))], Accent.GUIDE)
    return message([box], [*_choices(choices), *_ways(asked), *changing, *buttons.closing(frame)])


def _question(asked: GuideQuestion, frame: RenderContext) -> Iterator[Line]:
    if frame.note:
        yield Line(f"-# {frame.note}")
    if asked.notice:
        yield Line(f"*{line(asked.notice, PARAGRAPH)}*")
    yield Line(f"-# {texts.progress(asked.number, asked.about)}  Question {asked.number} of about {asked.about}")
    yield Line(f"### {line(asked.ask, CELL)}")
    if asked.help:
        yield Line(prose(asked.help, PARAGRAPH), Rank.EXTRA)


def _choices(buttons: list[Component]) -> list[Component]:
    return stacked(buttons) if len(buttons) <= MOST_BUTTONS else rows(buttons)


def _ways(asked: GuideQuestion) -> list[Component]:
    back = button(texts.BACK, actions.GuideBack(asked.token), emoji="⬅️")
    finish = button(texts.RESULT_NOW, actions.GuideFinish(asked.token), Style.PRIMARY)
    restart = button(texts.START_AGAIN, actions.GuideRestart(asked.token), emoji="🔄")
    ways = [
        *([back] if asked.can_go_back else []),
        *([finish] if asked.can_finish else []),
        *([restart] if asked.given else []),
    ]
    return [row(ways)] if ways else []


def review(shown: GuideReview, frame: RenderContext) -> Payload:
    """Return what a description already says, to be confirmed or changed."""
    head = [Line(f"-# {frame.note}")] if frame.note else []
    head += [Line(f"*{line(shown.notice, PARAGRAPH)}*")] if shown.notice else []
    lines = [*head, Line(f"**{texts.REVIEW}**"), *map(given, shown.given)]
    ways = row(
        [
            button(texts.YES_GO_ON, actions.GuideGo(shown.token), Style.SUCCESS),
            button(texts.START_AGAIN, actions.GuideRestart(shown.token), emoji="🔄"),
        ]
    )
    box = Box([lines], Accent.GUIDE)
    return message([box], [ways, *buttons.changing(shown.token, shown.given), *buttons.closing(frame)])


def given(one: Given) -> Line:
    """Return an answer that was given or understood."""
    return Line(f"• {line(one.ask, CELL)} **{line(one.label, limits.BUTTON_LABEL * 2)}**", Rank.SIDE)
