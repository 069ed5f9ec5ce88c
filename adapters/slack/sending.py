"""Where a reply goes, and how it gets there: through Slack's methods, or the address that Slack gave for one answer."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from enum import StrEnum
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.conversations.identity import owner_of
from adapters.conversations.service import Conversations
from adapters.conversations.team_choices import CardPlace
from adapters.slack.origins import Origin
from adapters.slack.render.buttons import Commands, RenderContext, Surface, read_value
from adapters.slack.render.render import message, modal
from bot import actions, replies
from bot.action_codec import StaleActionError, decode
from bot.actions import Action, JoinTeam
from bot.replies import Notice, NoticeKind, Reply

Payload = dict[str, Any]
TRIES = 2
PAUSES = (0.5, 2.0)
"""Seconds before a broken server is tried again."""
BROKEN = 500
"""From this status on, it is Slack's server that failed."""
SHARES = (actions.ShareTopic, actions.ShareAnswers, actions.ShareResult)
GUIDE = (
    replies.Interrupted | replies.GuideQuestion | replies.GuideReview | replies.Recommendation | replies.DecisionRecord
)
log = logging.getLogger(__name__)


class ReplyTarget(StrEnum):
    """What a reply does to the place it answers in."""

    NEW = "new"
    """Another message for the same readers; in a modal, the next page."""
    IN_PLACE = "in-place"
    """Instead of the message or view that held the button."""
    ASIDE = "aside"
    """For the person who pressed alone."""
    SHARED = "shared"
    """For everybody in the channel, saying who wanted it."""
    GONE = "gone"
    """The message with the button is taken away."""


def target(value: str, reply: Reply, origin: Origin) -> ReplyTarget:
    """Return where a reply goes. `value` is what the pressed button said; empty for a message or a command.

    In a channel the guide is for the person who goes through it, and a stranger changes nothing.
    """
    action = decoded(value)
    if isinstance(reply, Notice):
        return ReplyTarget.GONE if reply.kind is NoticeKind.DELETED and not origin.stranger else ReplyTarget.ASIDE
    if isinstance(action, SHARES):
        return ReplyTarget.SHARED
    if origin.surface is Surface.CHANNEL and (origin.stranger or isinstance(reply, GUIDE)):
        return ReplyTarget.ASIDE
    return _of_action(action, origin.surface) if value else ReplyTarget.NEW


def decoded(value: str) -> Action | None:
    """Return the action of a button's value; None for a question, and for a button from another time."""
    try:
        return decode(read_value(value)[0])
    except StaleActionError:
        return None


def _of_action(action: Action | None, surface: Surface) -> ReplyTarget:
    match action:
        case actions.OpenGuide() | actions.JoinTeam() | actions.ShowTopic(ref="") | None:
            return ReplyTarget.NEW
        case actions.ShowMore() | actions.ShowCode():
            return ReplyTarget.ASIDE if surface is Surface.CHANNEL else ReplyTarget.NEW
        case actions.SaveRecord() | actions.ShowHelp():
            return ReplyTarget.ASIDE
        case _:
            return ReplyTarget.IN_PLACE


class NotDeliveredError(Exception):
    """Slack did not take an answer."""


def retries() -> list[AsyncRetryHandler]:
    """Return what to do about a full queue, a broken line and a broken server: wait as told, and try again."""
    return [
        AsyncRateLimitErrorRetryHandler(max_retry_count=TRIES),
        AsyncConnectionErrorRetryHandler(max_retry_count=TRIES),
        AsyncServerErrorRetryHandler(max_retry_count=TRIES),
    ]


