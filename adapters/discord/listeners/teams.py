"""The card of a team choice, whose count changes when a member has answered, in whichever process."""

from __future__ import annotations

import logging
from typing import Any

import discord

from adapters.discord import sending
from adapters.discord.dispatcher import Dispatcher
from adapters.discord.origins import asker, seen_by
from adapters.discord.render.context import Audience, RenderContext
from adapters.discord.render.render import render
from bot.replies import Recommendation, Reply

Interaction = discord.Interaction[Any]
log = logging.getLogger(__name__)


async def note_place(dispatcher: Dispatcher, interaction: Interaction, team: str) -> None:
    """Note where the card stands whose button was pressed."""
    card = interaction.message
    if card and seen_by(interaction) is Audience.CHANNEL:
        place = f"{card.channel.id} {card.id} {asker(card)}"
        await dispatcher.conversations.teams.keep_place(team, place)


async def recount(dispatcher: Dispatcher, interaction: Interaction, reply: Reply) -> None:
    """Write the new count on the card where a reply is a result that counts for a team."""
    if not (isinstance(reply, Recommendation) and reply.team):
        return
    card, place = await dispatcher.conversations.teams.card(reply.team)
    if card is None or not place:
        return
    channel_id, card_id, owner = place.split(" ")
    channel = interaction.client.get_partial_messageable(int(channel_id), guild_id=interaction.guild_id)
    shown = sending.view(render(card, RenderContext("", owner, Audience.CHANNEL)))
    try:
        await channel.get_partial_message(int(card_id)).edit(view=shown)
    except discord.HTTPException as error:
        log.info("The card of a team choice could not be changed (%s)", error.code)
