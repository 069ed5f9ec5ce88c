"""Socket Mode: Slack over a connection that we open, for a workspace whose advisor has no public address."""

from __future__ import annotations

import asyncio
import logging

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from adapters.slack.app import SlackApp
from adapters.slack.config import SlackConfig

WATCH_SECONDS = 10.0
CONNECT_SECONDS = 30.0
log = logging.getLogger(__name__)


class SocketMode:
    """Keeps one connection to Slack.

    The library's client reconnects by itself, but goes on for ever with an address that Slack has withdrawn; this
    watches it and begins again with a new address.
    """

    def __init__(self, app: SlackApp, config: SlackConfig, watch_seconds: float = WATCH_SECONDS) -> None:
        self._app = app
        self._token = config.app_token
        self._watch_seconds = watch_seconds
        self._handler: AsyncSocketModeHandler | None = None

    async def connected(self) -> bool:
        """Return whether Slack can reach us now."""
        return self._handler is not None and await self._handler.client.is_connected()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then disconnect and send the answers in flight."""
        self._handler = AsyncSocketModeHandler(self._app, self._token, web_client=self._app.client)
        watching = asyncio.create_task(self._watch(self._handler))
        await stop.wait()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await self._handler.close_async()  # type: ignore[no-untyped-call]  # Bolt forgot its annotation
        await self._app.drain()

    async def _watch(self, handler: AsyncSocketModeHandler) -> None:
        while True:
            if not await handler.client.is_connected():
                await self._connect(handler)
            await asyncio.sleep(self._watch_seconds)

    async def _connect(self, handler: AsyncSocketModeHandler) -> None:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await handler.client.connect_to_new_endpoint(force=True)
        except Exception:
            log.exception("Slack's socket did not open; trying again in %s seconds", self._watch_seconds)
