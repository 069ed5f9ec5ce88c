"""Buttons and menus. All their state is in the custom_id, so they work after a restart and in any process."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Any, Self

import discord

from adapters.conversations.conversations import NOT_YOURS, Delivery
from adapters.discord import sending
from adapters.discord.frames import Audience, Frame
from adapters.discord.listeners.answering import Desk, publish, update
from adapters.discord.listeners.people import asker, audience, conversation, person, seen_by
from adapters.discord.rendering.components import PICK, PREFIX
from adapters.discord.rendering.rendering import render
from bot import presses
from bot.replies import Notice, NoticeKind

Item = discord.ui.Item[Any]

KEPT_PRIVATE = (
    "This server keeps answers of apps that you brought along yourself private, so I cannot post here. "
    "Somebody who manages the server can add me, or allow external apps."
)


class Place(Enum):
    """Where the reply to a press appears."""

    HERE = auto()
    """In place of the message with the button."""
    BELOW = auto()
    """As a new message for whoever pressed."""
    OPEN = auto()
    """As a new message for everybody."""


def place(text: str) -> Place:
    """Return where the reply to a press belongs."""
    try:
        press = presses.decode(text)
    except presses.StalePressError:
        return Place.BELOW
    match press:
        case presses.ShareTopic() | presses.ShareResult():
            return Place.OPEN
        case presses.SaveRecord():
            return Place.BELOW
        case presses.ShowTopic(ref=ref):
            return Place.HERE if ref else Place.BELOW
        case presses.ShowSide() | presses.NoneOfThese() | presses.ShowArea() | presses.Delete():
            return Place.HERE
        case _:
            return Place.HERE if isinstance(press, presses.GuidePress) else Place.BELOW


def dynamic_items(desk: Desk) -> tuple[type[discord.ui.DynamicItem[Item]], ...]:
    """Return the two items that take every press: ours, and whatever is not ours any more."""

    class Pressed(discord.ui.DynamicItem[Item], template=rf"(?s){PREFIX}(?P<press>.*)"):
        """A button or a menu of this version."""

        def __init__(self, item: Item, press: str) -> None:
            super().__init__(item)
            self.press = press

        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction[Any], item: Item, match: re.Match[str], /
        ) -> Self:
            """Read the press: from the option that was chosen, or from the button itself."""
            chosen = dict(interaction.data or {}).get("values") if match[0].startswith(PICK) else None
            return cls(item, str(chosen[0]) if isinstance(chosen, list) and chosen else match["press"])

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            """Do what it says."""
            await desk.boundary.interaction(interaction, pressed(desk, interaction, self.press), "press")

    class Retired(discord.ui.DynamicItem[Item], template=rf"(?s)(?!{PREFIX}).+"):
        """A component of another version, or of another program with the same token."""

        @classmethod
        async def from_custom_id(cls, _: discord.Interaction[Any], item: Item, __: re.Match[str], /) -> Self:
            """Read nothing: nobody knows what it meant."""
            return cls(item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            """Say that it is out of date."""
            await desk.boundary.interaction(interaction, pressed(desk, interaction, ""), "retired press")

    return Pressed, Retired


async def pressed(desk: Desk, interaction: discord.Interaction, text: str) -> None:
    """Do what a press says, and show the reply where it belongs."""
    who = person(interaction.user, interaction.guild_id)
    mark = desk.conversations.marks.of(who)
    making = desk.conversations.press(text, who, conversation(interaction.channel_id, interaction.guild_id, mark))
    message = interaction.message
    where = place(text)
    if where is Place.OPEN and not _may_speak(interaction):
        making.close()
        await sending.show(interaction, Notice(NoticeKind.NOT_YOURS, KEPT_PRIVATE))
    elif where is Place.OPEN:
        note = f"Shared by <@{interaction.user.id}>"
        await publish(desk, interaction, making, seen_in(interaction), note)
    elif where is Place.HERE and message and _theirs(message, mark, text):
        await _update(interaction, await update(desk, interaction, making), seen_by(message))
    else:
        await publish(desk, interaction, making, audience(interaction))


async def _update(interaction: discord.Interaction, delivery: Delivery, seen: Audience) -> None:
    match delivery.reply:
        case Notice(kind=NoticeKind.DELETED):
            await sending.remove(interaction)
        case Notice() as notice:
            await sending.show(interaction, notice)
        case reply:
            await sending.replace(interaction, render(reply, Frame(delivery.ref, delivery.owner, seen)))


def seen_in(interaction: discord.Interaction) -> Audience:
    """Return who sees a message that is for everybody."""
    return Audience.DIRECT if audience(interaction) is Audience.DIRECT else Audience.CHANNEL


def _theirs(message: discord.Message, mark: str, text: str) -> bool:
    """Return whether this person may change the message for everybody: its asker, or whom the core lets through."""
    code = text.partition(":")[0]
    owned = {kind.code for kind in (*presses.GuidePress.__args__, presses.Delete)}
    return message.flags.ephemeral or code in owned or asker(message) in ("", mark)


def _may_speak(interaction: discord.Interaction) -> bool:
    if interaction.guild_id is None or interaction.is_guild_integration():
        return True
    return interaction.permissions.use_external_apps


__all__ = ["NOT_YOURS", "Place", "dynamic_items", "place", "pressed"]
