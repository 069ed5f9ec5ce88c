"""Whatever people say: mentions, direct messages, slash commands, and shortcuts such as "Answer this"."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.identity import Message
from adapters.conversations.service import Conversations, Delivery
from adapters.slack import origins
from adapters.slack.config import ANSWER_THIS, GUIDED_CHOICE
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.markup import readable
from adapters.slack.origins import Origin
from adapters.slack.render.layout import plain
from bot.action_codec import encode
from bot.actions import OpenGuide, ShowHelp

Payload = dict[str, Any]
THREAD_TITLE = 60
SPOKEN = (None, "file_share", "thread_broadcast")
"""Subtypes of messages that somebody has just written; all others tell of edits, joins and the like."""


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listeners for slash commands, messages and shortcuts: what comes most often first."""
    conversations = dispatcher.conversations

    @app.command(dispatcher.commands.ask)
    async def ask(ack: AsyncAck, command: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin, text = origins.of_command(command, context), (command.get("text") or "").strip()
        asked = replace(origin, question=readable(text))
        await ack(**await dispatcher.in_time(asked, client, lambda: _asked(conversations, text, origin)))

    _register_events(app, dispatcher)

    @app.command(dispatcher.commands.recommend)
    async def recommend(ack: AsyncAck, command: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin, text = origins.of_command(command, context), (command.get("text") or "").strip()
        await ack(**await dispatcher.in_time(origin, client, lambda: _recommended(conversations, text, origin)))

    @app.shortcut({"type": "message_action", "callback_id": ANSWER_THIS})
    async def answer_this(ack: AsyncAck, body: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin, text = origins.of_message_shortcut(body, context), origins.text_of(body["message"])
        await ack()
        dispatcher.hear(text, origin, client)

    @app.shortcut({"type": "shortcut", "callback_id": GUIDED_CHOICE})
    async def guided_choice(ack: AsyncAck, body: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin = origins.of_global_shortcut(body, context)
        await ack()
        dispatcher.press(encode(OpenGuide()), origin, client)


def _asked(conversations: Conversations, text: str, origin: Origin) -> Awaitable[Delivery | None]:
    """Return the answer to `/advisor text`: a command, or else a question."""
    verb, _, rest = text.partition(" ")
    match verb.lower():
        case "":
            return conversations.do(ShowHelp(), origin.person)
        case "recommend":
            return _recommended(conversations, rest.strip(), origin)
        case "compare":
            return conversations.compare(rest.strip(), origin.person)
        case _:
            return conversations.ask(Message(origin.person, origin.conversation, text))


def _recommended(conversations: Conversations, text: str, origin: Origin) -> Awaitable[Delivery | None]:
    if text.lower() == "help":
        return conversations.do(ShowHelp(), origin.person)
    return conversations.recommend(text, origin.person, origin.conversation)


def _register_events(app: AsyncApp, dispatcher: Dispatcher) -> None:
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
            await context.set_title(plain(text, THREAD_TITLE))
        except SlackApiError:
            return  # a thread outside the agent view has no title


async def from_person(event: Payload) -> bool:
    """Whether a person has just written this: no bot, no edit, no notice of Slack's own."""
    spoken = event.get("subtype") in SPOKEN and "edited" not in event
    return bool(spoken and event.get("user") and not event.get("bot_id") and not event.get("bot_profile"))


async def in_direct_message(event: Payload) -> bool:
    """Whether this was written to the advisor alone."""
    return event.get("channel_type") == "im"
