"""From a delivery to the screen, in time: whatever takes longer is announced first."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import discord

from adapters.conversations.service import Conversations, Delivery
from adapters.discord import sending
from adapters.discord.errors import Boundary
from adapters.discord.origins import audience
from adapters.discord.render.context import Audience, RenderContext
from adapters.discord.render.render import render

PEOPLE = 1_000
"""People that are remembered; beyond that, whoever was told longest ago hears it again."""


class OncePer:
    """Remembers who was told, for so many seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._told: OrderedDict[str, float] = OrderedDict()

    def is_news(self, mark: str) -> bool:
        """Return whether the person has not been told lately; they count as told from now on."""
        now = self._clock()
        before = self._told.get(mark)
        if before is not None and now - before < self._seconds:
            return False
        self._told[mark] = now
        self._told.move_to_end(mark)
        while len(self._told) > PEOPLE:
            self._told.popitem(last=False)
        return True


T = TypeVar("T")


@dataclass(frozen=True)
class Dispatcher:
    """What every listener needs."""

    conversations: Conversations
    boundary: Boundary
    patience: float
    told: OncePer = field(default_factory=lambda: OncePer(60.0, time.monotonic))
    """Who has just heard that it is too much at once."""


async def answer(dispatcher: Dispatcher, interaction: discord.Interaction, making: Awaitable[Delivery | None]) -> None:
    """Answer a command with a new message: private, unless it is a direct message."""
    await publish(dispatcher, interaction, making, audience(interaction))


async def publish(
    dispatcher: Dispatcher,
    interaction: discord.Interaction,
    making: Awaitable[Delivery | None],
    seen: Audience,
    note: str = "",
) -> None:
    """Answer with a new message for this audience; nothing where another process answers."""
    private = seen is Audience.ASKER
    delivery, late = await _in_time(
        making, dispatcher.patience, lambda: interaction.response.defer(ephemeral=private, thinking=True)
    )
    if delivery is None:
        if late:
            await interaction.delete_original_response()
        return
    payload = render(delivery.reply, RenderContext(delivery.ref, delivery.owner, seen, note))
    await (sending.complete(interaction, payload) if late else sending.add(interaction, payload, private=private))


async def update(dispatcher: Dispatcher, interaction: discord.Interaction, making: Awaitable[Delivery]) -> Delivery:
    """Return what comes in place of the pressed button's message; where that takes long, tell Discord to wait."""
    delivery, _ = await _in_time(making, dispatcher.patience, interaction.response.defer)
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
