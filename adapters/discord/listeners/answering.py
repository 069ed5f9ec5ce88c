"""From a delivery to the screen, in time: whatever takes longer is announced first."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import discord

from adapters.conversations.conversations import Conversations, Delivery
from adapters.discord import sending
from adapters.discord.boundary import Boundary
from adapters.discord.frames import Audience, Frame
from adapters.discord.listeners.people import audience
from adapters.discord.listeners.telling import Told
from adapters.discord.rendering.rendering import render

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """What every listener needs."""

    conversations: Conversations
    boundary: Boundary
    patience: float
    told: Told = field(default_factory=lambda: Told(60.0, time.monotonic))
    """Who has just heard that it is too much at once."""


async def answer(desk: Desk, interaction: discord.Interaction, making: Awaitable[Delivery | None]) -> None:
    """Answer a command with a new message: private, unless it is a direct message."""
    await publish(desk, interaction, making, audience(interaction))


async def publish(
    desk: Desk, interaction: discord.Interaction, making: Awaitable[Delivery | None], seen: Audience, note: str = ""
) -> None:
    """Answer with a new message for this audience; nothing where another process answers."""
    private = seen is Audience.ASKER
    delivery, late = await _in_time(
        making, desk.patience, lambda: interaction.response.defer(ephemeral=private, thinking=True)
    )
    if delivery is None:
        if late:
            await interaction.delete_original_response()
        return
    payload = render(delivery.reply, Frame(delivery.ref, delivery.owner, seen, note))
    await (sending.complete(interaction, payload) if late else sending.add(interaction, payload, private=private))


async def update(desk: Desk, interaction: discord.Interaction, making: Awaitable[Delivery]) -> Delivery:
    """Return what comes in place of the pressed button's message; where that takes long, tell Discord to wait."""
    delivery, _ = await _in_time(making, desk.patience, interaction.response.defer)
    return delivery


async def _in_time(
    making: Awaitable[T], seconds: float, announce: Callable[[], Coroutine[Any, Any, object]]
) -> tuple[T, bool]:
    """Return what is made, and whether that took so many seconds that it was announced first."""
    loop = asyncio.get_running_loop()
    announced: list[asyncio.Task[object]] = []
    timer = loop.call_later(seconds, lambda: announced.append(loop.create_task(announce())))
    try:
        made = await making
    finally:
        timer.cancel()
        for task in announced:
            await task  # Discord must have heard the announcement before it gets the answer
    return made, bool(announced)
