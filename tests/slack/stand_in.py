"""A stand-in for Slack on the loopback interface: it answers as Slack does and records what it was told."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Payload = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """Something that the app told Slack: a method of the Web API, or "respond" for a response_url."""

    method: str
    body: Payload
    token: str = ""


@dataclass
class Refusal:
    """How Slack refuses a method, and how often."""

    status: int
    times: int
    headers: dict[str, str]
    error: str


@dataclass
class Socket:
    """A connection of Socket Mode, and what the app said in it."""

    line: web.WebSocketResponse
    heard: asyncio.Queue[Payload] = field(default_factory=asyncio.Queue)


@dataclass
class SlackStandIn:
    """Slack's Web API and its response URLs."""

    calls: list[Call] = field(default_factory=list)
    admins: set[str] = field(default_factory=set)
    """Ids of the people who are admins of the workspace."""
    asked: Counter[str] = field(default_factory=Counter)
    """All requests by method, also those that change nothing and are not in `calls`."""
    _refusals: dict[str, Refusal] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _server: TestServer | None = None
    _sockets: asyncio.Queue[Socket] = field(default_factory=asyncio.Queue)

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_post("/api/{method}", self._method)
        app.router.add_get("/api/{method}", self._method)
        app.router.add_post("/respond/{name}", self._respond)
        app.router.add_get("/socket", self._socket)
        self._server = TestServer(app)
        await self._server.start_server()

    async def stop(self) -> None:
        """Close."""
        if self._server:
            await self._server.close()

    @property
    def url(self) -> str:
        """The address, ending in a slash."""
        assert self._server
        return str(self._server.make_url("/"))

    def refuse(self, method: str, status: int, times: int = 1_000, error: str = "", **headers: str) -> None:
        """Answer the next requests of a method with this status, or with `ok: false` and an error."""
        self._refusals[method] = Refusal(status, times, headers, error)

    async def wait_for(self, count: int, seconds: float = 60.0) -> list[Call]:
        """Return the calls as soon as there are so many."""
        async with asyncio.timeout(seconds):
            while len(self.calls) < count:
                self._changed.clear()
                await self._changed.wait()
        return self.calls

    async def to(self, name: str, seconds: float = 60.0) -> Call:
        """Return and forget the first call to this response URL, as soon as there is one."""
        async with asyncio.timeout(seconds):
            while not (found := [call for call in self.calls if call.body.get("to") == name]):
                self._changed.clear()
                await self._changed.wait()
        self.calls.remove(found[0])
        return found[0]

    def take(self) -> list[Call]:
        """Return the calls so far and forget them."""
        calls, self.calls = self.calls, []
        return calls

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = await _body(request)
        refused = self._refused(method)
        if refused is not None:
            return refused
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(body.get("token", ""))
        return web.json_response(self._answer(method, body, token))

    async def _respond(self, request: web.Request) -> web.Response:
        refused = self._refused("respond")
        if refused is not None:
            return refused
        self._record(Call("respond", await _body(request) | {"to": request.match_info["name"]}))
        return web.Response(text="ok")

    async def socket(self) -> Socket:
        """Return the next connection that the app opens for Socket Mode."""
        async with asyncio.timeout(60):
            return await self._sockets.get()

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = Socket(web.WebSocketResponse())
        await socket.line.prepare(request)
        await socket.line.send_json({"type": "hello", "num_connections": 1})
        await self._sockets.put(socket)
        async for message in socket.line:
            await socket.heard.put(message.json())
        return socket.line

    def _refused(self, method: str) -> web.Response | None:
        self.asked[method] += 1
        refusal = self._refusals.get(method)
        if refusal is None or refusal.times <= 0:
            return None
        refusal.times -= 1
        if refusal.error:
            return web.json_response({"ok": False, "error": refusal.error})
        return web.Response(status=refusal.status, headers=refusal.headers, text="{}", content_type="application/json")

    def _answer(self, method: str, body: Payload, token: str) -> Payload:
        match method:
            case "auth.test":
                team = token.removeprefix("xoxb-") or "T1"
                return {"ok": True, "user_id": "UBOT", "bot_id": "BBOT", "team_id": team, "team": team, "user": "bot"}
            case "users.info":
                return {"ok": True, "user": {"id": body["user"], "is_admin": body["user"] in self.admins}}
            case "apps.connections.open":
                return {"ok": True, "url": self.url.replace("http", "ws") + "socket"}
            case "oauth.v2.access":
                return _installed(str(body["code"]))
            case _:
                self._record(Call(method, body, token))
                number = next(self._numbers)
                return {"ok": True, "ts": f"1700000000.{number:06}", "view": {"id": f"V{number}"}}

    def _record(self, call: Call) -> None:
        self.calls.append(call)
        self._changed.set()


def _installed(code: str) -> Payload:
    """Return what Slack says after an installation; the code names the team, or an organisation as `org-E1`."""
    answer = {"ok": True, "app_id": "A1", "authed_user": {"id": "U1"}, "scope": "chat:write,commands"}
    answer |= {"token_type": "bot", "access_token": f"xoxb-{code}", "bot_user_id": "UBOT"}
    if code.startswith("org-"):
        enterprise = {"id": code.removeprefix("org-"), "name": "Org"}
        return answer | {"is_enterprise_install": True, "enterprise": enterprise, "team": None}
    return answer | {"team": {"id": code, "name": "Team & Co"}, "enterprise": None, "is_enterprise_install": False}


async def _body(request: web.Request) -> Payload:
    query: Payload = dict(request.query)
    if request.content_type == "application/json":
        parsed: Payload = json.loads(await request.text())
        return query | parsed
    form = dict(await request.post())
    return query | {name: _value(str(value)) for name, value in form.items()}


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in "[{" else text
