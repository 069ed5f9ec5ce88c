"""How Slack reaches the app: over HTTP, or over a connection that the app opens itself (Socket Mode).

A web request that is not from Slack, or makes no sense, is refused before Bolt looks at it.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable, Sequence
from hashlib import sha256
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from adapters.conversations.flow_control import Acknowledgement
from adapters.slack.app import SlackApp
from adapters.slack.config import EVENTS_PATH, REPEATS, SlackConfig
from adapters.slack.dispatcher import OK, PATIENCE
from adapters.slack.origins import ACKNOWLEDGEMENT

OLD = 300
"""Seconds after which a signed request is not taken any more, as it may be somebody's recording."""
BAD_REQUEST, UNAUTHORIZED, COME_AGAIN = 400, 401, 503
READ = ("Content-Type", "X-Slack-Request-Timestamp", "X-Slack-Signature")
"""The headers that Bolt needs of Slack's requests. All others stay outside, also those by which it talks to itself."""
EVENT = "events_api"
"""The type of envelopes in Socket Mode that Slack sends again until they are acknowledged."""
WATCH_SECONDS = 10.0
CONNECT_SECONDS = 30.0

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
