"""The Slack app: Bolt with every listener, for one workspace or for many, over HTTP or Socket Mode.

Over HTTP, a request that is not from Slack, or makes no sense, is refused before Bolt looks at it.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.conversations.ports import Acknowledgement
from adapters.conversations.service import Conversations
from adapters.slack import oauth
from adapters.slack.config import EVENTS_PATH, INSTALL_PATH, SlackConfig
from adapters.slack.dispatcher import Dispatcher
from adapters.slack.listeners import register
from adapters.slack.origins import ACKNOWLEDGEMENT
from adapters.slack.sending import retries

DRAIN_SECONDS = 20.0
UNINSTALLED = (
    "I cannot find my installation in this workspace. Try again in a minute; if it stays so, whoever looks after me "
    "has to add me again{where}."
)

WATCH_SECONDS = 10.0
CONNECT_SECONDS = 30.0
OLD = 300
"""Seconds after which a signed request is not taken any more, as it may be somebody's recording."""
BAD_REQUEST, UNAUTHORIZED = 400, 401

READ = ("Content-Type", "X-Slack-Request-Timestamp", "X-Slack-Signature")
"""The headers that Bolt needs of Slack's requests. All others stay outside, also those by which it talks to itself."""
log = logging.getLogger(__name__)


class SlackApp(AsyncApp):
    """Bolt, and the answers in flight."""

    def __init__(self, dispatcher: Dispatcher, **settings: Any) -> None:
        super().__init__(
            name="framework-advisor",
            raise_error_for_unhandled_request=True,
            attaching_function_token_enabled=False,
            **settings,
        )
        self.dispatcher = dispatcher

    async def drain(self, seconds: float = DRAIN_SECONDS) -> int:
        """Wait until every answer in flight is sent, for at most so many seconds; return how many were given up."""
        return await self.dispatcher.work.drain(seconds)


def build_app(
    conversations: Conversations,
    config: SlackConfig,
    *,
    client: AsyncWebClient | None = None,
    installation_store: AsyncInstallationStore | None = None,
    state_store: AsyncOAuthStateStore | None = None,
) -> SlackApp:
    """Return the app; nothing is started and nothing is sent.

    With a client id and secret it serves every workspace that has installed it, and needs both stores; otherwise it
    serves the one workspace that `bot_token` belongs to.

    Raises:
        ValueError: many workspaces without both stores, or one without a token.
    """
    dispatcher = Dispatcher(conversations, config.commands)
    own = client or AsyncWebClient(base_url=config.api_url, retry_handlers=retries())
    with _no_settings_from_environment():
        if config.multi_workspace:
            app = SlackApp(dispatcher, **_many(config, own, installation_store, state_store, dispatcher))
        else:
            app = SlackApp(dispatcher, **_one(config, own))
    register(app, dispatcher)
    if installation_store and config.multi_workspace:
        oauth.register(app, installation_store, dispatcher)
    return app


def _one(config: SlackConfig, client: AsyncWebClient) -> dict[str, Any]:
    client.token = client.token or config.bot_token
    if not client.token:
        raise ValueError("Slack needs a bot token, or a client id and secret")
    return {
        "signing_secret": config.signing_secret,
        "client": client,
        "user_facing_authorize_error_message": UNINSTALLED.format(where=""),
    }


def _many(
    config: SlackConfig,
    client: AsyncWebClient,
    installations: AsyncInstallationStore | None,
    states: AsyncOAuthStateStore | None,
    dispatcher: Dispatcher,
) -> dict[str, Any]:
    if installations is None or states is None:
        raise ValueError("Slack for many workspaces needs an installation store and a state store")
    advisor = dispatcher.conversations.advisor
    flow = oauth.flow(config, client, installations, states, lambda: advisor().knowledge.about)
    where = f": {config.public_url.rstrip('/')}{INSTALL_PATH}" if config.public_url else ""
    return {
        "signing_secret": config.signing_secret,
        "client": client,
        "oauth_flow": flow,
        "before_authorize": oauth.held_back_while_unknown(installations),
        "user_facing_authorize_error_message": UNINSTALLED.format(where=where),
    }


@contextmanager
def _no_settings_from_environment() -> Iterator[None]:
    """Hide Slack's variables: Bolt would silently turn OAuth on and drop the token where it finds some of them."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


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

    An event is acknowledged once it is answered, or after `patience` seconds. One that another process is at work on is
    not acknowledged: Slack sends it again, and by then it is answered, or we may take it over.
    """

    async def events(request: web.Request) -> web.Response:
        if not request.headers.get("X-Slack-Request-Timestamp", "0").isdecimal():
            return web.Response(status=401)  # Bolt takes it for a failure of ours
        # Commands and presses come once, and people wait for them.
        acknowledgement = Acknowledgement() if patience and request.content_type == "application/json" else None
        try:
            sent = await _sent(request, acknowledgement)
        except (ValueError, TypeError, AttributeError):  # not text, not what its content type says, or no object
            return web.Response(status=400)
        answer = await app.async_dispatch(sent)
        if acknowledgement and answer.status == web.HTTPOk.status_code and not await acknowledgement.settled(patience):
            return web.Response(status=503)
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


class SocketMode:
    """Keeps one connection to Slack, for a workspace whose advisor has no public address.

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
