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

from adapters.slack.frames import Surface
from adapters.slack.places import Place
from adapters.slack.placing import Target

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


async def send(client: AsyncWebClient, place: Place, where: Target, payload: Payload) -> None:
    """Send a message to where it belongs.

    Raises:
        NotDeliveredError: the address for one answer did not take it.
        slack_sdk.errors.SlackApiError: a method of Slack did not take it.
    """
    if place.response_url and not (where is Target.NEW and place.surface is not Surface.PRIVATE):
        await respond(client, place, _manner(where) | payload)
    elif where is Target.ASIDE:
        text, blocks = payload["text"], payload["blocks"]
        await client.chat_postEphemeral(
            channel=place.channel, user=place.person.user, thread_ts=place.thread or None, text=text, blocks=blocks
        )
    else:
        await client.chat_postMessage(channel=place.channel, thread_ts=place.thread or None, **payload)


async def respond(client: AsyncWebClient, place: Place, payload: Payload) -> None:
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
    thread = {"thread_ts": place.thread} if place.thread and payload.get("replace_original") is False else {}
    answer = await webhook.send_dict(payload | thread)
    if answer.status_code != 200:  # noqa: PLR2004 the one status that means yes
        raise NotDeliveredError(f"Slack answered {answer.status_code}")


def _manner(where: Target) -> Payload:
    match where:
        case Target.IN_PLACE:
            return {"replace_original": True}
        case Target.SHARED:
            return {"response_type": "in_channel", "replace_original": False}
        case Target.GONE:
            return {"delete_original": True}
        case _:
            return {"response_type": "ephemeral", "replace_original": False}
