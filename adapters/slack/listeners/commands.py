"""Slash commands."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import places
from adapters.slack.desk import Desk
from adapters.slack.spoken import asked

ADVISOR = "/advisor"
RECOMMEND = "/recommend"


def register(app: AsyncApp, desk: Desk) -> None:
    """Attach the listeners for slash commands."""

    @app.command(ADVISOR)
    async def advisor(ack: AsyncAck, command: dict[str, Any], context: dict[str, Any], client: AsyncWebClient) -> None:
        place = places.of_command(command, context)
        text = command.get("text") or ""
        await desk.acknowledge(
            ack, place, client, lambda: asked(desk.conversations, text, place.person, place.conversation)
        )

    @app.command(RECOMMEND)
    async def recommend(
        ack: AsyncAck, command: dict[str, Any], context: dict[str, Any], client: AsyncWebClient
    ) -> None:
        place = places.of_command(command, context)
        text = (command.get("text") or "").strip()
        await desk.acknowledge(
            ack, place, client, lambda: desk.conversations.recommend(text, place.person, place.conversation)
        )
