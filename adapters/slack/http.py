"""The app's HTTP face, for whoever runs the web server."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.conversations.acknowledgement import Acknowledgement
from adapters.slack.app import SlackApp
from adapters.slack.config import EVENTS_PATH
from adapters.slack.origins import ACKNOWLEDGEMENT

READ = ("Content-Type", "X-Slack-Request-Timestamp", "X-Slack-Signature")
"""The headers that Bolt needs of Slack's requests. All others stay outside, also those by which it talks to itself."""


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
