"""The web server of the page: loopback alone, its own files alone, and nothing that another page could reach."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.service import Conversations
from adapters.knowledge_base.loader import AdvisorHolder
from adapters.preview import Place
from adapters.preview.discord import Discord, Press
from adapters.preview.slack import Slack
from bot.advisor import Advisor

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
STATIC = Path(__file__).parent / "static"
LOOPBACK = "127.0.0.1"
LARGEST = 512 * 1024
"""Bytes of a request: a press carries the message that it belongs to."""
WATCHED = 1.0
"""Seconds between two looks at the files of the knowledge base."""
TOLD = 0.25
"""Seconds after which the page hears of a change, at most."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
    "Server": "advisor",
}
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
log = logging.getLogger(__name__)


class Preview:
    """What the routes of the page share."""

    def __init__(self, holder: AdvisorHolder) -> None:
        self.holder = holder
        generous = RateLimit(burst=10_000, per_minute=600_000, clock=time.monotonic)
        conversations = Conversations(
            holder.advisor,
            limit=generous,
            workspace_limit=generous,
            privacy="In the preview I keep nothing.",
            keep_missed=False,
        )
        self.slack, self.discord = Slack(conversations), Discord(conversations)

    def routes(self) -> list[web.RouteDef]:
        """Return all routes."""
        return [
            web.get("/", page),
            web.get("/static/{name}", static),
            web.get("/about", self.about),
            web.get("/changes", self.changes),
            web.get("/home", self.home),
            web.post("/say", self.say),
            web.post("/slack/press", self.slack_press),
            web.post("/slack/submit", self.slack_submit),
            web.post("/slack/shortcut", self.slack_shortcut),
            web.post("/discord/press", self.discord_press),
            web.post("/discord/comment", self.discord_comment),
            web.post("/explain", self.explain),
        ]

    async def about(self, _request: web.Request) -> web.Response:
        """Return the names that the page shows."""
        about = self.holder.advisor().knowledge.about
        has_guide = self.holder.advisor().guide is not None
        return web.json_response(
            {"title": about.called, "subject": about.subject, "examples": about.examples, "guide": has_guide}
        )

    async def changes(self, request: web.Request) -> web.StreamResponse:
        """Tell the page, for as long as it listens, that the knowledge has changed or has mistakes."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        shown: tuple[object, str] = (self.holder.advisor(), "")
        try:
            while True:
                now = (self.holder.advisor(), self.holder.trouble)
                if now[0] is not shown[0] or now[1] != shown[1]:
                    news = {"changed": now[0] is not shown[0], "mistakes": self.holder.mistakes}
                    await response.write(f"data: {json.dumps(news)}\n\n".encode())
                    shown = now
                await asyncio.sleep(TOLD)
        except ConnectionError:  # the page was closed
            return response

    async def home(self, _request: web.Request) -> web.Response:
        """Return Slack's App Home."""
        return web.json_response(await self.slack.home())

    async def say(self, request: web.Request) -> web.Response:
        """Answer what was typed on both platforms; `/recommend` and `/compare` are commands on both."""
        asked = await request.json()
        place, thread, text = Place(asked["place"]), str(asked["thread"]), str(asked["text"])
        command, _, rest = text.partition(" ")
        match command:
            case "/recommend":
                slack = await self.slack.recommend(place, thread, rest)
                discord = await self.discord.recommend(place, thread, rest)
            case "/compare":
                slack = await self.slack.compare(place, thread, rest)
                discord = await self.discord.compare(place, rest)
            case _:
                slack = await self.slack.say(place, thread, text)
                discord = await self.discord.say(place, thread, text)
        return web.json_response({"slack": slack, "discord": discord})

    async def slack_press(self, request: web.Request) -> web.Response:
        """Answer a press in Slack's half."""
        return web.json_response(await self.slack.press(await request.json()))

    async def slack_submit(self, request: web.Request) -> web.Response:
        """Answer a submitted modal."""
        return web.json_response(await self.slack.submit(await request.json()))

    async def slack_shortcut(self, _request: web.Request) -> web.Response:
        """Begin the guide in a modal."""
        return web.json_response(await self.slack.shortcut())

    async def discord_press(self, request: web.Request) -> web.Response:
        """Answer a press in Discord's half."""
        body: dict[str, Any] = await request.json()
        values, place = tuple(map(str, body["values"])), Place(body["place"])
        press = Press(str(body["custom_id"]), values, place, str(body["thread"]), body["components"])
        return web.json_response(await self.discord.press(press))

    async def discord_comment(self, request: web.Request) -> web.Response:
        """Keep what was missing in an answer."""
        body = await request.json()
        return web.json_response(await self.discord.comment(str(body["custom_id"]), str(body["line"])))

    async def explain(self, request: web.Request) -> web.Response:
        """Return why a question is read as it is."""
        asked = await request.json()
        return web.json_response(explained(self.holder.advisor(), str(asked["text"])))


