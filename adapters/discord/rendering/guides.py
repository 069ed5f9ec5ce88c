"""The guided choice while it runs: one message that changes in place."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import wording
from adapters.discord import limits
from adapters.discord.frames import Frame
from adapters.discord.markdown import line, prose
from adapters.discord.rendering import controls
from adapters.discord.rendering.components import Component, Style, button, row, rows, stacked
from adapters.discord.rendering.layout import Accent, Box, Line, Payload, Rank, message
from bot import presses
from bot.replies import Given, GuideQuestion, GuideReview

PARAGRAPH = 700
CELL = 150
MOST_BUTTONS = 12
"""Choices that are buttons below each other; more go into rows of five."""


def question(asked: GuideQuestion, frame: Frame) -> Payload:
    """Return a question with its choices, how far one is, and the ways back and on."""
    choices = [button(c.label, presses.GuideChoose(asked.token, asked.question, c.option)) for c in asked.choices]
    changing = controls.changing(asked.token, asked.given)
    box = Box([list(_question(asked, frame))], Accent.GUIDE)
    return message([box], [*_choices(choices), *_ways(asked), *changing, *controls.closing(frame)])


def _question(asked: GuideQuestion, frame: Frame) -> Iterator[Line]:
    if frame.note:
        yield Line(f"-# {frame.note}")
    if asked.notice:
        yield Line(f"*{line(asked.notice, PARAGRAPH)}*")
    yield Line(f"-# {wording.progress(asked.number, asked.about)}  Question {asked.number} of about {asked.about}")
    yield Line(f"### {line(asked.ask, CELL)}")
    if asked.help:
        yield Line(prose(asked.help, PARAGRAPH), Rank.EXTRA)


def _choices(buttons: list[Component]) -> list[Component]:
    return stacked(buttons) if len(buttons) <= MOST_BUTTONS else rows(buttons)


def _ways(asked: GuideQuestion) -> list[Component]:
    back = button(wording.BACK, presses.GuideBack(asked.token), emoji="⬅️")
    finish = button(wording.RESULT_NOW, presses.GuideFinish(asked.token), Style.PRIMARY)
    restart = button(wording.START_AGAIN, presses.GuideRestart(asked.token), emoji="🔄")
    ways = [
        *([back] if asked.can_go_back else []),
        *([finish] if asked.can_finish else []),
        *([restart] if asked.given else []),
    ]
    return [row(ways)] if ways else []


def review(shown: GuideReview, frame: Frame) -> Payload:
    """Return what a description already says, to be confirmed or changed."""
    head = [Line(f"-# {frame.note}")] if frame.note else []
    head += [Line(f"*{line(shown.notice, PARAGRAPH)}*")] if shown.notice else []
    lines = [*head, Line(f"**{wording.REVIEW}**"), *map(given, shown.given)]
    ways = row(
        [
            button(wording.YES_GO_ON, presses.GuideGo(shown.token), Style.SUCCESS),
            button(wording.START_AGAIN, presses.GuideRestart(shown.token), emoji="🔄"),
        ]
    )
    box = Box([lines], Accent.GUIDE)
    return message([box], [ways, *controls.changing(shown.token, shown.given), *controls.closing(frame)])


def given(one: Given) -> Line:
    """Return an answer that was given or understood."""
    return Line(f"• {line(one.ask, CELL)} **{line(one.label, limits.BUTTON_LABEL * 2)}**", Rank.SIDE)
