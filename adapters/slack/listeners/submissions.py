"""Modals that are submitted: a result is shared, a question of the guide answered, a line of feedback sent."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import origins
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.render import modal
from adapters.slack.render.context import read_value
from adapters.slack.render.guide import CHOICE
from adapters.slack.render.render import COMMENT, NEXT, SHARE
from adapters.slack.sending import ReplyTarget
from bot.actions import GuideChoose, ShareResult, encode

Payload = dict[str, Any]


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listeners for submitted modals."""

    @app.view(SHARE)
    async def shared(ack: AsyncAck, body: Payload, context: Payload, client: AsyncWebClient) -> None:
        share, origin = encode(ShareResult(body["view"]["private_metadata"])), origins.of_submission(body, context)
        await ack()
        dispatcher.press(share, origin, client)

    @app.view(NEXT)
    async def answered(ack: AsyncAck, body: Payload, context: Payload) -> None:
        """Show the next question in place of the answered one, inside the acknowledgement."""
        origin, view = origins.of_submission(body, context), body["view"]
        token, question = view["private_metadata"].split(" ")
        option = view["state"]["values"][CHOICE][CHOICE]["selected_option"]["value"]
        delivery = await dispatcher.conversations.do(GuideChoose(token, question, option), origin.person)
        around = await dispatcher.around(delivery, ReplyTarget.IN_PLACE, origin)
        await ack(response_action="update", view=modal(delivery.reply, around))

    @app.view(COMMENT)
    async def commented(ack: AsyncAck, body: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin, view = origins.of_submission(body, context), body["view"]
        rated, _, _ = read_value(view["private_metadata"])
        about, _, ref = rated.partition(" ")
        line = view["state"]["values"].get(COMMENT, {}).get(COMMENT, {}).get("value") or ""
        await ack()
        dispatcher.attempt(origin, client, dispatcher.conversations.comment(about, ref, line, origin.person))
