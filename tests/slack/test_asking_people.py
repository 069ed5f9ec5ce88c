"""Where the advisor does not help: a line for whoever writes its knowledge, and a way to a person."""

from __future__ import annotations

import pytest

from adapters.conversations.identity import Person
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.ports import WorkspaceSettings
from adapters.conversations.service import Conversations
from adapters.slack.app import SlackApp
from tests.slack.people import Workspace
from tests.slack.reading import buttons, value, words
from tests.slack.stand_in import SlackStandIn

UNKNOWN = "what is the capital of France?"


@pytest.fixture
async def with_people(conversations: Conversations) -> None:
    """Let the admins of the workspace have chosen a channel for questions to people."""
    await conversations.change_workspace_settings(Person("slack", "T1", "U9"), WorkspaceSettings(help_channel="C6"))


async def test_nobody_is_offered_a_person_until_the_admins_choose_a_channel(workspace: Workspace) -> None:
    assert "Ask a person" not in buttons((await workspace.command("/advisor", UNKNOWN)).json)


@pytest.mark.usefixtures("with_people")
async def test_a_question_without_an_answer_is_posted_for_people_once(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp
) -> None:
    sent = await workspace.command("/advisor", UNKNOWN)
    ask = value(sent.json, "Ask a person")
    await workspace.press(ask, is_ephemeral=True, message_ts="1.7")
    posted, told = await slack.wait_for(2)
    await workspace.press(ask, is_ephemeral=True, message_ts="1.7")
    await app.drain(5)

    assert (posted.method, posted.body["channel"]) == ("chat.postMessage", "C6")
    assert "<@U1> asked me this" in words(posted.body)
    assert f"> {UNKNOWN}" in words(posted.body)
    assert told.body["response_type"] == "ephemeral"
    assert "Done" in words(told.body)
    assert len(slack.calls) == 2


@pytest.mark.usefixtures("with_people")
async def test_a_channel_that_the_advisor_is_not_in_is_told(workspace: Workspace, slack: SlackStandIn) -> None:
    slack.refuse("chat.postMessage", 200, error="not_in_channel")
    sent = await workspace.command("/advisor", UNKNOWN)
    await workspace.press(value(sent.json, "Ask a person"), is_ephemeral=True)
    (told,) = await slack.wait_for(1)

    assert "invite me to that channel first" in words(told.body)


@pytest.mark.usefixtures("with_people")
async def test_a_thumb_down_asks_for_a_line_and_offers_what_is_near_and_a_person(
    workspace: Workspace, slack: SlackStandIn, conversations: Conversations, app: SlackApp
) -> None:
    sent = await workspace.command("/advisor", "does flask have an orm?")
    await workspace.press(value(sent.json, "Not helpful"), is_ephemeral=True)
    (opened,) = await slack.wait_for(1)
    view = opened.body["view"]
    await workspace.fill_in(view, comment={"type": "plain_text_input", "value": "how do I join tables? me@b.example"})
    await app.drain(5)

    assert opened.method == "views.open"
    assert list(buttons(view)) == ["Databases", "Schema migrations", "MongoDB and other NoSQL stores", "Ask a person"]
    store = conversations.store
    assert isinstance(store, MemoryStore)
    assert [word.helpful for word in store.words.values()] == [False]
    assert [(noted.text, noted.outcome) for noted in store.questions.values()] == [
        ("how do I join tables? [address]", "unhelpful")
    ]


async def test_a_bystanders_thumb_is_not_the_askers_word(
    workspace: Workspace, slack: SlackStandIn, conversations: Conversations
) -> None:
    await workspace.mention("does flask have an orm?", "U1")
    (posted,) = await slack.wait_for(1)
    slack.take()
    await workspace.press(value(posted.body, "Not helpful"), "U2", on=posted.body)
    (told,) = await slack.wait_for(1)

    assert words(told.body).startswith("Thank you. Only the person who asked")
    assert isinstance(conversations.store, MemoryStore)
    assert list(conversations.store.words) == []


async def test_small_talk_is_not_rated(workspace: Workspace) -> None:
    assert "Helpful" not in buttons((await workspace.command("/advisor", "hello")).json)


async def test_forgetting_is_asked_once_more(workspace: Workspace) -> None:
    sent = await workspace.command("/advisor", "privacy")
    (forget,) = [e for b in sent.json["blocks"] for e in b.get("elements", ()) if e["text"]["text"] == "Forget me"]

    assert forget["confirm"]["confirm"]["text"] == "Forget me"
