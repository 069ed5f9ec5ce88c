"""Team choices: one card that counts, and the verdict in its place."""

from __future__ import annotations

import discord

from adapters.conversations import texts
from adapters.discord.markup import line
from adapters.discord.render import buttons
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Accent, Box, Line, Payload, Rank, Row, button, message, rows
from bot import actions
from bot.replies import TeamCard, TeamVerdict

PARAGRAPH = 400


def card(said: TeamCard, context: RenderContext) -> Payload:
    """Return the card on which members begin to answer, and whoever began it reveals the verdict."""
    lines = [Line(f"### {texts.TEAM_TITLE}"), Line(texts.TEAM_HOW), Line(f"-# {texts.team_count(said)}")]
    ways = _ways(said.team, texts.TEAM_ANSWER, texts.TEAM_REVEAL, context)
    return message([Box([lines], Accent.GUIDE)], ways, note=context.note)


def verdict(said: TeamVerdict, context: RenderContext) -> Payload:
    """Return what a team decides, and the way to a second round."""
    lines = [Line(f"### {line(said.headline, PARAGRAPH)}")]
    told = [Line(f"**{label}**: {line(text, PARAGRAPH)}", Rank.SIDE) for label, text in texts.team_lines(said)]
    small = Line(f"-# {said.members} people answered. Nobody is shown who said what.")
    ways = _ways(said.team, texts.TEAM_ANSWER_AGAIN, texts.TEAM_REVEAL_AGAIN, context) if said.team else []
    return message([Box([lines, told, [small]], Accent.RESULT)], ways, note=context.note)


def _ways(team: str, answer: str, reveal: str, context: RenderContext) -> list[Row]:
    join = button(answer, actions.JoinTeam(team), discord.ButtonStyle.primary)
    return rows([join, button(reveal, actions.RevealTeam(team)), *buttons.closing(context)])
