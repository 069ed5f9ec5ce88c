"""Listens for HTTP, and bounds what a connection may do before a request is read: how many, and how slowly."""

from __future__ import annotations

import asyncio
import logging
import resource
from collections.abc import Callable
from typing import Any

from aiohttp import web

KEEP_ALIVE = 75.0
"""Seconds that an idle connection stays open; longer than the balancers before us keep theirs."""
HEADERS_IN = 10.0
"""Seconds from the first byte of a request, or from connecting, until its headers must be there."""
MOST_CONNECTIONS = 1_000
"""Open connections; fewer where the system gives us few files. Platforms and balancers keep some tens."""

log = logging.getLogger(__name__)
_requests = logging.getLogger(f"{__name__}.requests")


class _WithoutAddresses(logging.Filter):
    """What strangers send that is no HTTP is no failure of ours: one short line, without who it was or what it held."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        record.msg, record.args = "A request could not be read (%s)", (type(error).__name__,)
        record.exc_info, record.levelno, record.levelname = None, logging.DEBUG, "DEBUG"
        return logging.getLogger().isEnabledFor(logging.DEBUG)


_requests.addFilter(_WithoutAddresses())


class Connection(asyncio.Protocol):
    """One connection: passes everything on to the web server's protocol, and ends it where it is too slow."""

    def __init__(self, listener: Listener, inner: Any) -> None:
        self._listener, self._inner = listener, inner
        self._transport: asyncio.Transport | None = None
        self._late: asyncio.TimerHandle | None = None
        self._serving = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection, or end it at once where there are too many."""
        assert isinstance(transport, asyncio.Transport)
        if self._listener.is_full:
            self._inner = None
            transport.abort()
            return
        self._transport = transport
        self._listener.connections[transport] = self
        self._inner.connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Pass on what came."""
        if not self._serving:
            self._expect()
        if self._inner:
            self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        """Pass on that nothing more comes."""
        return bool(self._inner.eof_received()) if self._inner else None

    def connection_lost(self, error: Exception | None) -> None:
        """Let go of the connection."""
        self._expected()
        if self._transport:
            self._listener.connections.pop(self._transport, None)
        if self._inner:
            self._inner.connection_lost(error)

    def pause_writing(self) -> None:
        """Pass on that the other end reads slowly."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Pass on that it reads again."""
        self._inner.resume_writing()

    def begun(self) -> None:
        """Note that the headers of a request are there."""
        self._serving += 1
        self._expected()

    def ended(self) -> None:
        """Note that a request has its answer."""
        self._serving -= 1

    def _expect(self) -> None:
        if self._late is None and self._transport:
            self._late = asyncio.get_running_loop().call_later(HEADERS_IN, self._transport.abort)

    def _expected(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None


class Listener:
    """A running web server."""

    def __init__(self, app: web.Application, host: str, port: int, grace: float) -> None:
        app.middlewares.insert(0, self._noted)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handle_signals=False,
            keepalive_timeout=KEEP_ALIVE,
            shutdown_timeout=grace,
            logger=_requests,
        )
        self._host = host
        self._wanted = port
        self._server: asyncio.Server | None = None
        self._most = min(MOST_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)
        self.connections: dict[asyncio.BaseTransport, Connection] = {}
        self.port = 0
        """The port that is really listened on, once opened."""

    @property
    def is_full(self) -> bool:
        """Whether no further connection is taken."""
        return len(self.connections) >= self._most

    async def open(self) -> None:
        """Begin to listen.

        Raises:
            OSError: the address is taken or not ours.
        """
        await self._runner.setup()
        inner: Callable[[], Any] | None = self._runner.server
        assert inner
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(self, inner()), self._host, self._wanted)
        self.port = self._server.sockets[0].getsockname()[1]
        log.info("Listening", extra={"host": self._host, "port": self.port})

    async def close(self) -> None:
        """Take no new connections, and finish the requests under way."""
        if self._server:
            self._server.close()
        await self._runner.cleanup()

    @web.middleware
    async def _noted(self, request: web.Request, handler: Any) -> web.StreamResponse:
        connection = self.connections.get(request.transport) if request.transport else None
        if connection:
            connection.begun()
        try:
            response: web.StreamResponse = await handler(request)
            return response
        finally:
            if connection:
                connection.ended()
