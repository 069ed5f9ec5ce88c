"""The app's HTTP face: a request that is not from Slack, or makes no sense, is refused before Bolt looks at it."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.conversations.flow_control import Acknowledgement
from adapters.slack.app import SlackApp
from adapters.slack.config import EVENTS_PATH, REPEATS
from adapters.slack.origins import ACKNOWLEDGEMENT

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

OLD = 300
"""Seconds after which a signed request is not taken any more, as it may be somebody's recording."""
BAD_REQUEST, UNAUTHORIZED, COME_AGAIN = 400, 401, 503

log = logging.getLogger(__name__)
READ = ("Content-Type", "X-Slack-Request-Timestamp", "X-Slack-Signature")
"""The headers that Bolt needs of Slack's requests. All others stay outside, also those by which it talks to itself."""


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


def web_routes(app: SlackApp, patience: float = 0.0) -> list[web.RouteDef]:
    """Return the routes for events, and for installation where any workspace may install the app.

    An event is acknowledged once it is answered. One that is not within `patience` seconds, that another process is at
    work on, or that comes while we have enough to do, is not: Slack sends it again.
    """

    async def events(request: web.Request) -> web.Response:
        if not request.headers.get("X-Slack-Request-Timestamp", "0").isdecimal():
            return web.Response(status=UNAUTHORIZED)  # Bolt takes it for a failure of ours
        # Commands and presses come once, and people wait for them.
        acknowledgement = None
        if patience and request.content_type == "application/json":
            acknowledgement = Acknowledgement(repeated=request.headers.get("X-Slack-Retry-Num") in REPEATS)
        if acknowledgement and app.dispatcher.turns_away():
            return web.Response(status=COME_AGAIN)
        try:
            sent = await _sent(request, acknowledgement)
        except (ValueError, TypeError, AttributeError):  # not text, not what its content type says, or no object
            return web.Response(status=BAD_REQUEST)
        if acknowledgement:
            answer = await app.dispatcher.until_answered(app.async_dispatch(sent), acknowledgement, patience)
        else:
            answer = await app.async_dispatch(sent)
        if answer is None:
            return web.Response(status=COME_AGAIN)
        kind = answer.headers["content-type"][0]
        return web.Response(status=answer.status, body=answer.body.encode(), headers={"Content-Type": kind})

    return [web.post(EVENTS_PATH, events), *_installation(app)]


async def _sent(request: web.Request, acknowledgement: Acknowledgement | None) -> AsyncBoltRequest:
    headers: dict[str, str | Sequence[str]] = {name: request.headers[name] for name in READ if name in request.headers}
    handed_on = {ACKNOWLEDGEMENT: acknowledgement} if acknowledgement else {}
    return AsyncBoltRequest(body=await request.text(), headers=headers, context=handed_on)


def _installation(app: SlackApp) -> list[web.RouteDef]:
    flow = app.oauth_flow
    if flow is None:
        return []

    async def install(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_installation(await to_bolt_request(request)))

    async def redirected(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_callback(await to_bolt_request(request)))

    return [
        web.get(flow.install_path, install, allow_head=False),
        web.get(flow.redirect_uri_path, redirected, allow_head=False),
    ]
