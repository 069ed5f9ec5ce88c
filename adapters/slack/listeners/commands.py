"""Slash commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.conversations.service import Delivery
from adapters.slack import origins
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.origins import Origin, asked

ADVISOR = "/advisor"
RECOMMEND = "/recommend"


def register(app: AsyncApp, dispatcher: Dispatcher) -> None:
    """Attach what answers slash commands."""
    app.use(Commands(dispatcher))


class Commands(AsyncMiddleware):
    """Answers slash commands, and lets everything else pass to the listeners.

    The last of Bolt's middlewares and not a listener, since the answer is the acknowledgement: while a listener runs,
    Bolt looks every 10 ms whether it has acknowledged.
    """

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._desk = dispatcher
        self._known = {ADVISOR: self._advise, RECOMMEND: self._recommend}

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 Bolt's name
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 Bolt's name
    ) -> BoltResponse:
        """Answer a command that we know."""
        asks = self._known.get(req.body.get("command", ""))
        if asks is None:
            return await next()
        place, client = origins.of_command(req.body, req.context), req.context.client
        return await self._desk.acknowledge(place, client, lambda: asks(req.body, place))

    def _advise(self, command: dict[str, Any], place: Origin) -> Awaitable[Delivery | None]:
        return asked(self._desk.conversations, command.get("text") or "", place.person, place.conversation)

    def _recommend(self, command: dict[str, Any], place: Origin) -> Awaitable[Delivery | None]:
        text = (command.get("text") or "").strip()
        return self._desk.conversations.recommend(text, place.person, place.conversation)
