"""What everybody in a channel reads belongs to the person who asked: others press, and nothing changes."""

from __future__ import annotations

import pytest

from adapters.conversations.identity import Person
from adapters.conversations.ports import WorkspaceSettings
from adapters.conversations.service import Conversations
from adapters.slack.app import SlackApp
from tests.slack.people import Workspace, stamp
from tests.slack.reading import Payload, buttons, offered, shown, value, words
from tests.slack.stand_in import SlackStandIn

QUESTION = "does flask have an orm?"
ASKER, STRANGER = "U1", "U2"
DESCRIPTION = "we are 3 devs building a shop with lots of tables and logins"


async def posted(workspace: Workspace, slack: SlackStandIn, text: str) -> Payload:
    """Mention the advisor and return what it posts."""
    await workspace.mention(text, ASKER)
    (call,) = await slack.wait_for(1)
    slack.take()
    assert call.method == "chat.postMessage"
    return call.body


async def shared(workspace: Workspace, slack: SlackStandIn) -> Payload:
    """Share a private answer and return what everybody gets."""
    sent = await workspace.command("/advisor", QUESTION, ASKER)
    await workspace.press(value(sent.json, "Share in channel"), ASKER, is_ephemeral=True)
    public, _ = await slack.wait_for(2)
    slack.take()
    return public.body


@pytest.mark.parametrize(
    "text", [QUESTION, "does django have an orm? and how do I do forms in flask?", "what is the capital"]
)
async def test_no_button_that_a_stranger_presses_changes_a_public_answer(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp, text: str
) -> None:
    public = await posted(workspace, slack, text)
    for said in buttons(public).values():
        await workspace.press(said, STRANGER, on=public)
    await app.drain(10)

    answers = [call.body for call in slack.take() if call.method == "respond"]
    assert answers != []
    assert {answer["response_type"] for answer in answers} == {"ephemeral"}
    assert [answer for answer in answers if answer["replace_original"]] == []


async def test_no_button_that_a_stranger_presses_changes_a_shared_answer(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp
) -> None:
    public = await shared(workspace, slack)
    for said in buttons(public).values():
        await workspace.press(said, STRANGER, on=public)
    await app.drain(10)

    answers = [call.body for call in slack.take() if call.method == "respond"]
    assert answers != []
    assert {answer["response_type"] for answer in answers} == {"ephemeral"}


async def test_a_stranger_gets_the_other_side_alone_and_may_share_it(workspace: Workspace, slack: SlackStandIn) -> None:
    public = await posted(workspace, slack, QUESTION)
    await workspace.press(value(public, "And Django?"), STRANGER, on=public, message_ts="1.7", thread_ts="1.2")
    (answer,) = await slack.wait_for(1)
    slack.take()
    await workspace.press(value(answer.body, "Share in thread"), STRANGER, is_ephemeral=True)
    again, _ = await slack.wait_for(2)

    assert (answer.body["to"], answer.body["response_type"]) == (STRANGER, "ephemeral")
    assert f"> {QUESTION}" in words(answer.body)
    assert (again.body["response_type"], again.body["thread_ts"]) == ("in_channel", "1.2")


async def test_code_is_for_whoever_presses_and_the_answer_stays(workspace: Workspace, slack: SlackStandIn) -> None:
    public = await posted(workspace, slack, "how do I run a background task in django")
    for person in (ASKER, STRANGER):
        await workspace.press(value(public, "Show code"), person, on=public)
        (shown_,) = await slack.wait_for(1)
        slack.take()

        assert (shown_.body["to"], shown_.body["response_type"]) == (person, "ephemeral")
        assert not shown_.body.get("replace_original")
        assert "from celery import Celery" in words(shown_.body)
        assert "*Flask*" not in words(shown_.body)
        assert value(shown_.body, "And Flask?") == "c:background-jobs:flask:how"


