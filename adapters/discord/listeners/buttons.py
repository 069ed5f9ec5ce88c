"""Buttons and menus. All their state is in the custom_id, so they work after a restart and in any process."""

from __future__ import annotations

import re
from typing import Any, Self, assert_never

import discord

from adapters.conversations.service import Delivery
from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher, publish, update
from adapters.discord.origins import audience, conversation, person, seen_by
from adapters.discord.render.components import PICK, PREFIX
from adapters.discord.render.context import Audience, RenderContext
from adapters.discord.render.render import render
from adapters.discord.reply_targets import ReplyTarget, may_speak, place
from bot.replies import Notice, NoticeKind

Item = discord.ui.Item[Any]

KEPT_PRIVATE = (
    "This server keeps answers of apps that you brought along yourself private, so I cannot post here. "
    "Somebody who manages the server can add me, or allow external apps."
)


def dynamic_items(dispatcher: Dispatcher) -> tuple[type[discord.ui.DynamicItem[Item]], ...]:
    """Return the two items that take every press: ours, and whatever is not ours any more."""
    return _ours(dispatcher), _foreign(dispatcher)


def _ours(dispatcher: Dispatcher) -> type[discord.ui.DynamicItem[Item]]:
    class Pressed(discord.ui.DynamicItem[Item], template=rf"(?s){PREFIX}(?P<press>.*)"):
        """A button or a menu of this version."""

        def __init__(self, item: Item, press: str) -> None:
            super().__init__(item)
            self.press = press

        @classmethod
        async def from_custom_id(cls, _: discord.Interaction[Any], item: Item, match: re.Match[str], /) -> Self:
            """Keep what the component says; it is read inside the boundary."""
            return cls(item, match["press"])

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            """Do what it says."""
            await dispatcher.boundary.interaction(interaction, pressed(dispatcher, interaction, self.press), "press")

    return Pressed


def _foreign(dispatcher: Dispatcher) -> type[discord.ui.DynamicItem[Item]]:
    class Retired(discord.ui.DynamicItem[Item], template=rf"(?s)(?!{PREFIX}).+"):
        """A component of another version, or of another program with the same token."""

        @classmethod
        async def from_custom_id(cls, _: discord.Interaction[Any], item: Item, __: re.Match[str], /) -> Self:
            """Read nothing: nobody knows what it meant."""
            return cls(item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            """Say that it is out of date."""
            await dispatcher.boundary.interaction(interaction, pressed(dispatcher, interaction, ""), "retired press")

    return Retired


async def pressed(dispatcher: Dispatcher, interaction: discord.Interaction, text: str) -> None:
    """Do what a press says, and show the reply where it belongs."""
    text = _chosen(interaction) or text
    who = person(interaction.user, interaction.guild_id)
    mark = dispatcher.conversations.marks.of(who)
    where = place(text, interaction.message, mark)
    if where is ReplyTarget.OPEN and not may_speak(interaction):
        await sending.say(interaction, KEPT_PRIVATE)
        return
    key = conversation(interaction.channel_id, interaction.guild_id, mark)
    making = dispatcher.conversations.press(text, who, key)
    match where:
        case ReplyTarget.OPEN:
            await publish(
                dispatcher, interaction, making, _everybody(interaction), f"Shared by <@{interaction.user.id}>"
            )
        case ReplyTarget.BELOW:
            await publish(dispatcher, interaction, making, audience(interaction))
        case ReplyTarget.HERE:
            await _replace(interaction, await update(dispatcher, interaction, making))
        case ReplyTarget.NOWHERE:
            await _remove(interaction, await update(dispatcher, interaction, making))
        case _:
            assert_never(where)


def _chosen(interaction: discord.Interaction) -> str:
    """Return the press of the option that was chosen in one of our menus; nothing for a button."""
    data = dict(interaction.data or {})
    values = data.get("values")
    ours = str(data.get("custom_id", "")).startswith(PICK)
    return str(values[0]) if ours and isinstance(values, list) and values else ""


async def _replace(interaction: discord.Interaction, delivery: Delivery) -> None:
    if isinstance(delivery.reply, Notice) or interaction.message is None:
        await sending.show(interaction, delivery.reply)
        return
    frame = RenderContext(delivery.ref, delivery.owner, seen_by(interaction.message))
    await sending.replace(interaction, render(delivery.reply, frame))


async def _remove(interaction: discord.Interaction, delivery: Delivery) -> None:
    match delivery.reply:
        case Notice(kind=NoticeKind.DELETED):
            await sending.remove(interaction)
        case Notice(text=refusal):
            await sending.say(interaction, refusal)
        case reply:
            await sending.show(interaction, reply)


def _everybody(interaction: discord.Interaction) -> Audience:
    return Audience.DIRECT if audience(interaction) is Audience.DIRECT else Audience.CHANNEL
