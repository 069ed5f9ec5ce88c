"""Acknowledges an event of Slack once it is answered, so that a process that dies before loses no question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from adapters.conversations.acknowledging import begin

PATIENCE = 2.0
"""Seconds to wait for an answer before acknowledging all the same; Slack sends again after 3."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answering_first(route: web.RouteDef) -> web.RouteDef:
    """Return the route with its acknowledgements held back until what they acknowledge is done."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if request.content_type != "application/json":
            return await route.handler(request)  # commands and presses come once, and people wait for them
        acknowledgement = begin()
        response = await route.handler(request)
        if response.status != web.HTTPOk.status_code or await acknowledgement.settled(PATIENCE):
            return response
        return web.Response(status=503)  # Slack sends it again; by then it is answered, or we may take it over

    return web.RouteDef(route.method, route.path, handle, route.kwargs)