async def send(client: AsyncWebClient, origin: Origin, where: ReplyTarget, payload: Payload) -> None:
    """Send a message to where it belongs.

    Raises:
        NotDeliveredError: the address for one answer did not take it.
        slack_sdk.errors.SlackApiError: a method of Slack did not take it.
    """
    if origin.response_url:
        await respond(client, origin.response_url, _addressed(where, origin) | payload)
    elif where is ReplyTarget.ASIDE:
        text, blocks = payload["text"], payload["blocks"]
        await client.chat_postEphemeral(
            channel=origin.channel, user=origin.person.user, thread_ts=origin.thread or None, text=text, blocks=blocks
        )
    else:
        await client.chat_postMessage(channel=origin.channel, thread_ts=origin.thread or None, **payload)


async def show(client: AsyncWebClient, origin: Origin, where: ReplyTarget, reply: Reply, around: RenderContext) -> None:
    """Show a reply in the modal that is open, in a page on top of it, or in a new one.

    Raises:
        slack_sdk.errors.SlackApiError: Slack did not take it.
    """
    view = modal(reply, replace(around, surface=Surface.MODAL))
    if not origin.view or origin.surface is Surface.HOME:
        await client.views_open(trigger_id=origin.trigger, view=view)
    elif where is not ReplyTarget.IN_PLACE and origin.trigger and not origin.is_top_view:
        await client.views_push(trigger_id=origin.trigger, view=view)
    else:
        await client.views_update(view_id=origin.view, view=view)


async def respond(client: AsyncWebClient, url: str, payload: Payload) -> None:
    """Send a message to the address that Slack gave for one answer; a broken server is tried again.

    Raises:
        NotDeliveredError: it was not taken.
    """
    webhook = AsyncWebhookClient(
        url,
        session=client.session,
        ssl=client.ssl,
        proxy=client.proxy,
        timeout=client.timeout,
        retry_handlers=retries(),
    )
    answer = await webhook.send_dict(payload)
    for pause in PAUSES:
        if answer.status_code < BROKEN:
            break
        await asyncio.sleep(pause)
        answer = await webhook.send_dict(payload)
    if answer.status_code != 200:  # noqa: PLR2004 the one status that means yes
        raise NotDeliveredError(f"Slack answered {answer.status_code}")


def _addressed(where: ReplyTarget, origin: Origin) -> Payload:
    match where:
        case ReplyTarget.IN_PLACE:
            return {"replace_original": True}
        case ReplyTarget.GONE:
            return {"delete_original": True}
        case ReplyTarget.NEW if origin.surface is Surface.CHANNEL:
            # By this way it also reaches channels that the app is no member of; under the message, not beside it.
            return _new("in_channel", origin.thread or origin.message)
        case ReplyTarget.NEW if origin.surface is Surface.DIRECT:
            return _new("in_channel", origin.thread)
        case ReplyTarget.SHARED:
            return _new("in_channel", origin.share_to or origin.thread)
        case _:
            return _new("ephemeral", origin.thread)


def _new(kind: str, thread: str) -> Payload:
    made = {"response_type": kind, "replace_original": False}
    return made | ({"thread_ts": thread} if thread else {})


async def note_place(conversations: Conversations, action: Action | None, origin: Origin) -> None:
    """Note where the card of a team choice stands whose button was pressed."""
    if isinstance(action, JoinTeam) and origin.message and origin.surface is Surface.CHANNEL:
        place = CardPlace(origin.channel, origin.message, owner_of(origin.values))
        await conversations.teams.keep_place(action.team, place)


async def recount(conversations: Conversations, client: AsyncWebClient, reply: Reply, commands: Commands) -> None:
    """Where a reply is a result that counts for a team, write the new count on its card, whoever posted that."""
    found = await conversations.teams.card_for(reply)
    if found is None:
        return
    card, place = found
    payload = message(card, RenderContext(Surface.CHANNEL, "", place.owner, commands=commands))
    try:
        await client.chat_update(
            channel=place.channel, ts=place.message, text=payload["text"], blocks=payload["blocks"]
        )
    except SlackApiError as error:
        log.info("Slack: the card of a team choice could not be changed (%s)", error.response["error"])