async def test_code_that_is_asked_for_in_a_channel_is_the_askers_to_delete(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    when = stamp()
    await workspace.mention("how do I run a background task in django", ASKER, ts=when)
    await slack.wait_for(1)
    await workspace.mention("show me the code", ASKER, thread_ts=when)
    answer, code = await slack.wait_for(2)

    assert code.method == "chat.postMessage"
    assert "from celery import Celery" in words(code.body)
    assert value(code.body, "Delete") == value(answer.body, "Delete")


async def test_what_a_stranger_presses_leaves_the_thread_as_it_was(workspace: Workspace, slack: SlackStandIn) -> None:
    when = stamp()
    await workspace.mention(QUESTION, ASKER, ts=when)
    (call,) = await slack.wait_for(1)
    await workspace.press("t:caching", STRANGER, on=call.body, thread_ts=when)
    await slack.wait_for(2)
    await workspace.mention("and django?", ASKER, thread_ts=when)
    *_, followed = await slack.wait_for(3)

    assert "Object-relational mapping (ORM)" in words(followed.body)


async def test_the_asker_changes_a_shared_answer_and_it_still_says_who_shared_it(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    public = await shared(workspace, slack)
    await workspace.press(value(public, "And Django?"), ASKER, on=public)
    (changed,) = await slack.wait_for(1)

    assert changed.body["replace_original"] is True
    assert "<@U1> asked me to share this:" in words(changed.body)
    assert value(changed.body, "Delete") == value(public, "Delete")


async def test_a_shared_answer_repeats_the_question(workspace: Workspace, slack: SlackStandIn) -> None:
    assert f"> {QUESTION}" in shown(await shared(workspace, slack))


async def test_a_second_click_on_share_posts_nothing_more(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp
) -> None:
    sent = await workspace.command("/advisor", QUESTION)
    share = value(sent.json, "Share in channel")
    await workspace.press(share, is_ephemeral=True, message_ts="1.7")
    await workspace.press(share, is_ephemeral=True, message_ts="1.7")
    await slack.wait_for(2)
    await app.drain(5)

    assert [call.body["response_type"] for call in slack.calls if "response_type" in call.body] == ["in_channel"]


async def test_what_is_shared_after_answer_this_goes_under_that_message(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    await workspace.shortcut_on_message(QUESTION, ts="1.5")
    private = (await slack.to("U1")).body
    await workspace.press(value(private, "Share in thread"), is_ephemeral=True)
    public = (await slack.to("U1")).body

    assert (public["response_type"], public["thread_ts"]) == ("in_channel", "1.5")
    assert f"> {QUESTION}" in words(public)


async def test_the_delete_button_is_shown_to_the_asker_alone_and_asks_once_more(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    public = await posted(workspace, slack, QUESTION)
    (delete,) = [e for b in public["blocks"] for e in b.get("elements", ()) if e["type"] == "icon_button"]

    assert delete["visible_to_user_ids"] == [ASKER]
    assert delete["confirm"]["title"]["text"] == "Delete this answer?"


async def test_in_a_channel_a_described_project_is_talked_about_privately(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    await workspace.mention(DESCRIPTION)
    (call,) = await slack.wait_for(1)

    assert (call.method, call.body["user"]) == ("chat.postEphemeral", "U1")
    assert "Is it right?" in words(call.body)


@pytest.mark.parametrize("typed", ["API, service or small tool", "1"])
async def test_in_a_thread_a_mention_with_an_answer_goes_on_with_the_guide(
    workspace: Workspace, slack: SlackStandIn, typed: str
) -> None:
    when = stamp()
    await workspace.mention("recommend", ts=when)
    await slack.wait_for(1)
    await workspace.mention(typed, thread_ts=when)
    _, call = await slack.wait_for(2)

    assert "Question 2 of about" in words(call.body)


async def test_a_result_code_after_a_mention_opens_the_result(workspace: Workspace, slack: SlackStandIn) -> None:
    described = await workspace.command("/recommend", DESCRIPTION)
    await workspace.press(value(described.json, "Yes, go on"), is_ephemeral=True)
    await workspace.press(value((await slack.to("U1")).body, "Result now"), is_ephemeral=True)
    code = words((await slack.to("U1")).body).partition("Result code `")[2].partition("`")[0]
    await workspace.mention(code)
    (call,) = await slack.wait_for(1)
    reopened = await workspace.command("/recommend", code)

    assert f"Result code `{code}`" in words(call.body)
    assert f"Result code `{code}`" in words(reopened.json)


async def test_a_command_goes_on_with_what_the_person_asked_before(workspace: Workspace) -> None:
    await workspace.command("/advisor", QUESTION, ASKER)
    of_another = await workspace.command("/advisor", "and django?", STRANGER)
    followed = await workspace.command("/advisor", "and django?", ASKER)

    assert "Object-relational mapping (ORM)" in words(followed.json)
    assert "Object-relational mapping (ORM)" not in shown(of_another.json).splitlines()[0]


async def test_where_the_admins_allow_no_public_answers_only_the_asker_gets_one(
    workspace: Workspace, slack: SlackStandIn, conversations: Conversations
) -> None:
    await conversations.change_workspace_settings(Person("slack", "T1", "U9"), WorkspaceSettings(("C5",)))
    await workspace.mention(QUESTION, channel="C1")
    await slack.wait_for(1)
    await workspace.mention(QUESTION, channel="C5")
    elsewhere, here = await slack.wait_for(2)
    slack.take()
    sent = await workspace.command("/advisor", QUESTION)
    await workspace.press(value(sent.json, "Share in channel"), is_ephemeral=True)
    (refused,) = await slack.wait_for(1)

    assert (elsewhere.method, here.method) == ("chat.postEphemeral", "chat.postMessage")
    assert refused.body["response_type"] == "ephemeral"
    assert "this channel is not among them" in words(refused.body)


async def test_it_says_hello_once_in_a_channel_to_which_it_is_invited(
    workspace: Workspace, slack: SlackStandIn, app: SlackApp
) -> None:
    joined = {"type": "member_joined_channel", "channel": "C3", "channel_type": "C"}
    await workspace.event(joined | {"user": "U5"})
    await workspace.event(joined | {"user": "UBOT"})
    await workspace.event(joined | {"user": "UBOT"})
    await slack.wait_for(1)
    await app.drain(5)
    (call,) = slack.calls

    assert (call.method, call.body["channel"]) == ("chat.postMessage", "C3")
    assert call.body["text"].startswith("Hello! I answer questions about Flask and Django")


async def test_one_of_the_answers_so_far_is_changed_by_a_menu(workspace: Workspace, slack: SlackStandIn) -> None:
    described = await workspace.command("/recommend", DESCRIPTION)
    (row,) = [block for block in described.json["blocks"] if block.get("block_id", "").startswith("change ")]
    (menu,) = [element for element in row["elements"] if element["type"] == "static_select"]
    chosen = {"type": "static_select", "block_id": row["block_id"], "selected_option": menu["options"][0]}
    await workspace.choose(chosen)
    asked = (await slack.to("U1")).body

    assert asked["replace_original"] is True
    assert "What are you building?" in words(asked)


async def test_several_circumstances_are_weighed_in_at_once(workspace: Workspace, slack: SlackStandIn) -> None:
    described = await workspace.command("/recommend", DESCRIPTION)
    await workspace.press(value(described.json, "Yes, go on"), is_ephemeral=True)
    await workspace.press(value((await slack.to("U1")).body, "Result now"), is_ephemeral=True)
    result = (await slack.to("U1")).body
    (row,) = [block for block in result["blocks"] if block.get("block_id", "").startswith("chips ")]
    two = row["accessory"]["options"][:2]
    await workspace.choose({"type": "multi_static_select", "block_id": row["block_id"], "selected_options": two})
    changed = (await slack.to("U1")).body
    (after,) = [block for block in changed["blocks"] if block.get("block_id", "").startswith("chips ")]

    assert changed["replace_original"] is True
    assert [option["value"] for option in after["accessory"]["initial_options"]] == [o["value"] for o in two]
    assert offered(changed, "Start again") != []
