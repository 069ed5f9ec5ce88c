"""Between the listeners and the application service: asks it, sends what it says, and bounds what can go wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations import texts
from adapters.conversations.identity import Message
from adapters.conversations.service import Conversations, Delivery
from adapters.slack import limits
from adapters.slack.ack_payload import acknowledgement
from adapters.slack.background import BackgroundTasks
from adapters.slack.origins import Origin
from adapters.slack.render import message
from adapters.slack.render.context import Surface
from adapters.slack.render.views import show
from adapters.slack.reply_targets import ReplyTarget, conversation, frame, target
from adapters.slack.sending import send
from bot.replies import Notice, NoticeKind

FAILED = Delivery(Notice(NoticeKind.FAILED, texts.FAILED), "", "")
VIEWS = (Surface.MODAL, Surface.HOME)
Ask = Callable[[], Awaitable[Delivery | None]]
log = logging.getLogger(__name__)


@dataclass
class Dispatcher:
    """What all listeners share."""

    conversations: Conversations
    work: BackgroundTasks = field(default_factory=BackgroundTasks)

    def hear(self, text: str, place: Origin, client: AsyncWebClient) -> None:
        """Answer a message, after the acknowledgement."""
        said = Message(place.person, place.conversation, text, place.event)
        self.start(place, client, lambda: self.conversations.ask(said))

    def press(self, text: str, place: Origin, client: AsyncWebClient) -> None:
        """Do what a button says, after the acknowledgement."""
        heard_in = conversation(text, place)
        self.start(
            place, client, self._once(place, lambda: self.conversations.press(text, place.person, heard_in)), text
        )

    def start(self, place: Origin, client: AsyncWebClient, ask: Ask, text: str = "") -> None:
        """Ask and send the answer, as a piece of work that is waited for when the process stops."""
        self.work.start(self._bounded(place, client, self._answered(place, client, ask, text)))

    async def acknowledge(self, place: Origin, client: AsyncWebClient, ask: Ask) -> BoltResponse:
        """Return an acknowledgement with the answer in it where it is there in time; otherwise send it afterwards.

        An answer inside the acknowledgement needs no second request, and no process that stops can lose it.
        """
        loop = asyncio.get_running_loop()
        said: asyncio.Future[Delivery | None] = loop.create_future()
        late = loop.call_later(limits.ANSWER_IN_ACKNOWLEDGEMENT, _nothing_yet, said)
        self.work.start(self._say(said, place, client, ask))
        delivery = await said
        late.cancel()
        return _in_acknowledgement(delivery, place)

    def attempt(self, place: Origin, client: AsyncWebClient, doing: Awaitable[Any]) -> None:
        """Do something that answers nobody, such as drawing the App Home."""
        self.work.start(self._bounded(place, client, doing))

    def _once(self, place: Origin, ask: Ask) -> Ask:
        async def asked() -> Delivery | None:
            first = not place.event or await self.conversations.first(place.event, "slack")
            return await ask() if first else None

        return asked

    async def _answered(self, place: Origin, client: AsyncWebClient, ask: Ask, text: str) -> None:
        delivery = await ask()
        if delivery:
            await self._deliver(client, place, target(text, delivery.reply, place.surface), delivery)
            if place.event:
                await self.conversations.answered(place.event, "slack")

    async def _say(
        self, said: asyncio.Future[Delivery | None], place: Origin, client: AsyncWebClient, ask: Ask
    ) -> None:
        delivery = await self._safe(self._once(place, ask))
        if not said.done():
            said.set_result(delivery)
        elif delivery:
            await self._bounded(place, client, self._deliver(client, place, ReplyTarget.NEW, delivery))

    async def _deliver(self, client: AsyncWebClient, place: Origin, where: ReplyTarget, delivery: Delivery) -> None:
        if place.surface in VIEWS:
            await show(client, place, where, delivery, self.conversations.advisor())
        else:
            await send(client, place, where, _message(delivery, where, place))
        if where is ReplyTarget.SHARED and place.message:
            await send(
                client, place, ReplyTarget.IN_PLACE, _message(delivery, ReplyTarget.IN_PLACE, place, shared=True)
            )

    async def _safe(self, ask: Ask) -> Delivery | None:
        try:
            return await ask()
        except Exception:
            log.exception("Slack: an answer failed")
            self.conversations.observer.failed("slack", "answer")
            return FAILED

    async def _bounded(self, place: Origin, client: AsyncWebClient, doing: Awaitable[Any]) -> None:
        """The one error boundary: the log gets everything, the person a word, and no text of an exception."""
        try:
            await doing
        except Exception:
            log.exception("Slack: an answer failed")
            self.conversations.observer.failed("slack", "answer")
            await self._say_so(place, client)

    async def _say_so(self, place: Origin, client: AsyncWebClient) -> None:
        try:
            await self._deliver(client, place, ReplyTarget.ASIDE, FAILED)
        except Exception:
            log.exception("Slack: the person could not be told that an answer failed")


def _nothing_yet(said: asyncio.Future[Delivery | None]) -> None:
    if not said.done():
        said.set_result(None)


def _in_acknowledgement(delivery: Delivery | None, place: Origin) -> BoltResponse:
    """Return an acknowledgement with the answer in it, or an empty one where it has been given already or will be."""
    if delivery is None:
        return BoltResponse(status=200, body="")
    return acknowledgement(delivery.reply, frame(delivery, ReplyTarget.NEW, place))


def _message(delivery: Delivery, where: ReplyTarget, place: Origin, *, shared: bool = False) -> dict[str, Any]:
    if where is ReplyTarget.GONE:
        return {}
    return message(delivery.reply, replace(frame(delivery, where, place), shared=shared))
