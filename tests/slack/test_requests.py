"""Answers once, to people only, and says plainly what it cannot do."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import pytest

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.service import Conversations
from adapters.slack.app import SlackApp
from bot.action_codec import encode
from bot.actions import Delete, GuideGo, OpenGuide
from bot.advisor import Advisor
from tests.slack.people import Workspace, stamp
from tests.slack.reading import buttons, value, words
from tests.slack.stand_in import SlackStandIn

QUESTION = "does flask have an orm?"


async def settled(app: SlackApp) -> None:
    """Wait until nothing is left to do."""
    await asyncio.sleep(0.02)
    assert await app.drain(5) == 0


async def test_a_wrong_signature_is_refused(workspace: Workspace, slack: SlackStandIn, app: SlackApp) -> None:
    workspace.secret = "another secret"
    sent = await workspace.command("/advisor", QUESTION)
    await settled(app)

    assert sent.status == 401
    assert slack.calls == []


async def test_a_request_from_six_minutes_ago_is_refused(workspace: Workspace) -> None:
    sent = await workspace.post("{}", "application/json", age=360)

    assert sent.status == 401


async def test_a_request_that_is_no_text_is_refused(workspace: Workspace) -> None:
    for body in ("{not json", "payload=%7Bnot"):
        sent = await workspace.post(body, "application/json" if body[0] == "{" else "application/x-www-form-urlencoded")
        assert sent.status == 400


async def test_a_time_that_is_no_number_is_refused(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    await workspace.command("/advisor", QUESTION)
    sent = await workspace.replay(**{"X-Slack-Request-Timestamp": "abc"})

    assert sent.status == 401
    assert [line for line in caplog.records if line.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("body", ["[]", "null", "3", '"text"'])
async def test_a_signed_request_that_is_no_object_is_refused(
    workspace: Workspace, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    sent = await workspace.post(body, "application/json")

    assert sent.status == 400
    assert [line for line in caplog.records if line.levelno >= logging.WARNING] == []


async def test_slack_may_check_the_address(workspace: Workspace) -> None:
    sent = await workspace.post('{"type": "url_verification", "challenge": "abc"}', "application/json")

    assert (sent.status, sent.json) == (200, {"challenge": "abc"})


async def test_a_retried_event_is_answered_once(workspace: Workspace, slack: SlackStandIn, app: SlackApp) -> None:
    await workspace.mention(QUESTION)
    retried = await workspace.replay(**{"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"})
    await settled(app)

    assert retried.status == 200
    assert len(slack.calls) == 1


async def test_a_retry_whose_first_try_never_arrived_is_answered(workspace: Workspace, slack: SlackStandIn) -> None:
    event = {"type": "app_mention", "text": QUESTION, "user": "U1", "channel": "C1", "ts": stamp()}
    await workspace.event(event, **{"X-Slack-Retry-Num": "1"})

    assert len(await slack.wait_for(1)) == 1


async def test_headers_by_which_bolt_talks_to_itself_are_not_for_others(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    event = {"type": "app_mention", "text": QUESTION, "user": "U1", "channel": "C1", "ts": stamp()}
    await workspace.event(event, **{"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "mentioned"})

    assert len(await slack.wait_for(1)) == 1


async def test_a_mention_and_a_message_for_one_text_are_answered_once(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp
) -> None:
    when = stamp()
    await workspace.mention(QUESTION, channel="D1", ts=when)
    await workspace.direct(f"<@UBOT> {QUESTION}", ts=when)
    await settled(app)

    assert len(slack.calls) == 1


async def test_a_replayed_command_is_answered_once(workspace: Workspace, slack: SlackStandIn) -> None:
    first = await workspace.command("/advisor", QUESTION)
    second = await workspace.replay()

    assert words(first.json) != ""
    assert (second.status, second.text) == (200, "")


async def test_help_is_help_for_every_command(workspace: Workspace) -> None:
    for command in ("/advisor", "/recommend"):
        assert "What I can do" in words((await workspace.command(command, "help")).json)


async def test_a_message_that_says_everything_in_blocks_is_answered(workspace: Workspace, slack: SlackStandIn) -> None:
    said = [{"type": "section", "text": {"type": "mrkdwn", "text": QUESTION}}]
    await workspace.shortcut_on_message("", blocks=said)
    (call,) = await slack.wait_for(1)

    assert "SQLAlchemy" in words(call.body)


async def test_a_replayed_press_is_done_once(workspace: Workspace, slack: SlackStandIn, app: SlackApp) -> None:
    answer = await workspace.command("/advisor", QUESTION)
    await workspace.press(value(answer.json, "And Django?"), is_ephemeral=True)
    await workspace.replay()
    await settled(app)

    assert len(slack.calls) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "BOTHER", "user": "UOTHER"},
        {"user": "UBOT"},
        {"subtype": "bot_message", "bot_id": "B1"},
        {"subtype": "message_changed", "message": {"text": QUESTION}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"edited": {"user": "U1", "ts": "1.1"}},
        {"channel_type": "channel", "channel": "C1"},
        {"channel_type": "mpim", "channel": "G1"},
    ],
    ids=lambda more: "-".join(map(str, more.values()))[:30],
)
async def test_what_nobody_has_just_said_to_it_is_not_answered(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp, more: dict[str, Any]
) -> None:
    sent = await workspace.direct(QUESTION, **more)
    await settled(app)

    assert sent.status == 200
    assert slack.calls == []


async def test_an_event_that_nobody_waits_for_is_acknowledged(workspace: Workspace, slack: SlackStandIn) -> None:
    sent = await workspace.event({"type": "reaction_added", "user": "U1", "item": {}})

    assert (sent.status, slack.calls) == (200, [])


async def test_a_command_that_nobody_waits_for_is_acknowledged(workspace: Workspace) -> None:
    assert (await workspace.command("/other")).status == 200


async def test_a_button_that_opens_a_page_is_acknowledged(workspace: Workspace, slack: SlackStandIn) -> None:
    action = {"type": "button", "action_id": "link", "block_id": "b", "url": "https://example.com"}
    container = {"type": "message", "channel_id": "C1", "message_ts": "1.1"}
    body = {"type": "block_actions", "container": container, "channel": {"id": "C1"}, "actions": [action]}
    sent = await workspace.interact(body, "U1")

    assert (sent.status, slack.calls) == (200, [])


async def test_a_button_from_another_time_gets_a_plain_explanation(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.press("approve:17")
    (call,) = await slack.wait_for(1)

    assert call.body["response_type"] == "ephemeral"
    assert call.body["replace_original"] is False
    assert words(call.body).startswith("That button is out of date.")


async def test_others_are_told_privately_how_to_start_their_own_guide(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    await workspace.mention("we are 3 devs building a shop with lots of tables and logins")
    (posted,) = await slack.wait_for(1)
    slack.take()
    await workspace.press(value(posted.body, "Yes, go on"), user="U2")
    (told,) = await slack.wait_for(1)

    assert (posted.method, posted.body["user"]) == ("chat.postEphemeral", "U1")
    assert (told.body["to"], told.body["response_type"]) == ("U2", "ephemeral")
    assert "Start my own" in buttons(told.body)


async def test_only_the_asker_can_delete_an_answer(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.mention(QUESTION)
    (posted,) = await slack.wait_for(1)
    slack.take()
    delete = value(posted.body, "Delete")
    await workspace.press(delete, user="U2")
    (refused,) = await slack.wait_for(1)
    slack.take()
    await workspace.press(delete, user="U1")
    (deleted,) = await slack.wait_for(1)

    assert words(refused.body) == "Only the person who asked can delete this."
    assert deleted.body == {"delete_original": True, "to": "U1"}


async def test_too_many_questions_get_a_friendly_word(
    conversations: Conversations, workspace: Workspace, slack: SlackStandIn
) -> None:
    conversations.limit = RateLimit(burst=1, per_minute=0.001, clock=time.monotonic)
    await workspace.mention(QUESTION)
    await slack.wait_for(1)
    await workspace.mention(QUESTION)
    _, told = await slack.wait_for(2)

    assert told.method == "chat.postEphemeral"
    assert told.body["user"] == "U1"
    assert "a lot of questions" in told.body["text"]


async def test_an_error_tells_the_person_something_and_the_log_everything(
    workspace: Workspace, slack: SlackStandIn, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise RuntimeError("the secret detail")

    monkeypatch.setattr(Advisor, "ask", broken)
    with caplog.at_level(logging.ERROR):
        sent = await workspace.command("/advisor", QUESTION)
        await workspace.mention(QUESTION)
        (told,) = await slack.wait_for(1)

    assert "Something broke on my side" in words(sent.json)
    assert "Something broke on my side" in words(told.body)
    assert (told.method, told.body["user"]) == ("chat.postEphemeral", "U1")
    assert "the secret detail" in caplog.text
    assert "the secret detail" not in str(slack.calls) + sent.text


async def test_nothing_that_people_write_can_ping_anybody(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.direct("<!channel> <!here> <@U99> <https://evil.example|click> & does flask have an orm?")
    (call,) = await slack.wait_for(1)

    assert "<!" not in str(call.body)
    assert "<@" not in str(call.body)
    assert "evil" not in str(call.body)


async def test_a_guide_from_a_channel_answer_is_private(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.press(encode(OpenGuide()), thread_ts="1.1")
    (call,) = await slack.wait_for(1)

    assert (call.body["response_type"], call.body["thread_ts"]) == ("ephemeral", "1.1")
    assert "Question 1 of about" in words(call.body)


async def test_a_damaged_token_gets_a_plain_explanation(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.press(encode(GuideGo("nonsense")))
    (call,) = await slack.wait_for(1)

    assert call.body["response_type"] == "ephemeral"
    assert call.body["replace_original"] is False


async def test_a_delete_button_of_somebody_else_is_refused(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.press(encode(Delete("AAAAAAAA")))
    (call,) = await slack.wait_for(1)

    assert words(call.body) == "Only the person who asked can delete this."


@pytest.mark.parametrize(
    "body",
    [
        {"type": "message_action", "callback_id": "answer_this", "channel": {"id": "C1"}},
        {"type": "block_actions", "container": {"type": "view"}, "actions": [{"type": "button", "value": "h"}]},
        {"type": "view_submission", "view": {"type": "modal", "callback_id": "share-result", "private_metadata": "<"}},
    ],
    ids=["shortcut", "press", "view"],
)
async def test_what_slack_should_not_have_sent_is_acknowledged_all_the_same(
    workspace: Workspace, slack: SlackStandIn, body: dict[str, Any]
) -> None:
    sent = await workspace.interact(body, "U1")

    assert (sent.status, slack.calls) == (200, [])


async def test_on_enterprise_grid_a_person_is_the_same_in_every_workspace(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    workspace.enterprise = "E1"
    await workspace.mention("we are 3 devs building a shop with lots of tables and logins")
    (posted,) = await slack.wait_for(1)
    slack.take()
    workspace.team = ""
    await workspace.press(value(posted.body, "Yes, go on"), is_ephemeral=True)
    (call,) = await slack.wait_for(1)

    assert "Question" in words(call.body)
    assert call.body["replace_original"] is True
