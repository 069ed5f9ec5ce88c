"""Socket Mode: Slack over a connection that we open, for a workspace whose advisor has no public address."""

from __future__ import annotations

import asyncio
import logging

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from adapters.slack.app import SlackApp
from adapters.slack.config import SlackConfig

WATCH_SECONDS = 10.0
log = logging.getLogger(__name__)


class SocketMode:
    """Keeps one connection to Slack. The client reconnects by itself; this sees to it that it really does."""

    def __init__(self, app: SlackApp, config: SlackConfig, watch_seconds: float = WATCH_SECONDS) -> None:
        self._app = app
        self._handler = AsyncSocketModeHandler(app, config.app_token, web_client=app.client)
        self._watch_seconds = watch_seconds

    async def connected(self) -> bool:
        """Return whether Slack can reach us now."""
        return await self._handler.client.is_connected()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then disconnect and send the answers in flight."""
        await self._connect()
        while not await _set_within(stop, self._watch_seconds):
            if not await self.connected():
                log.warning("Slack's socket is closed, connecting again")
                await self._connect()
        await self._handler.close_async()  # type: ignore[no-untyped-call]  # Bolt forgot its annotation
        await self._app.drain()

    async def _connect(self) -> None:
        try:
            await self._handler.connect_async()  # type: ignore[no-untyped-call]  # the same
        except Exception:
            log.exception("Slack's socket did not open; trying again in %s seconds", self._watch_seconds)


async def _set_within(stop: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return False
    return True
