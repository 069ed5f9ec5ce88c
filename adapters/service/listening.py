"""Opens and closes the port that the web server listens on."""

from __future__ import annotations

import logging

from aiohttp import web

log = logging.getLogger(__name__)

KEEP_ALIVE = 75.0
"""Seconds that an idle connection stays open; longer than the balancers before us keep theirs."""


class Listener:
    """A running web server."""

    def __init__(self, app: web.Application, host: str, port: int, grace: float) -> None:
        self._runner = web.AppRunner(
            app, access_log=None, handle_signals=False, keepalive_timeout=KEEP_ALIVE, shutdown_timeout=grace
        )
        self._host = host
        self._wanted = port
        self.port = 0
        """The port that is really listened on, once opened."""

    async def open(self) -> None:
        """Begin to listen.

        Raises:
            OSError: the address is taken or not ours.
        """
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._wanted).start()
        self.port = self._runner.addresses[0][1]
        log.info("Listening", extra={"host": self._host, "port": self.port})

    async def close(self) -> None:
        """Take no new connections, and finish the requests under way."""
        await self._runner.cleanup()
