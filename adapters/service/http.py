"""The web server: health, metrics, and what Slack needs; small requests only, and none for long."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

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


def build_web(
    health: Health, metrics: Metrics, routes: Iterable[web.RouteDef] = (), metrics_token: str = ""
) -> web.Application:
    """Return the application with health, metrics and these routes."""
    app = web.Application(client_max_size=LARGEST, middlewares=[_guarded])
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
