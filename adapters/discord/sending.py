"""Puts payloads on the screen: as an answer to an interaction, in place of a message, or as a reply to one."""

from __future__ import annotations

import io
from typing import Any

import discord

from adapters.discord.render.context import Audience, RenderContext
from adapters.discord.render.layout import Payload
from adapters.discord.render.notices import plain
from adapters.discord.render.render import render
from bot.replies import Notice, NoticeKind, Reply

UNKNOWN_COMMAND = "I do not know that command any more. Type / to see what there is; `/help` explains it."
_NOBODY = RenderContext("", "", Audience.ASKER)


class Ready(discord.ui.LayoutView):
    """A view that is finished before it is sent, so that discord.py keeps nothing of it in memory.

    Its components are the payload's dictionaries; presses come back through `listeners.presses`, by their custom_id.
    """

    def __init__(self, payload: Payload) -> None:
        super().__init__(timeout=None)
        self._written = list(payload.components)
        self.stop()

    def to_components(self) -> list[dict[str, Any]]:
        """Return the components as Discord reads them."""
        return self._written

    def has_components_v2(self) -> bool:
        """Return that they are Components V2."""
        return True


def files(payload: Payload) -> list[discord.File]:
    """Return the attachments of a payload."""
    attached = payload.attachment
    return [discord.File(io.BytesIO(attached.content), attached.name)] if attached else []


async def show(interaction: discord.Interaction, reply: Reply) -> None:
    """Tell something to the one person who acted, whether or not the interaction has been answered."""
    await add(interaction, render(reply, _NOBODY), private=True)


async def say(interaction: discord.Interaction, words: str) -> None:
    """Tell the one person who acted something in words, with nothing to press."""
    await add(interaction, plain(words), private=True)


async def show_unknown(interaction: discord.Interaction) -> None:
    """Answer a command that this version does not have; somebody's Discord still lists it."""
    if interaction.type is discord.InteractionType.autocomplete:
        await interaction.response.autocomplete([])
    else:
        await show(interaction, Notice(NoticeKind.STALE, UNKNOWN_COMMAND))


async def add(interaction: discord.Interaction, payload: Payload, *, private: bool) -> None:
    """Answer an interaction with a new message; without its file where the place allows none."""
    try:
        await _add(interaction, payload, private=private)
    except discord.Forbidden:
        if not payload.attachment:
            raise
        await _add(interaction, Payload(payload.plain), private=private)


async def _add(interaction: discord.Interaction, payload: Payload, *, private: bool) -> None:
    view, attached = Ready(payload), files(payload)
    if not interaction.response.is_done():
        await interaction.response.send_message(view=view, files=attached or discord.utils.MISSING, ephemeral=private)
    else:
        await interaction.followup.send(view=view, files=attached, ephemeral=private)


async def complete(interaction: discord.Interaction, payload: Payload) -> None:
    """Put the answer where "thinking ..." stands."""
    try:
        await interaction.edit_original_response(view=Ready(payload), attachments=files(payload))
    except discord.Forbidden:
        if not payload.attachment:
            raise
        await interaction.edit_original_response(view=Ready(Payload(payload.plain)), attachments=[])


async def replace(interaction: discord.Interaction, payload: Payload) -> None:
    """Put a payload in place of the message whose button was pressed."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=Ready(payload))
    else:
        await interaction.response.edit_message(view=Ready(payload))


async def remove(interaction: discord.Interaction) -> None:
    """Take away the message whose button was pressed."""
    if not interaction.response.is_done():
        await interaction.response.defer()
    await interaction.delete_original_response()


async def reply_to(message: discord.Message, payload: Payload) -> None:
    """Reply to a message, once: the nonce keeps a second process from posting the same reply."""
    options: dict[str, Any] = {"view": Ready(payload), "nonce": str(message.id), "mention_author": False}
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        await message.channel.send(files=files(payload), reference=reference, **options)
    except discord.Forbidden as error:
        if error.code != NO_HISTORY:
            raise
        await message.channel.send(files=files(payload), **options)


NO_HISTORY = 160002
"""Replying needs "Read Message History"; an ordinary message does not."""
