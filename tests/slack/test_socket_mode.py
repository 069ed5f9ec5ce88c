"""The same app over a connection that it opens itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.slack.app import SlackApp, SocketMode
from adapters.slack.config import SlackConfig
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


async def told(socket: Socket, kind: str, payload: Payload) -> Payload:
    """Send an envelope and return what the app acknowledges it with."""
    await socket.line.send_json(
        {"type": kind, "envelope_id": "e1", "payload": payload, "accepts_response_payload": True}
    )
    async with asyncio.timeout(10):
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
