"""Buttons, and the modal that shares a result when it is submitted."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import origins
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.render.payload import SHARE
from bot.actions import ShareResult, encode

ANY = re.compile(".*")
"""All buttons are answered, also those of earlier versions; what they say is read by `Conversations`."""


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listeners for buttons and submitted modals."""

    @app.action({"type": "block_actions", "action_id": ANY}, matchers=[is_button])
    async def pressed(
        ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], context: dict[str, Any], client: AsyncWebClient
    ) -> None:
        place = origins.of_press(body, context)
        await ack()
        dispatcher.press(action["value"], place, client)

    @app.view(SHARE)
    async def shared(ack: AsyncAck, body: dict[str, Any], context: dict[str, Any], client: AsyncWebClient) -> None:
        share, place = encode(ShareResult(body["view"]["private_metadata"])), origins.of_share(body, context)
        await ack()
        dispatcher.press(share, place, client)


async def is_button(action: dict[str, Any]) -> bool:
    """Whether this is a button that says something, not one that only opens a page."""
    return action.get("type") == "button" and bool(action.get("value"))
