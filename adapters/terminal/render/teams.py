"""Team choices as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.conversations import texts
from adapters.terminal.render.blocks import Block, Role
from bot.replies import TeamCard, TeamVerdict


def card(said: TeamCard) -> Iterator[Block]:
    """Yield what a team choice is, and how many have answered."""
    yield Block(Role.TITLE, texts.TEAM_TITLE)
    yield Block(Role.TEXT, f"{texts.TEAM_HOW} {texts.team_count(said)}")


def verdict(said: TeamVerdict) -> Iterator[Block]:
    """Yield what a team decides together, and what divides it."""
    yield Block(Role.TITLE, said.headline)
    yield from (Block(Role.ITEM, text, label=label) for label, text in texts.team_lines(said))
