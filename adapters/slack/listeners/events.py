"""Mentions and direct messages."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits, origins
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.origins import Origin
from adapters.slack.render.layout import plain

SPOKEN = (None, "file_share", "thread_broadcast")
"""Subtypes of messages that somebody has just written; all others tell of edits, joins and the like."""
Payload = dict[str, Any]


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listeners for events. Bolt acknowledges those by itself."""

    @app.event("app_mention", matchers=[from_person])
    async def mentioned(event: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        dispatcher.hear(event.get("text") or "", origins.of_mention(event, context), client)

    @app.event("message", matchers=[from_person, in_direct_message])
    async def written(event: Payload, context: AsyncBoltContext, client: AsyncWebClient) -> None:
        origin, text = origins.of_direct_message(event, context), event.get("text") or ""
        dispatcher.hear(text, origin, client)
        if origin.thread and context.set_title:
            dispatcher.work.start(_entitle(dispatcher, origin, context, text), origin.acknowledgement)


async def _entitle(dispatcher: Dispatcher, origin: Origin, context: AsyncBoltContext, text: str) -> None:
    """Name a thread of the agent view after the first question in it."""
    first = await dispatcher.conversations.first(f"slack/title/{origin.channel}/{origin.thread}", "slack")
    if first and context.set_title and text.strip():
        try:
            await context.set_title(plain(text, limits.THREAD_TITLE))
        except SlackApiError:
            return  # a thread outside the agent view has no title


async def from_person(event: Payload) -> bool:
    """Whether a person has just written this: no bot, no edit, no notice of Slack's own."""
    spoken = event.get("subtype") in SPOKEN and "edited" not in event
    return bool(spoken and event.get("user") and not event.get("bot_id") and not event.get("bot_profile"))


async def in_direct_message(event: Payload) -> bool:
    """Whether this was written to the advisor alone."""
    return event.get("channel_type") == "im"
