"""Every way of reaching the advisor in Slack."""

from __future__ import annotations

from adapters.slack.app import SlackApp
from tests.slack.people import Workspace
from tests.slack.reading import buttons, value, words
from tests.slack.stand_in import SlackStandIn


async def test_a_mention_is_answered_in_a_thread_under_it(workspace: Workspace, slack: SlackStandIn) -> None:
    sent = await workspace.mention("does flask have an orm?", ts="1800.1")
    (call,) = await slack.wait_for(1)

    assert (sent.status, sent.text) == (200, "")
    assert call.method == "chat.postMessage"
    assert (call.body["channel"], call.body["thread_ts"]) == ("C1", "1800.1")
    assert "SQLAlchemy" in words(call.body)
    assert call.body["text"].startswith("Object-relational mapping (ORM)")
    assert (call.body["unfurl_links"], call.body["unfurl_media"]) in ((False, False), ("0", "0"), ("False", "False"))


async def test_a_mention_in_a_thread_is_answered_in_that_thread(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.mention("does flask have an orm?", thread_ts="1799.9")
    (call,) = await slack.wait_for(1)

    assert call.body["thread_ts"] == "1799.9"


async def test_a_follow_up_in_the_same_thread_is_understood(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.mention("does flask have an orm?", ts="1800.2")
    await slack.wait_for(1)
    await workspace.mention("and django?", thread_ts="1800.2")
    _, call = await slack.wait_for(2)

    assert "Object-relational mapping (ORM)" in words(call.body)
    assert "*Django*" in words(call.body)


async def test_a_direct_message_is_answered_beside_it(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.direct("is django overkill for a small site?")
    (call,) = await slack.wait_for(1)

    assert (call.method, call.body["channel"]) == ("chat.postMessage", "D1")
    assert "thread_ts" not in call.body


async def test_a_slash_command_is_answered_privately_within_the_acknowledgement(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    sent = await workspace.command("/advisor", "does flask have an orm?")

    assert sent.status == 200
    assert sent.json["response_type"] == "ephemeral"
    assert "SQLAlchemy" in words(sent.json)
    assert "Share in channel" in buttons(sent.json)
    assert slack.calls == []


async def test_slash_words_are_commands(workspace: Workspace) -> None:
    help_, topics = await workspace.command("/advisor", "help"), await workspace.command("/advisor", "topics")
    privacy = await workspace.command("/advisor", "privacy")
    compare = await workspace.command("/advisor", "compare orm")
    empty = await workspace.command("/advisor")

    assert "What I can do" in words(help_.json)
    assert words(empty.json) == words(help_.json)
    assert "What you can ask me about" in words(topics.json)
    assert "I keep no names." in words(privacy.json)
    assert "Forget me" in buttons(privacy.json)
    assert "*Flask*" in words(compare.json)
    assert "*Django*" in words(compare.json)


async def test_the_message_shortcut_answers_privately(workspace: Workspace, slack: SlackStandIn) -> None:
    sent = await workspace.shortcut_on_message("does flask have an orm?")
    (call,) = await slack.wait_for(1)

    assert (sent.status, sent.text) == (200, "")
    assert (call.method, call.body["to"], call.body["response_type"]) == ("respond", "U1", "ephemeral")
    assert "SQLAlchemy" in words(call.body)
    assert "thread_ts" not in call.body


async def test_a_shared_answer_says_who_wanted_it_shared(workspace: Workspace, slack: SlackStandIn) -> None:
    sent = await workspace.command("/advisor", "does flask have an orm?")
    await workspace.press(value(sent.json, "Share in channel"), is_ephemeral=True)
    shared, private = await slack.wait_for(2)

    assert shared.body["response_type"] == "in_channel"
    assert "<@U1> asked me to share this:" in words(shared.body)
    assert "Share in channel" not in buttons(shared.body)
    assert private.body["replace_original"] is True
    assert "Shared in the channel." in words(private.body)
    assert "Share in channel" not in buttons(private.body)


async def test_answers_in_flight_are_sent_before_the_process_stops(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp
) -> None:
    await workspace.mention("does flask have an orm?")

    assert await app.drain(5) == 0
    assert [call.method for call in slack.calls] == ["chat.postMessage"]
