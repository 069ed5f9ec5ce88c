"""When Slack is busy, slow or away, and when the process stops."""

from __future__ import annotations

import asyncio
import logging

import pytest

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.service import Conversations
from adapters.conversations.texts import FAILED
from adapters.slack import dispatcher, sending
from adapters.slack.app import SlackApp
from bot.advisor import Advisor
from tests.slack.people import Workspace
from tests.slack.reading import value, words
from tests.slack.stand_in import SlackStandIn

QUESTION = "does flask have an orm?"


class HeldStore(MemoryStore):
    """A store that answers nobody before it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:
        await self.go.wait()
        return await super().claim(event, acknowledgement)


@pytest.fixture
def held(conversations: Conversations, monkeypatch: pytest.MonkeyPatch) -> HeldStore:
    store = HeldStore()
    conversations.store = store
    monkeypatch.setattr(dispatcher, "ANSWER_IN_ACKNOWLEDGEMENT", 0.05)
    return store


async def test_a_full_queue_is_waited_for(workspace: Workspace, slack: SlackStandIn) -> None:
    slack.refuse("chat.postMessage", 429, times=1, **{"Retry-After": "0"})
    await workspace.mention(QUESTION)
    (call,) = await slack.wait_for(1)

    assert call.method == "chat.postMessage"
    assert slack.asked["chat.postMessage"] == 2


async def test_a_full_queue_is_waited_for_at_a_response_url_too(workspace: Workspace, slack: SlackStandIn) -> None:
    slack.refuse("respond", 429, times=1, **{"Retry-After": "0"})
    await workspace.shortcut_on_message(QUESTION)
    (call,) = await slack.wait_for(1)

    assert call.method == "respond"


async def test_a_broken_server_is_tried_again_at_a_response_url(
    workspace: Workspace, slack: SlackStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSES", (0.0, 0.0))
    slack.refuse("respond", 500, times=2)
    await workspace.shortcut_on_message(QUESTION)
    (call,) = await slack.wait_for(1)

    assert "SQLAlchemy" in words(call.body)
    assert slack.asked["respond"] == 3


async def test_an_answer_that_slack_does_not_take_is_tried_again_and_logged(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp, caplog: pytest.LogCaptureFixture
) -> None:
    slack.refuse("chat.postMessage", 200, error="not_in_channel")
    sent = await workspace.mention(QUESTION)
    (told,) = await slack.wait_for(1)
    await app.drain(5)

    assert sent.status == 200
    assert told.method == "chat.postEphemeral"
    assert "not_in_channel" in caplog.text


async def test_where_the_address_for_an_answer_is_dead_the_person_is_told_in_the_channel(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    slack.refuse("respond", 404)
    await workspace.shortcut_on_message(QUESTION)
    (told,) = await slack.wait_for(1)

    assert (told.method, told.body["user"]) == ("chat.postEphemeral", "U1")
    assert "Something broke on my side" in words(told.body)


async def test_slack_being_away_harms_nothing_but_the_answer(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp, caplog: pytest.LogCaptureFixture
) -> None:
    await workspace.mention("hi")
    await slack.wait_for(1)
    slack.refuse("chat.postMessage", 200, error="fatal_error")
    slack.refuse("chat.postEphemeral", 200, error="fatal_error")
    with caplog.at_level(logging.ERROR):
        sent = await workspace.mention(QUESTION)
        await asyncio.sleep(0.05)
        await app.drain(5)

    assert sent.status == 200
    assert "could not be told" in caplog.text


async def test_a_late_answer_follows_the_acknowledgement(
    workspace: Workspace, slack: SlackStandIn, held: HeldStore
) -> None:
    sent = await workspace.command("/advisor", QUESTION)
    held.go.set()
    (call,) = await slack.wait_for(1)

    assert (sent.status, sent.text) == (200, "")
    assert (call.body["to"], call.body["response_type"]) == ("U1", "ephemeral")
    assert "SQLAlchemy" in words(call.body)


async def test_a_late_answer_that_fails_is_told(
    workspace: Workspace, slack: SlackStandIn, held: HeldStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = await workspace.command("/advisor", QUESTION)
    monkeypatch.setattr(Advisor, "ask", lambda *_, **__: 1 / 0)
    held.go.set()
    (call,) = await slack.wait_for(1)

    assert (sent.status, sent.text) == (200, "")
    assert "Something broke on my side" in words(call.body)


async def test_an_answer_that_cannot_be_drawn_is_acknowledged_and_logged(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(dispatcher, "message", lambda *_: 1 / 0)
    sent = await workspace.command("/advisor", QUESTION)

    assert (sent.status, sent.json["text"]) == (200, FAILED)
    assert "ZeroDivisionError" in caplog.text


async def test_every_surface_is_acknowledged_while_the_store_answers_nobody(
    workspace: Workspace, held: HeldStore, app: SlackApp
) -> None:
    sent = await asyncio.gather(
        workspace.mention(QUESTION),
        workspace.direct(QUESTION),
        workspace.command("/advisor", QUESTION),
        workspace.shortcut_on_message(QUESTION),
        workspace.global_shortcut(),
        workspace.press("t:orm"),
        workspace.press_in_view("t:orm"),
    )
    held.go.set()

    assert [answer.status for answer in sent] == [200] * 7
    assert await app.drain(10) == 0


async def test_what_is_in_flight_is_sent_when_the_process_stops(
    workspace: Workspace, slack: SlackStandIn, held: HeldStore, app: SlackApp
) -> None:
    for _ in range(5):
        await workspace.mention(QUESTION)
    before = slack.take()
    held.go.set()

    assert before == []
    assert await app.drain(5) == 0
    assert [call.method for call in slack.calls] == ["chat.postMessage"] * 5


async def test_a_drain_gives_up_in_time(workspace: Workspace, held: HeldStore, app: SlackApp) -> None:
    await workspace.mention(QUESTION)

    assert not held.go.is_set()
    assert await app.drain(0.1) == 1


async def test_two_hundred_people_go_through_their_guides_at_once(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp
) -> None:
    async def go(user: str) -> str:
        sent = await workspace.command("/recommend", user=user)
        pressed = sent.json
        for answer in ("API", "Know Flask", "Not sure", "Result now"):
            await workspace.press(value(pressed, answer), user=user, is_ephemeral=True)
            pressed = (await slack.to(user)).body
        return words(pressed)

    results = await asyncio.gather(*(go(f"U{number}") for number in range(200)))

    assert len(results) == 200
    assert len(set(results)) == 1, "people with the same answers got different results"
    assert "What would change it" in results[0]
    assert await app.drain(5) == 0
