"""The guide while it runs: one message that changes in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import discord

from adapters.conversations import texts
from adapters.discord import limits
from adapters.discord.markup import line, prose
from adapters.discord.render import buttons
from adapters.discord.render.context import Audience, RenderContext
from adapters.discord.render.layout import (
    Accent,
    Box,
    Button,
    Line,
    Payload,
    Rank,
    Row,
    button,
    message,
    rows,
    stacked,
    together,
)
from bot import actions
from bot.replies import Given, GuideQuestion, GuideReview

PARAGRAPH = 700
CELL = 150
MOST_BUTTONS = 12
"""Choices that are buttons below each other; more go into rows of five."""


def question(asked: GuideQuestion, context: RenderContext) -> Payload:
    """Return a question with its choices, how far one is, and the ways back and on."""
    choices = [button(c.label, actions.GuideChoose(asked.token, asked.question, c.option)) for c in asked.choices]
    changing = buttons.changing(asked.token, asked.given, restart=True)
    ways = rows([*_ways(asked), *buttons.closing(context)])
    box = Box([list(_question(asked))], Accent.GUIDE)
    return message([box], [*_choices(choices), *ways, *changing], note=context.note)


def _question(asked: GuideQuestion) -> Iterator[Line]:
    if asked.notice:
        yield Line(f"*{line(asked.notice, PARAGRAPH)}*")
    yield Line(f"-# Question {asked.number} of about {asked.about}  {texts.progress(asked.number, asked.about)}")
    yield Line(f"### {line(asked.ask, CELL)}")
    if asked.help:
        yield Line(prose(asked.help, PARAGRAPH), Rank.EXTRA)


def _choices(buttons: list[Button]) -> list[Row]:
    return stacked(buttons) if len(buttons) <= MOST_BUTTONS else rows(buttons)


def _ways(asked: GuideQuestion) -> list[Button]:
    back = button(texts.BACK, actions.GuideBack(asked.token), emoji="⬅️")
    finish = button(texts.RESULT_NOW, actions.GuideFinish(asked.token), discord.ButtonStyle.primary)
    return [*([back] if asked.can_go_back else []), *([finish] if asked.can_finish else [])]


def review(shown: GuideReview, context: RenderContext) -> Payload:
    """Return what a description already says, to be confirmed or changed."""
    head = [Line(f"*{line(shown.notice, PARAGRAPH)}*")] if shown.notice else []
    head += [Line(f"**{line(shown.lean, PARAGRAPH)}**")] if shown.lean else []
    lines = [*head, Line(f"**{texts.REVIEW}**"), *map(given, shown.given)]
    go_on = button(texts.YES_GO_ON, actions.GuideGo(shown.token), discord.ButtonStyle.success)
    changing = buttons.changing(shown.token, shown.given, restart=True)
    ways = rows([go_on, *buttons.closing(context)])
    return message([Box([lines], Accent.GUIDE)], [*ways, *changing], note=context.note)


def interrupted(said: Payload, still_open: GuideQuestion | GuideReview, context: RenderContext) -> Payload:
    """Return a reply with the open question below it; without the reply's buttons where both have no room."""
    below = replace(context, note="", audience=Audience.ASKER)  # one button to delete the message is enough
    shown = question(still_open, below) if isinstance(still_open, GuideQuestion) else review(still_open, below)
    return together(said, shown)


def given(one: Given) -> Line:
    """Return an answer that was given or understood."""
    return Line(f"• {line(one.ask, CELL)} **{line(one.label, limits.BUTTON_LABEL * 2)}**", Rank.SIDE)
