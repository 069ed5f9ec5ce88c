"""Who speaks, what their words belong to, and who owns the message whose button they press."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord

from adapters.conversations.identity import Person, may_change, owner_of
from adapters.discord.render.buttons import Audience
from adapters.discord.render.layout import NOTE_ID, PREFIX

PLATFORM = "discord"


def person(user: discord.abc.User, guild_id: int | None) -> Person:
    """Return who speaks; in direct messages the workspace is empty."""
    return Person(PLATFORM, str(guild_id or ""), str(user.id))


def speaker(interaction: discord.Interaction[Any]) -> Person:
    """Return who acts in an interaction."""
    return person(interaction.user, interaction.guild_id)


def conversation(channel_id: int | None, pseudonym: str, *, direct: bool, private: bool = False) -> str:
    """Return what a message belongs to: its direct message channel, or else its channel and who began.

    People talk past each other in channels and threads, so each has a conversation of their own there; a reply to one
    of our messages continues the conversation of the person who had asked. What somebody asked in private is a
    conversation apart, so that a public message never continues it.
    """
    if direct:
        return str(channel_id)
    return f"{channel_id}/{pseudonym}/private" if private else f"{channel_id}/{pseudonym}"


def is_direct(interaction: discord.Interaction[Any]) -> bool:
    """Return whether this is a direct message with the bot; a group or a chat of two people is none."""
    return interaction.guild_id is None and interaction.context.dm_channel


def audience(interaction: discord.Interaction[Any]) -> Audience:
    """Return who sees an answer to an interaction: one person, unless it is a direct message with the bot."""
    return Audience.DIRECT if is_direct(interaction) else Audience.ASKER


def everybody(interaction: discord.Interaction[Any]) -> Audience:
    """Return who sees an answer that is posted where the interaction happened."""
    return Audience.DIRECT if is_direct(interaction) else Audience.CHANNEL


def seen_by(interaction: discord.Interaction[Any]) -> Audience:
    """Return who sees the message whose button was pressed."""
    if interaction.message and interaction.message.flags.ephemeral:
        return Audience.ASKER
    return everybody(interaction)


def owns(interaction: discord.Interaction[Any], pseudonym: str) -> bool:
    """Return whether the message whose button was pressed may change in place for whoever pressed."""
    if interaction.message is None:
        return False
    return seen_by(interaction) is not Audience.CHANNEL or may_change(_said(interaction.message), pseudonym)


def asker(message: discord.Message) -> str:
    """Return the pseudonym of whoever a message of ours answers; empty where nobody owns it."""
    return owner_of(_said(message))


def note_of(message: discord.Message | None) -> str:
    """Return the line above a reply of ours: what was asked, and by whom if it was shared."""
    parts = _walked(message.components if message else [])
    return next((p.content for p in parts if isinstance(p, discord.TextDisplay) and p.id == NOTE_ID), "")


def _said(message: discord.Message) -> Iterator[str]:
    for part in _walked(message.components):
        custom_id = getattr(part, "custom_id", None) or ""
        if custom_id.startswith(PREFIX):
            yield custom_id.removeprefix(PREFIX)


def _walked(components: Any) -> Iterator[discord.Component]:
    for component in components:
        yield component
        yield from _walked(getattr(component, "children", ()))
