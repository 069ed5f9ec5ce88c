"""Puts payloads on the screen: as an answer to an interaction, in place of a message, or as a message of its own."""

from __future__ import annotations

import io
import logging
from typing import Any

import discord
from discord import ui

from adapters.conversations.service import Conversations
from adapters.conversations.team_choices import CardPlace
from adapters.discord.origins import asker, seen_by
from adapters.discord.render.buttons import Audience, RenderContext
from adapters.discord.render.layout import Payload
from adapters.discord.render.render import plain, render
from bot.replies import Notice, NoticeKind, Reply

Interaction = discord.Interaction[Any]

UNKNOWN_COMMAND = "I do not know that command any more. Type / to see what there is."
NO_HISTORY = 160002
"""Replying needs "Read Message History"; an ordinary message does not."""
HAS_THREAD = 160004
"""Somebody has opened a thread under this message already: another process of ours, or a person."""
NAME = 100
"""Characters of the name of a thread."""
log = logging.getLogger(__name__)


def view(payload: Payload, *, plainly: bool = False) -> ui.LayoutView:
    """Return a view that is finished before it is sent, so that discord.py keeps nothing of it in memory.

    Presses come back through the dynamic items of `listeners.buttons`, by their custom_id.
    """
    made = ui.LayoutView(timeout=None)
    for item in payload.plain if plainly else payload.items:
        made.add_item(item)
    made.stop()
    return made


def files(payload: Payload) -> list[discord.File]:
    """Return the attachments of a payload."""
    attached = payload.attachment
    return [discord.File(io.BytesIO(attached.content), attached.name)] if attached else []


async def show(interaction: Interaction, reply: Reply) -> None:
    """Tell something to the one person who acted, whether or not the interaction has been answered."""
    await add(interaction, render(reply, RenderContext("", "", Audience.ASKER)), private=True)


async def say(interaction: Interaction, words: str) -> None:
    """Tell the one person who acted something in words, with nothing to press."""
    await add(interaction, plain(words), private=True)


async def show_unknown(interaction: Interaction) -> None:
    """Answer a command that this version does not have; somebody's Discord still lists it."""
    if interaction.type is discord.InteractionType.autocomplete:
        await interaction.response.autocomplete([])
    else:
        await show(interaction, Notice(NoticeKind.STALE, UNKNOWN_COMMAND))


async def add(interaction: Interaction, payload: Payload, *, private: bool) -> None:
    """Answer an interaction with a new message; without its file where the place allows none."""
    try:
        await _add(interaction, view(payload), files(payload), private=private)
    except discord.Forbidden:
        if not payload.attachment:
            raise
        await _add(interaction, view(payload, plainly=True), [], private=private)


async def _add(interaction: Interaction, shown: ui.LayoutView, attached: list[discord.File], *, private: bool) -> None:
    if not interaction.response.is_done():
        await interaction.response.send_message(view=shown, files=attached or discord.utils.MISSING, ephemeral=private)
    else:
        await interaction.followup.send(view=shown, files=attached, ephemeral=private)


async def complete(interaction: Interaction, payload: Payload) -> None:
    """Put the answer where "thinking ..." stands."""
    try:
        await interaction.edit_original_response(view=view(payload), attachments=files(payload))
    except discord.Forbidden:
        if not payload.attachment:
            raise
        await interaction.edit_original_response(view=view(payload, plainly=True), attachments=[])


async def replace(interaction: Interaction, shown: ui.LayoutView) -> None:
    """Put a view in place of the message whose button was pressed."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=shown)
    else:
        await interaction.response.edit_message(view=shown)


async def remove(interaction: Interaction) -> None:
    """Take away the message whose button was pressed; it may be gone already."""
    if not interaction.response.is_done():
        await interaction.response.defer()
    try:
        await interaction.delete_original_response()
    except discord.NotFound:
        return


async def reply_to(message: discord.Message, payload: Payload) -> discord.Message:
    """Reply to a message, once: the nonce keeps a second process from posting the same reply."""
    options: dict[str, Any] = {"nonce": str(message.id), "mention_author": False}
    return await post(message.channel, payload, message.to_reference(fail_if_not_exists=False), **options)


async def reply_in_thread(message: discord.Message, name: str, payload: Payload) -> discord.Message:
    """Answer a message in a thread under it, once; as a reply where Discord allows no thread."""
    try:
        thread = await message.create_thread(name=name[:NAME])
    except discord.HTTPException as error:
        if error.code != HAS_THREAD:
            log.info("No thread could be opened (%s)", error.code)
            return await reply_to(message, payload)
        thread = message.thread or await message.fetch_thread()
    return await post(thread, payload, nonce=str(message.id))


async def post(
    channel: discord.abc.Messageable,
    payload: Payload,
    reference: discord.MessageReference | None = None,
    **options: Any,
) -> discord.Message:
    """Post a message, as a reply where that is allowed, and return it."""
    if reference:
        try:
            return await channel.send(view=view(payload), files=files(payload), reference=reference, **options)
        except discord.Forbidden as error:
            if error.code != NO_HISTORY:
                raise
    options.pop("mention_author", None)
    return await channel.send(view=view(payload), files=files(payload), **options)


async def note_place(conversations: Conversations, interaction: Interaction, team: str) -> None:
    """Note where the card of a team choice stands whose button was pressed."""
    card = interaction.message
    if card and seen_by(interaction) is Audience.CHANNEL:
        place = CardPlace(str(card.channel.id), str(card.id), asker(card))
        await conversations.teams.keep_place(team, place)


async def recount(conversations: Conversations, interaction: Interaction, reply: Reply) -> None:
    """Where a reply is a result that counts for a team, write the new count on its card, whoever posted that."""
    found = await conversations.teams.card_for(reply)
    if found is None:
        return
    card, place = found
    channel = interaction.client.get_partial_messageable(int(place.channel), guild_id=interaction.guild_id)
    shown = view(render(card, RenderContext("", place.owner, Audience.CHANNEL)))
    try:
        await channel.get_partial_message(int(place.message)).edit(view=shown)
    except discord.HTTPException as error:
        log.info("The card of a team choice could not be changed (%s)", error.code)
