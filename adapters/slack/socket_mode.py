"""The app's face in Socket Mode: a connection that it opens itself, and keeps open."""

from __future__ import annotations

import asyncio
import logging

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from adapters.conversations.flow_control import Acknowledgement
from adapters.slack.app import SlackApp
from adapters.slack.config import REPEATS, SlackConfig
from adapters.slack.dispatcher import OK, PATIENCE
from adapters.slack.origins import ACKNOWLEDGEMENT

WATCH_SECONDS = 10.0
CONNECT_SECONDS = 30.0
EVENT = "events_api"
"""The type of envelopes that Slack sends again until they are acknowledged."""
log = logging.getLogger(__name__)


class Handler(AsyncSocketModeHandler):
    """Acknowledges an event once it is answered, as over HTTP; commands and presses as Bolt does."""

    def __init__(self, app: SlackApp, token: str, patience: float) -> None:
        super().__init__(app, token, web_client=app.client)
        self._dispatcher, self._patience = app.dispatcher, patience

    async def handle(  # type: ignore[override]  # as in Bolt's own
        self, client: SocketModeClient, req: SocketModeRequest
    ) -> None:
        """Answer what Slack has sent."""
        if req.type != EVENT:
            await super().handle(client, req)
            return
        if self._dispatcher.turns_away():
            return
        acknowledgement = Acknowledgement(repeated=str(req.retry_attempt) in REPEATS)
        request = AsyncBoltRequest(mode="socket_mode", body=req.payload, context={ACKNOWLEDGEMENT: acknowledgement})
        dispatched = self.app.async_dispatch(request)
        answer = await self._dispatcher.until_answered(dispatched, acknowledgement, self._patience)
        if answer and answer.status == OK:
            await client.send_socket_mode_response(SocketModeResponse(req.envelope_id))


class SocketMode:
    """Keeps one connection to Slack, for a workspace whose advisor has no public address.

    The library's client reconnects by itself, but goes on for ever with an address that Slack has withdrawn; this
    watches it and begins again with a new address.
    """

    def __init__(
        self, app: SlackApp, config: SlackConfig, watch_seconds: float = WATCH_SECONDS, patience: float = PATIENCE
    ) -> None:
        self._app = app
        self._patience = patience
        self._token = config.app_token
        self._watch_seconds = watch_seconds
        self._handler: Handler | None = None

    async def connected(self) -> bool:
        """Return whether Slack can reach us now."""
        return self._handler is not None and await self._handler.client.is_connected()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then disconnect and send the answers in flight."""
        self._handler = Handler(self._app, self._token, self._patience)
        watching = asyncio.create_task(self._watch(self._handler))
        await stop.wait()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await self._handler.close_async()  # type: ignore[no-untyped-call]  # Bolt forgot its annotation
        await self._app.drain()

    async def _watch(self, handler: Handler) -> None:
        while True:
            if not await handler.client.is_connected():
                await self._connect(handler)
            await asyncio.sleep(self._watch_seconds)

    async def _connect(self, handler: Handler) -> None:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await handler.client.connect_to_new_endpoint(force=True)
        except Exception:
            log.exception("Slack's socket did not open; trying again in %s seconds", self._watch_seconds)
