"""Who speaks, and what their words belong to."""

from __future__ import annotations

from collections.abc import Iterator

import discord

from adapters.conversations.identity import Person
from adapters.discord.errors import PLATFORM
from adapters.discord.render.components import PREFIX
from adapters.discord.render.context import Audience
from bot import actions

_DELETE = f"{PREFIX}{actions.Delete.code}:"


def person(user: discord.abc.User, guild_id: int | None) -> Person:
    """Return who speaks; in direct messages the workspace is empty."""
    return Person(PLATFORM, str(guild_id or ""), str(user.id))


def conversation(channel_id: int | None, guild_id: int | None, mark: str) -> str:
    """Return what a message belongs to: its direct message channel, or else its channel and who began.

    People talk past each other in channels and threads, so each has a conversation of their own there; a reply to one
    of our messages carries on the conversation of whoever had asked.
    """
    return str(channel_id) if guild_id is None else f"{channel_id}/{mark}"


def audience(interaction: discord.Interaction) -> Audience:
    """Return who will see an answer to an interaction: one person, unless it is a direct message with the bot."""
    direct = interaction.guild_id is None and interaction.context.dm_channel
    return Audience.DIRECT if direct else Audience.ASKER


def seen_by(message: discord.Message) -> Audience:
    """Return who can see a message of ours."""
    if message.flags.ephemeral:
        return Audience.ASKER
    return Audience.CHANNEL if message.guild is not None else Audience.DIRECT


def asker(message: discord.Message) -> str:
    """Return the mark of whoever a message of ours answers, from its delete button; empty where it has none."""
    return next((i.removeprefix(_DELETE) for i in _custom_ids(message.components) if i.startswith(_DELETE)), "")


def _custom_ids(components: list[discord.components.MessageComponentType]) -> Iterator[str]:
    for row in components:
        if isinstance(row, discord.ActionRow):
            yield from (item.custom_id for item in row.children if item.custom_id)
