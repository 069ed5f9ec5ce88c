"""Shortcuts: "Answer this" on a message, and the guided choice from anywhere."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.identity import Message
from adapters.slack import origins
from adapters.slack.dispatcher import Dispatcher
from bot.actions import OpenGuide, encode

ANSWER_THIS = "answer_this"
GUIDED_CHOICE = "guided_choice"


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listeners for shortcuts."""

    @app.shortcut({"type": "message_action", "callback_id": ANSWER_THIS})
    async def answer_this(ack: AsyncAck, body: dict[str, Any], context: dict[str, Any], client: AsyncWebClient) -> None:
        place = origins.of_message_shortcut(body, context)
        said = Message(place.person, "", body["message"].get("text") or "", place.event)
        await ack()
        dispatcher.start(place, client, lambda: dispatcher.conversations.ask(said))

    @app.shortcut({"type": "shortcut", "callback_id": GUIDED_CHOICE})
    async def guided_choice(
        ack: AsyncAck, body: dict[str, Any], context: dict[str, Any], client: AsyncWebClient
    ) -> None:
        place = origins.of_global_shortcut(body, context)
        await ack()
        dispatcher.press(encode(OpenGuide()), place, client)
