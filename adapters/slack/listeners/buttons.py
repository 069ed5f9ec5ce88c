"""Everything in a message or a view that is pressed, chosen, written in or submitted."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.service import Delivery
from adapters.slack import origins
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.markup import channel
from adapters.slack.origins import Origin
from adapters.slack.render.answers import NOT_KNOWN
from adapters.slack.render.buttons import RenderContext, Surface, read_value, written_value
from adapters.slack.render.guide import CHIPS, CHOICE
from adapters.slack.render.home import NO_HELP_CHANNEL
from adapters.slack.render.layout import ASK
from adapters.slack.render.render import COMMENT, NEXT, SHARE, comment_modal, modal, question_for_people
from adapters.slack.sending import ReplyTarget, decoded
from bot import replies
from bot.action_codec import encode
from bot.actions import AskPerson, GuideChoose, GuideCircumstance, GuideFinish, Rate, ShareResult
from bot.advisor import Advisor
from bot.replies import Notice, NoticeKind, TopicLink

ANY = re.compile(".*")
"""Everything is answered, also what earlier versions sent; what it says is read by `Conversations`."""
PRESSED = ("button", "icon_button", "feedback_buttons", "static_select")
NO_PEOPLE = "This workspace has not chosen a channel for that yet. Its admins can, in my Home."
NOT_INVITED = "I could not post there. Somebody has to invite me to that channel first."
Payload = dict[str, Any]


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach the listeners for what can be pressed and submitted."""

    @app.action({"type": "block_actions", "action_id": ANY}, matchers=[is_press])
    async def pressed(ack: AsyncAck, body: Payload, action: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin, value = origins.of_press(body, context), origins.value_of(action)
        await ack()
        Press(dispatcher, client, origin, value).do()

    @app.action({"type": "block_actions", "action_id": ANY}, matchers=[is_ticked])
    async def ticked(ack: AsyncAck, body: Payload, action: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin = origins.of_press(body, context)
        chosen = {option["value"] for option in action.get("selected_options") or ()}
        _, token, on = action["block_id"].split(" ")
        await ack()
        changed = sorted(chosen ^ set(filter(None, on.split(","))))
        if changed:
            ask = _toggled(dispatcher, dispatcher.as_pressed("", origin), token, changed)
            dispatcher.start(origin, client, ask, encode(GuideFinish(token)))

    @app.action({"type": "block_actions", "action_id": ANY, "block_id": ASK})
    async def asked(ack: AsyncAck, body: Payload, action: Payload, context: Payload, client: AsyncWebClient) -> None:
        origin, text = origins.of_press(body, context), action.get("value") or ""
        await ack()
        dispatcher.hear(text, origin, client)

    _register_forms(app, dispatcher)


async def is_press(action: Payload) -> bool:
    """Whether this says something by itself, unlike a button that only opens a page."""
    return (
        action.get("type") in PRESSED and bool(origins.value_of(action)) and action.get("action_id") != NO_HELP_CHANNEL
    )


async def is_ticked(action: Payload) -> bool:
    """Whether somebody ticked circumstances under a result."""
    return str(action.get("block_id", "")).startswith(f"{CHIPS} ")


@dataclass(frozen=True)
class Press:
    """Somebody pressed something."""

    dispatcher: Dispatcher
    client: AsyncWebClient
    origin: Origin
    value: str

    def do(self) -> None:
        """Do what it says, after the acknowledgement."""
        action = decoded(self.value)
        if isinstance(action, AskPerson):
            origin = self.dispatcher.as_pressed(self.value, self.origin)
            self.dispatcher.attempt(origin, self.client, self._ask_people(origin))
            return
        self.dispatcher.press(self.value, self.origin, self.client)
        stranger = self.dispatcher.as_pressed(self.value, self.origin).stranger
        if isinstance(action, Rate) and action.verdict == "no" and not stranger and self.origin.trigger:
            self.dispatcher.attempt(self.origin, self.client, self._ask_what_was_missing(action))

    async def _ask_people(self, origin: Origin) -> None:
        """Post the question where the workspace wants it."""
        conversations = self.dispatcher.conversations
        where = (await conversations.workspace_settings(origin.person)).help_channel
        if where and not await conversations.first(origin.event, "slack"):
            return
        said = f"Done: your question is in {channel(where)}." if where else NO_PEOPLE
        question = read_value(self.value)[2]
        if where:
            try:
                await self.client.chat_postMessage(channel=where, **question_for_people(question, origin.person.user))
            except SlackApiError:
                said = NOT_INVITED
        await self.dispatcher.tell(self.client, origin, Notice(NoticeKind.INFO, said))

    async def _ask_what_was_missing(self, rated: Rate) -> None:
        """Open a modal for one optional line, with the nearest topics and a way to a person."""
        question = read_value(self.value)[2]
        near = _nearest(self.dispatcher.conversations.advisor(), rated.about, question)
        asks_people = await self.dispatcher.asks_people(self.origin)
        name = self.dispatcher.conversations.advisor().knowledge.about.called
        around = RenderContext(Surface.MODAL, rated.ref, question=question, asks_people=asks_people, name=name)
        value = written_value(f"{rated.about} {rated.ref}", "", question)
        view = comment_modal(value, near, around)
        await self.client.views_open(trigger_id=self.origin.trigger, view=view)


def _nearest(advisor: Advisor, about: str, question: str) -> tuple[TopicLink, ...]:
    known = advisor.topic(about) if about != NOT_KNOWN else None
    if isinstance(known, replies.Answer):
        return known.related[:3]
    return advisor.complete(question, 3) if question else ()


def _toggled(
    dispatcher: Dispatcher, origin: Origin, token: str, chips: list[str]
) -> Callable[[], Awaitable[Delivery | None]]:
    """Return what adds these circumstances to a result, or takes them away, one after the other."""

    async def toggled() -> Delivery | None:
        delivery, now = None, token
        for chip in chips:
            change = GuideCircumstance(now, chip)
            delivery = await dispatcher.conversations.do(change, origin.person, origin.conversation)
            if not isinstance(delivery.reply, replies.Recommendation):
                break
            now = delivery.reply.token
        return delivery

    return toggled


def _register_forms(app: AsyncApp, dispatcher: Dispatcher) -> None:
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
