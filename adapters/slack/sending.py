"""Sends replies: through Slack's methods, or through the address that Slack gave for one answer."""

from __future__ import annotations

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


class NotDeliveredError(Exception):
    """Slack did not take an answer."""


def retries() -> list[AsyncRetryHandler]:
    """Return what to do about a full queue, a broken line and a broken server: wait as told, and try again."""
    return [
        AsyncRateLimitErrorRetryHandler(max_retry_count=TRIES),
        AsyncConnectionErrorRetryHandler(max_retry_count=TRIES),
        AsyncServerErrorRetryHandler(max_retry_count=TRIES),
    ]


async def send(client: AsyncWebClient, place: Origin, where: ReplyTarget, payload: Payload) -> None:
    """Send a message to where it belongs.

    Raises:
        NotDeliveredError: the address for one answer did not take it.
        slack_sdk.errors.SlackApiError: a method of Slack did not take it.
    """
    if place.response_url:
        await respond(client, place, _manner(where, place) | payload)
    elif where is ReplyTarget.ASIDE:
        text, blocks = payload["text"], payload["blocks"]
        await client.chat_postEphemeral(
            channel=place.channel, user=place.person.user, thread_ts=place.thread or None, text=text, blocks=blocks
        )
    else:
        await client.chat_postMessage(channel=place.channel, thread_ts=place.thread or None, **payload)


async def respond(client: AsyncWebClient, place: Origin, payload: Payload) -> None:
    """Send a message to the address that Slack gave for one answer.

    Raises:
        NotDeliveredError: it was not taken.
    """
    webhook = AsyncWebhookClient(
        place.response_url,
        session=client.session,
        ssl=client.ssl,
        proxy=client.proxy,
        timeout=client.timeout,
        retry_handlers=retries(),
    )
    answer = await webhook.send_dict(payload)
    if answer.status_code != 200:  # noqa: PLR2004 the one status that means yes
        raise NotDeliveredError(f"Slack answered {answer.status_code}")


def _manner(where: ReplyTarget, place: Origin) -> Payload:
    match where:
        case ReplyTarget.IN_PLACE:
            return {"replace_original": True}
        case ReplyTarget.GONE:
            return {"delete_original": True}
        case ReplyTarget.NEW if place.surface is Surface.CHANNEL:
            # By this way it also reaches channels that the app is no member of; under the message, not beside it.
            return _new("in_channel", place.thread or place.message)
        case ReplyTarget.NEW if place.surface is Surface.DIRECT:
            return _new("in_channel", place.thread)
        case ReplyTarget.SHARED:
            return _new("in_channel", place.thread)
        case _:
            return _new("ephemeral", place.thread)


def _new(kind: str, thread: str) -> Payload:
    made = {"response_type": kind, "replace_original": False}
    return made | ({"thread_ts": thread} if thread else {})