async def page(_request: web.Request) -> web.Response:
    """Return the page."""
    return _file(STATIC / "index.html")


async def static(request: web.Request) -> web.Response:
    """Return one of the page's own files."""
    found = {path.name: path for path in STATIC.iterdir()}.get(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    return _file(found)


def _file(path: Path) -> web.Response:
    return web.Response(text=path.read_text(encoding="utf-8"), content_type=TYPES[path.suffix], charset="utf-8")


def build(preview: Preview) -> web.Application:
    """Return the application."""
    app = web.Application(client_max_size=LARGEST, middlewares=[_only_this_page])
    app.on_response_prepare.append(_add_headers)
    app.add_routes(preview.routes())
    return app


@web.middleware
async def _only_this_page(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another page, or a name that was made to point here, sends: browsers reach loopback for anybody."""
    name = request.host.rpartition(":")[0]
    if name not in (LOOPBACK, "localhost"):
        raise web.HTTPForbidden(text="This page answers to 127.0.0.1 and localhost alone.")
    if request.method == "POST":
        origin = request.headers.get("Origin", f"http://{request.host}")
        if origin != f"http://{request.host}" or request.content_type != "application/json":
            raise web.HTTPForbidden(text="Only the preview page itself may ask.")
    try:
        return await handler(request)
    except (KeyError, TypeError, ValueError, IndexError, AssertionError):
        log.exception("The preview could not answer %s", request.path)
        raise web.HTTPBadRequest(text="The page asked for something that the preview does not know.") from None


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers[name] = value


async def serve(holder: AdvisorHolder, port: int, ready: Callable[[str], None]) -> None:
    """Serve the page until cancelled.

    Args:
        holder: the advisor of the moment.
        port: where to listen; 0 takes any free port.
        ready: is told the address of the page.

    Raises:
        OSError: the port is taken.
    """
    runner = web.AppRunner(build(Preview(holder)), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
        ready(f"http://{LOOPBACK}:{runner.addresses[0][1]}/")
        await holder.watch(WATCHED)
    finally:
        await runner.cleanup()


def explained(advisor: Advisor, text: str) -> dict[str, Any]:
    """Return, for the third tab, why a question that begins a conversation is read as it is."""
    found = advisor.explain(text)
    best = found.reading.ranked[0] if found.reading.ranked else None
    return {
        "decided": f"{found.decided_by} {found.yes_or_no}",
        "topic": best.topic if best else "",
        "question": found.reading.question.question if found.reading.question else "",
        "words": [
            {"written": word.written, "read": word.read, "known": word.known, "side": word.side or ""}
            for word in found.words
        ],
        "nearest": [
            {
                "group": near.group,
                "phrasing": near.phrasing,
                "likeness": round(near.likeness, 2),
                "words": round(near.words, 2),
                "meaning": None if near.meaning is None else round(near.meaning, 2),
                "confidence": None if near.confidence is None else round(near.confidence, 2),
            }
            for near in found.nearest
        ],
    }
