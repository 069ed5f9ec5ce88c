"""Mentions, direct messages, and people opening the app."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import origins
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.render.views import publish
from adapters.slack.suggested_prompts import suggest

SPOKEN = (None, "file_share", "thread_broadcast")
"""Subtypes of messages that somebody has just written; all others tell of edits, joins and the like."""


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listeners for events. Bolt acknowledges those by itself."""

    @app.event("app_mention", matchers=[from_person])
    async def mentioned(event: dict[str, Any], context: dict[str, Any], client: AsyncWebClient) -> None:
        dispatcher.hear(event.get("text") or "", origins.of_mention(event, context), client)

    @app.event("message", matchers=[from_person, in_direct_message])
    async def written(event: dict[str, Any], context: dict[str, Any], client: AsyncWebClient) -> None:
        dispatcher.hear(event.get("text") or "", origins.of_direct_message(event, context), client)

    @app.event("app_home_opened", matchers=[at_home])
    async def home_opened(event: dict[str, Any], context: dict[str, Any], client: AsyncWebClient) -> None:
        place = origins.of_home(event, context)
        dispatcher.attempt(place, client, publish(client, place, dispatcher.conversations.advisor()))

    @app.event("app_home_opened", matchers=[at_messages])
    async def messages_opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        dispatcher.work.start(suggest(client, event["channel"], "", dispatcher.conversations.advisor()))

    @app.event("assistant_thread_started")
    async def thread_started(event: dict[str, Any], client: AsyncWebClient) -> None:
        thread = event["assistant_thread"]
        dispatcher.work.start(
            suggest(client, thread["channel_id"], thread["thread_ts"], dispatcher.conversations.advisor())
        )


async def from_person(event: dict[str, Any]) -> bool:
    """Whether a person has just written this: no bot, no edit, no notice of Slack's own."""
    spoken = event.get("subtype") in SPOKEN and "edited" not in event
    return bool(spoken and event.get("user") and not event.get("bot_id") and not event.get("bot_profile"))


async def in_direct_message(event: dict[str, Any]) -> bool:
    """Whether this was written to the advisor alone."""
    return event.get("channel_type") == "im"


async def at_home(event: dict[str, Any]) -> bool:
    """Whether the Home tab was opened."""
    return event.get("tab") == "home"


async def at_messages(event: dict[str, Any]) -> bool:
    """Whether the Messages tab was opened."""
    return event.get("tab") == "messages"
