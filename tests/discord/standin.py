"""A stand-in for Discord on loopback: REST interface and gateway, for an unmodified discord.py client.

It keeps what a client sends (`calls`), holds messages as Discord would, and speaks to the client as people do: `say`,
`slash`, `press`. A payload that Discord would refuse is refused here, too.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord.rules import V2, violations

Json = dict[str, Any]

APP = 900
BOT = {"id": str(APP), "username": "advisor", "discriminator": "0", "avatar": None, "bot": True, "global_name": None}
GUILD, CHANNEL, THREAD, DM, ROLE = 100, 200, 300, 400, 600
TOKEN = "right-token"
PATIENCE = 60
"""Seconds to wait for a client: a machine that is busy with other things starts one slowly."""
EPHEMERAL = 1 << 6
NEW, LATER, LATER_HERE, HERE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
"""Ways to answer an interaction."""


@dataclass(frozen=True)
class Call:
    """A request of the client."""

    method: str
    path: str
    body: Any
    files: tuple[str, ...] = ()


@dataclass
class Exchange:
    """An interaction and what came of it."""

    id: int
    kind: int
    source: Json | None
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    callback: Json | None = None
    shown: list[Json] = field(default_factory=list)
    """Messages that came of it, newest last."""
    deleted: bool = False

    @property
    def last(self) -> Json:
        """The newest message."""
        return self.shown[-1]


class Discord:
    """The stand-in."""

    def __init__(self, *, strict: bool = True) -> None:
        self.strict = strict
        """Whether to refuse messages that are not Components V2 within their limits."""
        self.calls: list[Call] = []
        self.messages: dict[int, Json] = {}
        self.exchanges: dict[str, Exchange] = {}
        self.commands: list[Json] = []
        self.guild_commands: list[Json] = []
        """Those of the one server alone."""
        self.refusals: deque[tuple[str, int, Json, dict[str, str]]] = deque()
        """Answers to give instead of the right one: a part of the path, status, body, headers."""
        self.application = _application()
        """What Discord knows about the application."""
        self.closes: list[int | None] = []
        """Close codes of the client's gateway connections, in order."""
        self.identified: list[Json] = []
        self.resumed = 0
        self.refused_with: int | None = None
        """The close code that answers every IDENTIFY."""
        self.permissions = 1024 + 2048
        """What everybody may do in a server: see and write."""
        self.threads: dict[int, Json] = {}
        """Threads that the client has opened, by the message under which they stand."""
        self.sockets: list[web.WebSocketResponse] = []
        self._ids = itertools.count(1_000_000)
        self._numbers = itertools.count(1)
        self._sent: list[Json] = []
        self._ready = asyncio.Event()
        self._posted = asyncio.Condition()

    def forget(self) -> None:
        """Forget what was said, for whoever counts how much memory a long talk takes."""
        self.calls.clear()
        self.messages.clear()
        self.exchanges.clear()
        self._sent.clear()

    async def start(self) -> None:
        """Listen."""
        app = web.Application()
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/{path:.*}", self._rest)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.api, self.gateway = f"http://{host}:{port}/api", f"ws://{host}:{port}/gateway"

    async def stop(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    async def identifies(self, times: int) -> None:
        """Wait until so many connections have identified."""
        async with self._posted:
            await asyncio.wait_for(
                self._posted.wait_for(lambda: len(self.identified) >= times and self.sockets), PATIENCE
            )

    async def ready(self, within: float = PATIENCE) -> None:
        """Wait until a client has identified or resumed, for so many seconds."""
        await asyncio.wait_for(self._ready.wait(), within)

    # What people do

    async def say(self, text: str, user: int = 1, channel: int = CHANNEL, reply_to: Json | None = None) -> Json:
        """Post a message and return what the client posts in reply."""
        return await self.reply(await self.post(text, user, channel, reply_to))

    async def post(self, text: str, user: int = 1, channel: int = CHANNEL, reply_to: Json | None = None) -> Json:
        """Post a message; do not wait for anything."""
        said = self._message(text, _user(user), channel)
        if f"<@{APP}>" in text or (reply_to and reply_to["author"]["id"] == str(APP)):
            said["mentions"] = [BOT]
        if reply_to:
            said |= {"type": 19, "referenced_message": reply_to, "message_reference": _reference(reply_to)}
        if channel != DM:
            said |= {"guild_id": str(GUILD), "member": _member()}
        await self.dispatch("MESSAGE_CREATE", said)
        return said

    async def mention_role(self, user: int = 1) -> Json:
        """Mention the bot's role, and return what the client posts in reply."""
        return await self.reply(await self.mention_role_again(user))

    async def mention_role_again(self, user: int = 1) -> Json:
        """Mention the bot's role; do not wait for anything."""
        said = self._message("", _user(user), CHANNEL)
        said |= {"mention_roles": [str(ROLE)], "guild_id": str(GUILD), "member": _member()}
        await self.dispatch("MESSAGE_CREATE", said)
        return said

    async def reply(self, said: Json) -> Json:
        """Wait for the client's reply to a message."""
        found: list[Json] = await self.posted(lambda: [m for m in self.messages.values() if _answers(m, said)])
        return found[0]

    async def posted(self, find: Any) -> Any:
        """Wait until `find` finds something, looking again whenever the client has sent something."""
        async with self._posted:
            await asyncio.wait_for(self._posted.wait_for(find), PATIENCE)
            return find()

    async def slash(self, name: str, user: int = 1, place: Json | None = None, **options: str | bool) -> Exchange:
        """Run a slash command and wait for the answer."""
        kinds = {str: 3, bool: 5}
        given = [{"name": key, "type": kinds[type(value)], "value": value} for key, value in options.items()]
        data = {"id": "1", "name": name, "type": 1, "options": given}
        return await self.interact(2, data, user, place)

    async def complete(self, name: str, option: str, typed: str) -> list[Json]:
        """Type into an option and return the suggestions."""
        focused = {"name": option, "type": 3, "value": typed, "focused": True}
        exchange = await self.interact(4, {"id": "1", "name": name, "type": 1, "options": [focused]})
        assert exchange.callback
        choices: list[Json] = exchange.callback["data"]["choices"]
        return choices

    async def answer_this(self, text: str, user: int = 1, **others: Any) -> Exchange:
        """Use the message command on somebody's message."""
        target = self._message(text, _user(77), CHANNEL) | others
        self.messages[int(target["id"])] = target
        resolved = {"messages": {target["id"]: target}}
        data = {"id": "2", "name": "Answer this", "type": 3, "target_id": target["id"], "resolved": resolved}
        return await self.interact(2, data, user)

    async def press(self, message: Json, custom_id: str, user: int = 1, place: Json | None = None) -> Exchange:
        """Press a button of a message."""
        return await self.interact(3, {"custom_id": custom_id, "component_type": 2}, user, place, message)

    async def choose(
        self, message: Json, custom_id: str, *values: str, user: int = 1, place: Json | None = None
    ) -> Exchange:
        """Choose options of a menu."""
        data = {"custom_id": custom_id, "component_type": 3, "values": list(values)}
        return await self.interact(3, data, user, place, message)

    async def choose_channels(self, message: Json, custom_id: str, *channels: int, place: Json) -> Exchange:
        """Choose channels of a menu."""
        known = {str(c): {"id": str(c), "type": 0, "name": "general", "permissions": "0"} for c in channels}
        data = {"custom_id": custom_id, "component_type": 8, "values": list(known), "resolved": {"channels": known}}
        return await self.interact(3, data, 1, place, message)

    async def fill_in(self, form: Exchange, text: str, user: int = 1) -> Exchange:
        """Send the form that a press has opened, with this in its field."""
        assert form.callback
        modal = form.callback["data"]
        [label] = modal["components"]
        field = {"type": 4, "id": 2, "custom_id": label["component"]["custom_id"], "value": text}
        data = {"custom_id": modal["custom_id"], "components": [{"type": 18, "id": 1, "component": field}]}
        return await self.interact(5, data, user, None, form.source)

    async def interact(
        self, kind: int, data: Json, user: int = 1, place: Json | None = None, message: Json | None = None
    ) -> Exchange:
        """Dispatch an interaction and wait until it is answered for good."""
        exchange = await self.begin(kind, data, user, place, message)
        await asyncio.wait_for(exchange.answered.wait(), PATIENCE)
        return exchange

    async def begin(
        self, kind: int, data: Json, user: int = 1, place: Json | None = None, message: Json | None = None
    ) -> Exchange:
        """Dispatch an interaction."""
        number = next(self._ids)
        exchange = Exchange(number, kind, message)
        self.exchanges[f"token-{number}"] = exchange
        payload = {
            "id": str(number), "application_id": str(APP), "type": kind, "data": data, "token": f"token-{number}",
            "version": 1, "locale": "en-US", "entitlements": [], "attachment_size_limit": 10_485_760,
            **(place or self.server(user)),
        }  # fmt: skip
        if message:
            payload["message"] = message
        await self.dispatch("INTERACTION_CREATE", payload)
        return exchange

    @staticmethod
    def server(user: int = 1, permissions: int = 1 << 50) -> Json:
        """Return what an interaction in a server says about its place."""
        member = {**_member(), "user": _user(user), "permissions": str(permissions)}
        channel = {"id": str(CHANNEL), "type": 0, "name": "general", "position": 0, "guild_id": str(GUILD)}
        owners = {"0": str(GUILD)}
        guild = {"id": str(GUILD), "locale": "en-US", "features": []}
        return {"guild_id": str(GUILD), "guild": guild, "channel": channel, "channel_id": str(CHANNEL),
                "member": member, "context": 0, "app_permissions": "3072", "guild_locale": "en-US",
                "authorizing_integration_owners": owners}  # fmt: skip

    @classmethod
    def brought_along(cls, user: int = 1, permissions: int = 0) -> Json:
        """Return the same for a server that the app is not in: the person brought it along."""
        return {**cls.server(user, permissions), "authorizing_integration_owners": {"1": str(user)}}

    @staticmethod
    def direct(user: int = 1) -> Json:
        """Return the same for a direct message with the bot."""
        channel = {"id": str(DM), "type": 1, "recipients": [_user(user)], "last_message_id": None}
        return {"channel": channel, "channel_id": str(DM), "user": _user(user), "context": 1, "app_permissions": "3072",
                "authorizing_integration_owners": {"0": "0", "1": str(user)}}  # fmt: skip

    @staticmethod
    def group(user: int = 1) -> Json:
        """Return the same for a group of people, or a chat of two, that the bot is no member of."""
        channel = {"id": "500", "type": 3, "recipients": [_user(user)], "last_message_id": None, "name": None,
                   "owner_id": "1"}  # fmt: skip
        return {"channel": channel, "channel_id": "500", "user": _user(user), "context": 2, "app_permissions": "3072",
                "authorizing_integration_owners": {"1": str(user)}}  # fmt: skip

    async def join(self, guild: int = 101) -> None:
        """Add the client to another server."""
        await self.dispatch("GUILD_CREATE", _guild(guild))

    # The gateway

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to the newest connection, or keep it for a resume."""
        frame = {"op": 0, "t": event, "s": next(self._numbers), "d": data}
        self._sent.append(frame)
        if self.sockets:
            await self.sockets[-1].send_str(json.dumps(frame))

    async def drop(self, code: int = 4000) -> None:
        """Break the connection."""
        self._ready.clear()
        socket = self.sockets.pop()
        await socket.close(code=code)

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 41_250}}))
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._said(socket, json.loads(frame.data))
        if socket in self.sockets:
            self.sockets.remove(socket)
            self._ready.clear()
        self.closes.append(socket.close_code)
        return socket

    async def _said(self, socket: web.WebSocketResponse, frame: Json) -> None:
        match frame["op"]:
            case 1:
                await socket.send_str(json.dumps({"op": 11}))
            case 2:
                await self._identify(socket, frame["d"])
            case 6:
                await self._resume(socket, frame["d"]["seq"])

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> None:
        self.identified.append(data)
        if self.refused_with:
            await socket.close(code=self.refused_with)
            return
        self.sockets.append(socket)
        unavailable = [{"id": str(GUILD), "unavailable": True}]
        await self.dispatch("READY", {
            "v": 10, "user": BOT, "guilds": unavailable, "session_id": "session", "resume_gateway_url": self.gateway,
            "application": {"id": str(APP), "flags": 0}, "shard": data.get("shard", [0, 1]),
        })  # fmt: skip
        await self.dispatch("GUILD_CREATE", _guild(permissions=self.permissions))
        self._ready.set()
        await self._notify()

    async def _resume(self, socket: web.WebSocketResponse, seen: int) -> None:
        for frame in [sent for sent in self._sent if sent["s"] > seen]:
            await socket.send_str(json.dumps(frame))
        self.sockets.append(socket)
        self.resumed += 1
        await self.dispatch("RESUMED", {})
        self._ready.set()

    # The REST interface

    async def _rest(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        body, files = await _read(request)
        self.calls.append(Call(request.method, path, body, files))
        if request.headers.get("Authorization") not in (None, f"Bot {TOKEN}"):
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        for refusal in self.refusals:
            if refusal[0] in path:
                self.refusals.remove(refusal)
                await self._notify()
                return _json(refusal[2], refusal[1], refusal[3])
        response = self._respond(request.method, path, body, files)
        await self._notify()
        return response

    async def _notify(self) -> None:
        async with self._posted:
            self._posted.notify_all()

    def _respond(self, method: str, path: str, body: Any, files: tuple[str, ...]) -> web.Response:
        match method, path.strip("/").split("/"):
            case "GET", ["users", "@me"]:
                return _json(BOT)
            case "GET", ["users", "@me", "guilds"]:
                return _json([{"id": str(GUILD), "name": "server"}])
            case "GET", ["applications", _, "guilds", _, "commands"]:
                return _json(self.guild_commands)
            case "PUT", ["applications", _, "guilds", _, "commands"]:
                self.guild_commands = [{**each, "id": str(n), "version": "1"} for n, each in enumerate(body, 1)]
                return _json(self.guild_commands)
            case "GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]:
                return _json(self.application)
            case "GET", ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
                return _json({"url": self.gateway, "shards": 2, "session_start_limit": limit})
            case "GET", ["applications", _, "commands"]:
                return _json(self.commands)
            case "PUT", ["applications", _, "commands"]:
                self.commands = [{**each, "id": str(n), "version": "1"} for n, each in enumerate(body, 1)]
                return _json(self.commands)
            case "POST", ["channels", channel, "messages"]:
                return self._create(body, int(channel), files)
            case "POST", ["interactions", _, token, "callback"]:
                return self._callback(self.exchanges[token], body, files)
            case "PATCH", ["webhooks", _, token, "messages", "@original"]:
                return self._complete(self.exchanges[token], body, files)
            case "DELETE", ["webhooks", _, token, "messages", "@original"]:
                self.exchanges[token].deleted = True
                self.exchanges[token].answered.set()
                return web.Response(status=204)
            case "PATCH", ["channels", channel, "messages", number]:
                if wrong := self._wrong({"flags": V2, **body}, files):
                    return _json({"message": f"Invalid Form Body: {wrong}", "code": 50035}, 400)
                return _json(self._kept(body, int(channel), self.messages[int(number)]))
            case "POST", ["channels", channel, "messages", number, "threads"]:
                return self._open_thread(body, int(channel), int(number))
            case "GET", ["channels", number] if int(number) in self.threads:
                return _json(self.threads[int(number)])
            case "DELETE", ["channels", _, "messages", number]:
                self.messages.pop(int(number), None)
                return web.Response(status=204)
            case "POST", ["webhooks", _, token]:
                return self._follow(self.exchanges[token], body, files)
        return _json({"message": "404: Not Found", "code": 0}, 404)

    def _wrong(self, message: Json, files: tuple[str, ...]) -> list[str]:
        return violations(message, files) if self.strict else []

    def _create(self, body: Json, channel: int, files: tuple[str, ...]) -> web.Response:
        if wrong := self._wrong(body, files):
            return _json({"message": f"Invalid Form Body: {wrong}", "code": 50035}, 400)
        made = self._kept(body, channel)
        if body.get("message_reference"):
            made["message_reference"] = body["message_reference"]
        made["nonce"] = body.get("nonce")
        return _json(made)

    def _open_thread(self, body: Json, channel: int, under: int) -> web.Response:
        if under in self.threads:
            return _json({"message": "A thread has already been created for this message", "code": 160004}, 400)
        self.threads[under] = opened_thread(under, body["name"], channel)
        self._announcing = asyncio.create_task(self.dispatch("THREAD_CREATE", self.threads[under]))
        return _json(self.threads[under], 201)

    def _callback(self, exchange: Exchange, body: Json, files: tuple[str, ...]) -> web.Response:
        if exchange.callback:
            return _json({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        data = body.get("data") or {}
        if body["type"] in (NEW, HERE) and (wrong := self._wrong(data, files)):
            return _json({"message": f"Invalid Form Body: {wrong}", "code": 50035}, 400)
        exchange.callback = body
        resource: Json = {"type": body["type"]}
        if body["type"] in (NEW, HERE):
            exchange.shown.append(self._kept(data, CHANNEL, exchange.source if body["type"] == HERE else None))
            resource["message"] = exchange.last
        if body["type"] not in (LATER, LATER_HERE):
            exchange.answered.set()
        interaction = {"id": str(exchange.id), "type": exchange.kind}
        if body["type"] in (NEW, LATER):
            interaction["response_message_id"] = exchange.last["id"] if exchange.shown else str(next(self._ids))
        return _json({"interaction": interaction, "resource": resource})

    def _complete(self, exchange: Exchange, body: Json, files: tuple[str, ...]) -> web.Response:
        body = {**body, "flags": body.get("flags", 0) | ((exchange.callback or {}).get("data") or {}).get("flags", 0)}
        if wrong := self._wrong(body, files):
            return _json({"message": f"Invalid Form Body: {wrong}", "code": 50035}, 400)
        here = (exchange.callback or {}).get("type") == LATER_HERE
        exchange.shown.append(self._kept(body, CHANNEL, exchange.source if here else None))
        exchange.answered.set()
        return _json(exchange.last)

    def _follow(self, exchange: Exchange, body: Json, files: tuple[str, ...]) -> web.Response:
        if wrong := self._wrong(body, files):
            return _json({"message": f"Invalid Form Body: {wrong}", "code": 50035}, 400)
        exchange.shown.append(self._kept(body, CHANNEL))
        exchange.answered.set()
        return _json(exchange.last)

    def _kept(self, body: Json, channel: int, instead_of: Json | None = None) -> Json:
        made = instead_of or self._message("", BOT, channel)
        made["components"] = [_stored(component) for component in body.get("components", [])]
        made["flags"] = (body.get("flags", 0) | made["flags"] | V2) & (V2 | EPHEMERAL)
        self.messages[int(made["id"])] = made
        return made

    def _message(self, text: str, author: Json, channel: int) -> Json:
        return {
            "id": str(next(self._ids)), "channel_id": str(channel), "author": author, "content": text,
            "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "flags": 0, "type": 0,
            "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
            "pinned": False, "components": [],
        }  # fmt: skip


async def _read(request: web.Request) -> tuple[Any, tuple[str, ...]]:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        names = tuple(part.filename for key, part in form.items() if isinstance(part, web.FileField))
        return json.loads(str(form["payload_json"])), names
    raw = await request.read()
    return (json.loads(raw) if raw else None), ()


def _json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return JSON with a bare content type: with a charset behind it discord.py would not read it."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json", **(headers or {})})


def _stored(component: Json) -> Json:
    """Return a component as Discord hands it back."""
    stored = {"id": 1, **component}
    if component["type"] == 13:
        stored |= {"name": "file", "size": 1, "file": {**component["file"], "proxy_url": "http://127.0.0.1"}}
    if "components" in component:
        stored["components"] = [_stored(child) for child in component["components"]]
    return stored


def _answers(message: Json, said: Json) -> bool:
    reference = message.get("message_reference") or {}
    return str(reference.get("message_id")) == said["id"] or str(message.get("nonce")) == said["id"]


def _user(number: int) -> Json:
    return {"id": str(number), "username": f"user{number}", "discriminator": "0", "avatar": None, "global_name": None}


def _member() -> Json:
    return {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}


def _reference(message: Json) -> Json:
    return {"message_id": message["id"], "channel_id": message["channel_id"], "guild_id": str(GUILD)}


def _application() -> Json:
    return {"id": str(APP), "name": "advisor", "icon": None, "description": "", "bot_public": True, "flags": 0,
            "bot_require_code_grant": False, "approximate_guild_count": 1, "verify_key": "", "owner": _user(5),
            "summary": ""}  # fmt: skip


_ROLE = {"color": 0, "colors": {"primary_color": 0}, "hoist": False, "position": 1, "managed": True, "flags": 0,
         "mentionable": True}  # fmt: skip


def opened_thread(number: int, name: str, parent: int) -> Json:
    """Return a thread or forum post."""
    return {"id": str(number), "type": 11, "name": name, "guild_id": str(GUILD), "parent_id": str(parent),
            "owner_id": "1", "message_count": 1, "member_count": 1,
            "thread_metadata": {"archived": False, "auto_archive_duration": 60, "locked": False,
                                "archive_timestamp": "2026-01-01T00:00:00+00:00"}}  # fmt: skip


def _guild(number: int = GUILD, permissions: int = 1024 + 2048) -> Json:
    thread = opened_thread(THREAD, "a post", 201)
    channels = [
        {"id": str(CHANNEL), "type": 0, "name": "general", "position": 0, "permission_overwrites": []},
        {
            "id": "201",
            "type": 15,
            "name": "questions",
            "position": 1,
            "permission_overwrites": [],
            "available_tags": [],
        },
    ]
    everyone = {"id": str(number), "name": "@everyone", "permissions": str(permissions), **_ROLE}
    role = {"id": str(ROLE), "name": "advisor", "permissions": "0", **_ROLE, "tags": {"bot_id": str(APP)}}
    return {"id": str(number), "name": "team", "owner_id": "5", "roles": [everyone, role], "channels": channels,
            "threads": [thread], "members": [{**_member(), "user": BOT}], "emojis": [], "stickers": [], "features": [],
            "member_count": 3, "voice_states": [],
            "presences": [], "stage_instances": [], "guild_scheduled_events": [], "preferred_locale": "en-US",
            "afk_timeout": 0, "verification_level": 0, "default_message_notifications": 0, "mfa_level": 0,
            "explicit_content_filter": 0, "premium_tier": 0, "nsfw_level": 0, "system_channel_flags": 0}  # fmt: skip
