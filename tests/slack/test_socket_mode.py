"""The same app over a connection that it opens itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.service import Conversations
from adapters.slack import dispatcher
from adapters.slack.app import SlackApp
from adapters.slack.config import SlackConfig
from adapters.slack.connection import SocketMode
from tests.slack.people import Workspace
from tests.slack.reading import words
from tests.slack.stand_in import SlackStandIn, Socket

Payload = dict[str, Any]


@pytest.fixture
async def stop(app: SlackApp, slack: SlackStandIn) -> AsyncIterator[asyncio.Event]:
    """Run Socket Mode; setting the event stops it."""
    event = asyncio.Event()
    socket_mode = SocketMode(app, SlackConfig(app_token="xapp-1", bot_token="xoxb-T1"), watch_seconds=0.05)
    running = asyncio.create_task(socket_mode.run(event))
    yield event
    event.set()
    async with asyncio.timeout(30):
        await running


async def told(socket: Socket, kind: str, payload: Payload, seconds: float = 10, **more: Any) -> Payload:
    """Send an envelope and return what the app acknowledges it with, within so many seconds."""
    await socket.line.send_json(
        {"type": kind, "envelope_id": "e1", "payload": payload, "accepts_response_payload": True, **more}
    )
    async with asyncio.timeout(seconds):
        return await socket.heard.get()


def event(text: str) -> Payload:
    said = {"type": "app_mention", "text": text, "user": "U1", "channel": "C1", "ts": "1.1"}
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": said}


async def test_a_slash_command_is_answered_in_its_acknowledgement(
    workspace: Workspace, slack: SlackStandIn, stop: asyncio.Event
) -> None:
    socket = await slack.socket()
    answer = await told(socket, "slash_commands", workspace.typed("/advisor", "does flask have an orm?", "U1"))

    assert answer["envelope_id"] == "e1"
    assert "SQLAlchemy" in words(answer["payload"])


async def test_an_event_is_acknowledged_and_answered(slack: SlackStandIn, stop: asyncio.Event) -> None:
    socket = await slack.socket()
    answer = await told(socket, "events_api", event("<@UBOT> does flask have an orm?"))
    (call,) = await slack.wait_for(1)

    assert answer == {"envelope_id": "e1"}
    assert (call.method, call.body["thread_ts"]) == ("chat.postMessage", "1.1")


async def test_an_event_is_acknowledged_only_once_its_answer_is_posted(
    slack: SlackStandIn, stop: asyncio.Event
) -> None:
    socket = await slack.socket()
    await told(socket, "events_api", event("<@UBOT> does flask have an orm?"))

    assert [call.method for call in slack.calls] == ["chat.postMessage"]


class BlockedStore(MemoryStore):
    """A store that does not say whose a message is until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.free = asyncio.Event()
        self.repeated: list[bool] = []

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:
        assert acknowledgement
        self.repeated.append(acknowledgement.repeated)
        await self.free.wait()
        return await super().claim(event, acknowledgement)


async def test_an_event_without_an_answer_in_time_is_left_for_slack_to_send_again(
    app: SlackApp, conversations: Conversations, slack: SlackStandIn
) -> None:
    conversations.store = store = BlockedStore()
    config, stop = SlackConfig(app_token="xapp-1", bot_token="xoxb-T1"), asyncio.Event()
    running = asyncio.create_task(SocketMode(app, config, patience=0.05).run(stop))
    socket = await slack.socket()
    asked = event("<@UBOT> does flask have an orm?")
    with pytest.raises(TimeoutError):
        await told(socket, "events_api", asked, seconds=0.5)
    store.free.set()
    await slack.wait_for(1)
    heard = await told(socket, "events_api", asked, retry_attempt=1)
    stop.set()
    await running

    assert heard == {"envelope_id": "e1"}
    assert store.repeated == [False, True]
    assert len(slack.calls) == 1


async def test_more_events_than_can_be_answered_are_left_for_slack_to_send_again(
    app: SlackApp, slack: SlackStandIn, stop: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "MOST_AT_WORK", 0)
    socket = await slack.socket()

    with pytest.raises(TimeoutError):
        await told(socket, "events_api", event("<@UBOT> does flask have an orm?"), seconds=0.5)
    assert slack.calls == []


async def test_what_nobody_waits_for_is_acknowledged(slack: SlackStandIn, stop: asyncio.Event) -> None:
    socket = await slack.socket()
    unknown = {"type": "event_callback", "team_id": "T1", "event": {"type": "reaction_added", "user": "U1"}}

    assert await told(socket, "events_api", unknown) == {"envelope_id": "e1"}


async def test_a_closed_connection_is_opened_again(slack: SlackStandIn, stop: asyncio.Event) -> None:
    first = await slack.socket()
    await first.line.close()
    second = await slack.socket()
    await told(second, "events_api", event("<@UBOT> does flask have an orm?"))

    assert len(await slack.wait_for(1)) == 1


async def test_a_connection_that_slack_refuses_is_tried_again(app: SlackApp, slack: SlackStandIn) -> None:
    slack.refuse("apps.connections.open", 200, times=2, error="internal_error")
    stop = asyncio.Event()
    socket_mode = SocketMode(app, SlackConfig(app_token="xapp-1", bot_token="xoxb-T1"), watch_seconds=0.05)
    running = asyncio.create_task(socket_mode.run(stop))
    await slack.socket()
    stop.set()
    await running

    assert slack.asked["apps.connections.open"] >= 3


async def test_stopping_sends_the_answers_in_flight(app: SlackApp, slack: SlackStandIn) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(SocketMode(app, SlackConfig(app_token="xapp-1", bot_token="xoxb-T1")).run(stop))
    socket = await slack.socket()
    await told(socket, "events_api", event("<@UBOT> does flask have an orm?"))
    stop.set()
    await running

    assert [call.method for call in slack.calls] == ["chat.postMessage"]
