"""Sends replies: through Slack's methods, or through the address that Slack gave for one answer."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.origins import Origin
from adapters.slack.render.context import Surface
from adapters.slack.reply_targets import ReplyTarget

Payload = dict[str, Any]
TRIES = 2
PAUSES = (0.5, 2.0)
"""Seconds before a broken server is tried again."""
BROKEN = 500
"""From this status on, it is Slack's server that failed."""


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
