"""Team choices: one card that counts, and the verdict in its place."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.slack.markup import bold, escape, prose
from adapters.slack.render.blocks import Block, actions, button, context, header, section
from adapters.slack.render.buttons import message_actions
from adapters.slack.render.context import RenderContext
from adapters.slack.render.guide import noticed
from bot.actions import JoinTeam, RevealTeam
from bot.replies import TeamCard, TeamVerdict


def card(said: TeamCard, around: RenderContext) -> Iterator[Block]:
    """Yield the card on which members begin to answer, and whoever began it reveals the verdict."""
    yield from noticed(said.notice)
    yield header(texts.TEAM_TITLE)
    yield section(prose(texts.TEAM_HOW))
    yield context(texts.team_count(said))
    yield from _ways(said.team, texts.TEAM_ANSWER, texts.TEAM_REVEAL)
    yield from message_actions(around)


def verdict(said: TeamVerdict, around: RenderContext) -> Iterator[Block]:
    """Yield what a team decides, and the way to a second round."""
    yield header(said.headline)
    yield section("\n".join(f"{bold(f'{label}:')} {escape(text)}" for label, text in texts.team_lines(said)))
    yield context(f"{said.members} people answered. Nobody is shown who said what.")
    if said.team:
        yield from _ways(said.team, texts.TEAM_ANSWER_AGAIN, texts.TEAM_REVEAL_AGAIN)
    yield from message_actions(around)


def _ways(team: str, answer: str, reveal: str) -> Iterator[Block]:
    yield from actions([
        button(answer, JoinTeam(team), "Answer the questions; only you see them", style="primary"),
        button(reveal, RevealTeam(team), "Show the verdict; only for the person who began this"),
    ])  # fmt: skip
