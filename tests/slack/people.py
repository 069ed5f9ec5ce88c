"""What Slack sends when somebody does something: events, commands, shortcuts, presses, signed as Slack signs them."""

from __future__ import annotations

import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp.test_utils import TestClient
from slack_sdk.signature import SignatureVerifier

from tests.slack.stand_in import SlackStandIn

SECRET = "shhh"
Payload = dict[str, Any]
_numbers = itertools.count(1)


def stamp() -> str:
    """Return a fresh message time stamp, which is also a fresh trigger."""
    return f"1800000000.{next(_numbers):06}"


@dataclass(frozen=True)
class Sent:
    """An answer of the app to a request of Slack."""

    status: int
    text: str

    @property
    def json(self) -> Payload:
        """The answer as JSON; empty where there is none."""
        parsed: Payload = json.loads(self.text) if self.text.startswith("{") else {}
        return parsed


@dataclass
class Workspace:
    """A workspace full of people, in front of one app."""

    client: TestClient[Any, Any]
    slack: SlackStandIn
    team: str = "T1"
    enterprise: str | None = None
    secret: str = SECRET
    last: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def mention(self, text: str, user: str = "U1", channel: str = "C1", **more: Any) -> Sent:
        """Mention the app in a channel."""
        event = {"type": "app_mention", "text": f"<@UBOT> {text}", "user": user, "channel": channel, "ts": stamp()}
        return await self.event(event | more)

    async def direct(self, text: str, user: str = "U1", channel: str = "D1", **more: Any) -> Sent:
        """Write to the app alone."""
        event = {"type": "message", "channel_type": "im", "text": text, "user": user, "channel": channel, "ts": stamp()}
        return await self.event(event | more)

    async def event(self, event: Payload, at: float | None = None, **headers: str) -> Sent:
        """Send an event that happened `at` a moment; now by default."""
        number = next(_numbers)
        body: Payload = {"type": "event_callback", "api_app_id": "A1", "event_id": f"Ev{number}", "event": event}
        body |= {"team_id": self.team, "enterprise_id": self.enterprise, "event_time": int(at or time.time())}
        body |= {"authorizations": [{"team_id": self.team, "enterprise_id": self.enterprise, "user_id": "UBOT"}]}
        return await self.post(json.dumps(body), "application/json", headers=headers)

    async def command(self, command: str, text: str = "", user: str = "U1", **more: str) -> Sent:
        """Type a slash command."""
        body = self.typed(command, text, user) | more
        return await self.post(urlencode(body), "application/x-www-form-urlencoded")

    def typed(self, command: str, text: str, user: str) -> dict[str, str]:
        """Return what a slash command sends."""
        body = {"command": command, "text": text, "user_id": user, "channel_id": "C1", "team_id": self.team}
        body |= {"trigger_id": stamp(), "response_url": f"{self.slack.url}respond/{user}", "api_app_id": "A1"}
        return body | ({"enterprise_id": self.enterprise} if self.enterprise else {})

    async def shortcut_on_message(self, text: str, user: str = "U1", **message: Any) -> Sent:
        """Choose "Answer this" on a message."""
        said = {"type": "message", "text": text, "ts": stamp(), "user": "U9"} | message
        body = {"type": "message_action", "callback_id": "answer_this", "message": said, "channel": {"id": "C1"}}
        return await self.interact(body, user)

    async def global_shortcut(self, user: str = "U1") -> Sent:
        """Choose the guide from the shortcuts menu."""
        return await self.interact({"type": "shortcut", "callback_id": "guided_choice"}, user, response_url=None)

    async def press(self, value: str, user: str = "U1", on: Payload | None = None, **where: Any) -> Sent:
        """Press a button in the message `on`: public in C1 unless `where` says otherwise."""
        container = {"type": "message", "channel_id": "C1", "message_ts": stamp(), "is_ephemeral": False} | where
        body = {"type": "block_actions", "container": container, "channel": {"id": container["channel_id"]}}
        message = {"message": {"ts": container["message_ts"], "blocks": on["blocks"]}} if on else {}
        return await self.interact(body | message | {"actions": [_action(value)]}, user)

    async def choose(self, action: Payload, user: str = "U1", **where: Any) -> Sent:
        """Choose in a menu or write into a line of a private message; `action` is what Slack says of it."""
        container = {"type": "message", "channel_id": "C1", "message_ts": stamp(), "is_ephemeral": True} | where
        body = {"type": "block_actions", "container": container, "channel": {"id": container["channel_id"]}}
        return await self.interact(body | {"actions": [{"action_id": "press-1", "block_id": "b"} | action]}, user)

    async def choose_in_home(self, action: Payload, user: str = "U1") -> Sent:
        """Choose in a menu of the App Home or write into a line of it."""
        body = {"type": "block_actions", "container": {"type": "view", "view_id": "V1"}}
        action = {"action_id": "press-1", "block_id": "b"} | action
        body |= {"view": {"id": "V1", "type": "home"}, "actions": [action]}
        return await self.interact(body, user, response_url=None)

    async def press_in_view(self, value: str, user: str = "U1", view: str = "modal") -> Sent:
        """Press a button in a modal or in the App Home."""
        body = {"type": "block_actions", "container": {"type": "view", "view_id": "V1"}, "actions": [_action(value)]}
        return await self.interact(body | {"view": {"id": "V1", "type": view}}, user, response_url=None)

    async def fill_in(self, view: Payload, user: str = "U1", **values: Any) -> Sent:
        """Submit a modal with these values of its inputs, by block id, which is also the action id."""
        state = {"values": {name: {name: value} for name, value in values.items()}}
        sent = {"id": "V1", "type": "modal", "callback_id": view["callback_id"], "state": state}
        sent["private_metadata"] = view["private_metadata"]
        return await self.interact({"type": "view_submission", "view": sent}, user, response_url=None)

    async def submit(self, callback: str, metadata: str, user: str = "U1") -> Sent:
        """Submit the modal that shares a result in C7."""
        view = {"id": "V1", "type": "modal", "callback_id": callback, "private_metadata": metadata, "state": {}}
        urls = [{"response_url": f"{self.slack.url}respond/C7", "channel_id": "C7"}]
        body = {"type": "view_submission", "view": view, "response_urls": urls}
        return await self.interact(body, user, response_url=None)

    async def interact(self, body: Payload, user: str, response_url: str | None = "") -> Sent:
        """Send an interaction of this user."""
        who = {"id": user, "team_id": self.team}
        team = {"id": self.team} if self.team else None
        enterprise = {"id": self.enterprise, "name": "Org"} if self.enterprise else None
        body = {"user": who, "team": team, "enterprise": enterprise, **body}
        body |= {"trigger_id": stamp(), "api_app_id": "A1"}
        if response_url is not None:
            body["response_url"] = response_url or f"{self.slack.url}respond/{user}"
        return await self.post(urlencode({"payload": json.dumps(body)}), "application/x-www-form-urlencoded")

    async def post(
        self, body: str, content_type: str, *, age: float = 0, headers: dict[str, str] | None = None
    ) -> Sent:
        """Send a signed request that was made `age` seconds ago."""
        when = str(int(time.time() - age))
        signature = SignatureVerifier(self.secret).generate_signature(timestamp=when, body=body)
        signed = {"Content-Type": content_type, "X-Slack-Request-Timestamp": when, "X-Slack-Signature": signature or ""}
        self.last.append((body, signed | (headers or {})))
        return await self.replay()

    async def replay(self, **headers: str) -> Sent:
        """Send the last request again, letter by letter, with other headers where they are given."""
        body, signed = self.last[-1]
        async with self.client.post("/slack/events", data=body, headers=signed | headers) as answer:
            return Sent(answer.status, await answer.text())


def _action(value: str) -> Payload:
    text = {"type": "plain_text", "text": "?"}
    return {"type": "button", "action_id": "press-1", "block_id": "b", "value": value, "text": text}
