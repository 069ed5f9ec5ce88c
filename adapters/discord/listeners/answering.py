"""From a delivery to the screen, in time: whatever takes longer is announced first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

import discord

from adapters.conversations.conversations import Conversations, Delivery
from adapters.discord import sending
from adapters.discord.boundary import Boundary
from adapters.discord.frames import Audience, Frame
from adapters.discord.listeners.people import audience
from adapters.discord.rendering.rendering import render


@dataclass(frozen=True)
class Desk:
    """What every listener needs."""

    conversations: Conversations
    boundary: Boundary
    patience: float


async def answer(desk: Desk, interaction: discord.Interaction, making: Awaitable[Delivery | None]) -> None:
    """Answer a command with a new message: private, unless it is a direct message."""
    frame_for = audience(interaction)
    await publish(desk, interaction, making, frame_for)


async def publish(
    desk: Desk, interaction: discord.Interaction, making: Awaitable[Delivery | None], seen: Audience, note: str = ""
) -> None:
    """Answer with a new message for this audience; nothing where another process answers."""
    private = seen is Audience.ASKER
    task = asyncio.ensure_future(making)
    late = not await _in_time(task, desk.patience)
    if late:
        await interaction.response.defer(ephemeral=private, thinking=True)
    delivery = await task
    if delivery is None:
        if late:
            await interaction.delete_original_response()
        return
    payload = render(delivery.reply, Frame(delivery.ref, delivery.owner, seen, note))
    await (sending.complete(interaction, payload) if late else sending.add(interaction, payload, private=private))


async def update(desk: Desk, interaction: discord.Interaction, making: Awaitable[Delivery]) -> Delivery:
    """Return what comes in place of the pressed button's message; where that takes long, tell Discord to wait."""
    task = asyncio.ensure_future(making)
    if not await _in_time(task, desk.patience):
        await interaction.response.defer()
    return await task


async def _in_time(task: asyncio.Future[Delivery] | asyncio.Future[Delivery | None], seconds: float) -> bool:
    done, _ = await asyncio.wait({task}, timeout=seconds)
    return bool(done)
