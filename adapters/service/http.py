"""The web server: health, metrics, and what Slack needs; small requests only, none for long.

It also bounds what a connection may do before a request is read: how many there are, and how slow they may be.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import resource
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Middleware

from adapters.service.logs import correlate
from adapters.service.metrics import Health, Metrics
from adapters.version import version

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LARGEST = 512 * 1024
"""Bytes of a request's body. Slack's own requests stay far below."""
LONGEST = 10.0
"""Seconds that a request may take, reading it included."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000",
    "Server": "advisor",
}
log = logging.getLogger(__name__)
KEEP_ALIVE = 75.0
"""Seconds that an idle connection stays open; longer than the balancers before us keep theirs."""
HEADERS_IN = 10.0
"""Seconds from the first byte of a request, or from connecting, until its headers must be there."""
MOST_CONNECTIONS = 1_000
"""Open connections; fewer where the system gives us few files. Platforms and balancers keep some tens."""
_requests = logging.getLogger(f"{__name__}.requests")


def build_web(
    health: Health, metrics: Metrics, routes: Iterable[web.RouteDef] = (), metrics_token: str = ""
) -> web.Application:
    """Return the application with health, metrics and these routes."""
    app = web.Application(client_max_size=LARGEST, middlewares=[_measured(metrics), _guarded])
    app.on_response_prepare.append(_add_headers)
    app.add_routes([*_own_routes(health, metrics, metrics_token), *routes])
    return app


def _own_routes(health: Health, metrics: Metrics, token: str) -> list[web.RouteDef]:
    async def alive(_request: web.Request) -> web.Response:
        return web.json_response(health.report() | {"version": version()})

    async def ready(_request: web.Request) -> web.Response:
        return web.json_response(health.report(), status=200 if health.is_ready else 503)

    async def measured(request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").encode()
        if token and not hmac.compare_digest(given, f"Bearer {token}".encode()):
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        return web.Response(body=metrics.text(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    return [web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", measured)]


def _measured(metrics: Metrics) -> Middleware:
    """Return a middleware that counts and times requests by the template of their route."""

    @web.middleware
    async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
        found = request.match_info.route.resource
        route = found.canonical if found else "unknown"
        begun = time.perf_counter()
        try:
            response = await handler(request)
        except web.HTTPException as refused:
            metrics.requested(route, request.method, refused.status, time.perf_counter() - begun)
            raise
        metrics.requested(route, request.method, response.status, time.perf_counter() - begun)
        return response

    return measure


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Bound the time, give the request an id, and let no exception text out."""
    correlate()
    try:
        async with asyncio.timeout(LONGEST):
            return await handler(request)
    except web.HTTPException:
        raise
    except TimeoutError:
        log.warning("A request took too long", extra={"path": request.path})
        return web.Response(status=503)
    except Exception:
        log.exception("A request failed", extra={"path": request.path})
        return web.Response(status=500)


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    if response.content_type.startswith("text/") and not response.charset:
        response.charset = "utf-8"
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = HEADERS["Server"]


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
