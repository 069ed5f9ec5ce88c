"""Slash commands, and shortcuts: "Answer this" on a message, and the guide from anywhere."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.identity import Message
from adapters.conversations.service import Conversations, Delivery
from adapters.slack import origins
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.markup import readable
from adapters.slack.origins import Origin
from bot.actions import OpenGuide, ShowHelp, encode

ANSWER_THIS = "answer_this"
GUIDED_CHOICE = "guided_choice"
Payload = dict[str, Any]


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listeners for slash commands and shortcuts."""
    conversations = dispatcher.conversations

    @app.command(dispatcher.commands.ask)
    async def ask(ack: AsyncAck, command: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin, text = origins.of_command(command, context), (command.get("text") or "").strip()
        asked = replace(origin, question=readable(text))
        await ack(**await dispatcher.in_time(asked, client, lambda: _asked(conversations, text, origin)))

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
