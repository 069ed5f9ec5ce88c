"""Looks at a request before Bolt does: what is not from Slack, or makes no sense, is refused in one word."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from hashlib import sha256
from urllib.parse import parse_qs

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

OLD = 300
"""Seconds after which a signed request is not taken any more, as it may be somebody's recording."""
BAD_REQUEST, UNAUTHORIZED = 400, 401

log = logging.getLogger(__name__)


def checked(route: web.RouteDef, signing_secret: str, clock: Callable[[], float]) -> web.RouteDef:
    """Return the route for requests that Slack has signed and that hold what Slack sends; others get 400 or 401."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            body = await request.read()
        except (web.HTTPException, TimeoutError):
            raise
        except Exception:  # noqa: BLE001  # however a body cannot be read, whoever sent it is to blame
            return web.Response(status=BAD_REQUEST)
        status = _status(request, body, signing_secret, clock())
        return web.Response(status=status) if status else await route.handler(request)

    return web.RouteDef(route.method, route.path, handle, route.kwargs)


def _status(request: web.Request, body: bytes, secret: str, now: float) -> int:
    """Return the status that a request is refused with, or 0."""
    stamp = request.headers.get("X-Slack-Request-Timestamp", "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= len("18446744073709551615")):
        return UNAUTHORIZED
    signed = hmac.digest(secret.encode(), b"v0:%s:%s" % (stamp.encode(), body), sha256).hex()
    given = request.headers.get("X-Slack-Signature", "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(given, f"v0={signed}".encode()):
        return UNAUTHORIZED
    if abs(now - int(stamp)) > OLD:
        log.warning("A signed request is %d seconds old: is the clock right?", round(now - int(stamp)))
        return UNAUTHORIZED
    return 0 if _is_sound(request, body) else BAD_REQUEST


def _is_sound(request: web.Request, body: bytes) -> bool:
    """Return whether the body is an object in JSON, or a form that is a command or holds such an object."""
    try:
        text = body.decode()
        if request.content_type == "application/json":
            return isinstance(json.loads(text), dict)
        form = parse_qs(text, keep_blank_values=True)
        if "payload" in form:
            return isinstance(json.loads(form["payload"][0]), dict)
    except (ValueError, RecursionError):
        return False
    return "command" in form or "ssl_check" in form
