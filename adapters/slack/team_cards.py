"""The card of a team choice, whose count changes when a member has answered, in whichever process."""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.identity import owner_of
from adapters.conversations.service import Conversations
from adapters.slack.origins import Origin
from adapters.slack.render import message
from adapters.slack.render.context import Commands, RenderContext, Surface
from bot.actions import Action, JoinTeam
from bot.replies import Recommendation, Reply

log = logging.getLogger(__name__)


async def note_place(conversations: Conversations, action: Action | None, origin: Origin) -> None:
    """Note where a card stands whose button was pressed."""
    if isinstance(action, JoinTeam) and origin.message and origin.surface is Surface.CHANNEL:
        place = f"{origin.channel} {origin.message} {owner_of(origin.values)}"
        await conversations.teams.keep_place(action.team, place)


async def recount(conversations: Conversations, client: AsyncWebClient, reply: Reply, commands: Commands) -> None:
    """Write the new count on the card where a reply is a result that counts for a team."""
    if not (isinstance(reply, Recommendation) and reply.team):
        return
    card, place = await conversations.teams.card(reply.team)
    if card is None or not place:
        return
    channel, posted, owner = place.split(" ")
    payload = message(card, RenderContext(Surface.CHANNEL, "", owner, commands=commands))
    try:
        await client.chat_update(channel=channel, ts=posted, text=payload["text"], blocks=payload["blocks"])
    except SlackApiError as error:
        log.info("Slack: the card of a team choice could not be changed (%s)", error.response["error"])
