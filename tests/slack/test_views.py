"""The App Home, modals, and the agent view."""

from __future__ import annotations

from typing import Any

from adapters.conversations.identity import Person
from adapters.conversations.ports import WorkspaceSettings
from adapters.conversations.service import Conversations
from bot.action_codec import decode
from bot.actions import GuideFinish
from tests.slack.people import Sent, Workspace
from tests.slack.reading import Payload, buttons, value, words
from tests.slack.stand_in import SlackStandIn


async def shown(slack: SlackStandIn, method: str) -> Payload:
    """Return the view of the one call that was made."""
    (call,) = await slack.wait_for(1)
    slack.take()
    assert call.method == method
    view: Payload = call.body["view"]
    return view


async def choose(workspace: Workspace, view: Payload, answer: str) -> Sent:
    """Choose one of the radio buttons of a guide question and press Next."""
    (asked,) = [block for block in view["blocks"] if block["type"] == "input"]
    options = {option["text"]["text"]: option for option in asked["element"]["options"]}
    (chosen,) = [option for label, option in options.items() if answer in label]
    return await workspace.fill_in(view, choice={"type": "radio_buttons", "selected_option": chosen})


async def result(workspace: Workspace, slack: SlackStandIn) -> Payload:
    """Go through the guide in a modal and return the view with the result."""
    await workspace.global_shortcut()
    view = await shown(slack, "views.open")
    for answer in ("API", "Know Flask", "Not sure"):
        view = (await choose(workspace, view, answer)).json["view"]
    await workspace.press_in_view(value(view, "Result now"))
    return await shown(slack, "views.update")


async def test_the_global_shortcut_opens_the_guide_in_a_modal(workspace: Workspace, slack: SlackStandIn) -> None:
    sent = await workspace.global_shortcut()
    view = await shown(slack, "views.open")

    assert (sent.status, sent.text) == (200, "")
    assert (view["type"], view["title"]["text"]) == ("modal", "Framework Advisor")
    assert "Question 1 of about" in words(view)


async def test_the_guide_goes_on_in_the_same_modal(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.global_shortcut()
    view = await shown(slack, "views.open")
    sent = await choose(workspace, view, "API")

    assert view["submit"]["text"] == "Next"
    assert sent.json["response_action"] == "update"
    assert "Question 2 of about" in words(sent.json["view"])
    assert [label for label in buttons(sent.json["view"]) if label.startswith("What are you building? API")] != []
    assert slack.calls == []


async def test_a_result_in_a_modal_can_be_shared_in_any_conversation(workspace: Workspace, slack: SlackStandIn) -> None:
    view = await result(workspace, slack)
    sent = await workspace.submit(view["callback_id"], view["private_metadata"])
    (call,) = await slack.wait_for(1)

    assert view["submit"]["text"] == "Share"
    assert view["blocks"][-1]["element"]["response_url_enabled"] is True
    assert (sent.status, sent.text) == (200, "")
    assert (call.body["to"], call.body["response_type"]) == ("C7", "in_channel")
    assert "<@U1> asked me to share this:" in words(call.body)
    assert "Start again" not in buttons(call.body)


async def test_the_answers_of_a_result_open_in_the_same_modal_and_lead_back(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    view = await result(workspace, slack)
    await workspace.press_in_view(value(view, "Change an answer"))
    answers = await shown(slack, "views.update")
    await workspace.press_in_view(value(answers, "Leave them as they are"))
    back = await shown(slack, "views.update")

    assert "Your answers" in words(answers)
    assert [label for label in buttons(answers) if "Know Flask, new project" in label] != []
    assert words(back) == words(view)


async def test_the_home_offers_the_guide_and_the_topics(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.event({"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1"})
    view = await shown(slack, "views.publish")

    assert view["type"] == "home"
    assert [block["type"] for block in view["blocks"][:4]] == ["input", "actions", "section", "divider"]
    assert "Help me choose" in buttons(view)
    assert "*Building blocks*" in words(view)
    assert "For admins of this workspace" not in words(view)


async def test_a_topic_of_the_home_opens_in_a_modal(workspace: Workspace, slack: SlackStandIn) -> None:
    chosen = {"type": "static_select", "selected_option": {"value": "t:caching"}}
    await workspace.choose_in_home(chosen)
    answer = await shown(slack, "views.open")
    await workspace.press_in_view(value(answer, "More"))
    more = await shown(slack, "views.push")

    assert answer["type"] == "modal"
    assert "Caching" in words(more)


async def test_a_question_written_in_the_home_is_answered_in_a_modal(workspace: Workspace, slack: SlackStandIn) -> None:
    written = {"type": "plain_text_input", "block_id": "ask", "value": "does flask have an orm?"}
    await workspace.choose_in_home(written)
    answer = await shown(slack, "views.open")

    assert "> does flask have an orm?" in words(answer)
    assert "Flask has no ORM" in words(answer)


async def test_an_example_of_the_home_is_asked_when_it_is_pressed(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.event({"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1"})
    view = await shown(slack, "views.publish")
    await workspace.press_in_view(value(view, "Which should I use?"), view="home")
    answer = await shown(slack, "views.open")

    assert "Question 1 of about" in words(answer)


async def test_the_home_remembers_the_last_result(workspace: Workspace, slack: SlackStandIn) -> None:
    await result(workspace, slack)
    await workspace.event({"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1"})
    view = await shown(slack, "views.publish")
    await workspace.press_in_view(value(view, "Open"), view="home")
    again = await shown(slack, "views.open")

    assert "*Your last result:* Flask" in words(view)
    assert again["callback_id"] == "share-result"


async def test_admins_choose_in_their_home_where_answers_are_public_and_where_people_help(
    workspace: Workspace, slack: SlackStandIn, conversations: Conversations
) -> None:
    slack.admins.add("U1")
    channels = {"type": "multi_conversations_select", "action_id": "public-channels", "selected_conversations": ["C5"]}
    people = {"type": "conversations_select", "action_id": "help-channel", "selected_conversation": "C6"}
    await workspace.choose_in_home(channels, user="U1")
    await shown(slack, "views.publish")
    await workspace.choose_in_home(people, user="U1")
    home = await shown(slack, "views.publish")
    await workspace.choose_in_home(channels | {"selected_conversations": []}, user="U2")
    of_another = await shown(slack, "views.publish")

    assert "For admins of this workspace" in words(home)
    assert "For admins of this workspace" not in words(of_another)
    kept = await conversations.workspace_settings(Person("slack", "T1", "U1"))
    assert kept == WorkspaceSettings(("C5",), "C6")


async def test_the_guide_starts_from_the_home_in_a_modal(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.press_in_view("g", view="home")
    view = await shown(slack, "views.open")

    assert "Question 1 of about" in words(view)


async def test_privacy_can_be_read_in_the_home_and_acted_upon(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.press_in_view("p", view="home")
    privacy = await shown(slack, "views.open")
    await workspace.press_in_view(value(privacy, "Forget me"))
    done = await shown(slack, "views.push")

    assert words(privacy).startswith("I keep no names.")
    assert words(done).startswith("Done.")


async def test_the_messages_tab_gets_suggested_prompts(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.event({"type": "app_home_opened", "tab": "messages", "user": "U1", "channel": "D1"})
    (call,) = await slack.wait_for(1)

    assert (call.method, call.body["channel_id"]) == ("assistant.threads.setSuggestedPrompts", "D1")
    assert call.body["prompts"][0] == {"title": "Which should I use?", "message": "Which should I use?"}
    assert len(call.body["prompts"]) == 4


async def test_an_app_without_the_agent_view_does_not_mind(workspace: Workspace, slack: SlackStandIn) -> None:
    slack.refuse("assistant.threads.setSuggestedPrompts", 200, error="missing_scope")
    await workspace.event({"type": "app_home_opened", "tab": "messages", "user": "U1", "channel": "D1"})
    await workspace.direct("does flask have an orm?")
    (call,) = await slack.wait_for(1)

    assert call.method == "chat.postMessage"


async def test_an_assistant_thread_gets_prompts_and_answers_in_itself(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    thread = {"user_id": "U1", "channel_id": "D1", "thread_ts": "1.5"}
    await workspace.event({"type": "assistant_thread_started", "assistant_thread": thread})
    await slack.wait_for(1)
    await workspace.direct("does flask have an orm?", thread_ts="1.5")
    prompts, *said = await slack.wait_for(3)

    assert prompts.body["thread_ts"] == "1.5"
    assert {call.method: call.body["thread_ts"] for call in said} == {
        "chat.postMessage": "1.5",
        "assistant.threads.setTitle": "1.5",
    }


async def test_a_modal_that_slack_does_not_open_leaves_a_trace(
    workspace: Workspace, slack: SlackStandIn, caplog: Any
) -> None:
    slack.refuse("views.open", 200, error="expired_trigger_id")
    sent = await workspace.global_shortcut()
    await workspace.direct("hi")
    await slack.wait_for(1)

    assert sent.status == 200
    assert "expired_trigger_id" in caplog.text


async def test_every_button_of_a_guide_in_a_modal_can_be_pressed(workspace: Workspace, slack: SlackStandIn) -> None:
    view = await result(workspace, slack)
    for said in buttons(view).values():
        sent = await workspace.press_in_view(said)
        (call,) = await slack.wait_for(1)
        slack.take()

        assert sent.status == 200
        assert call.method in ("views.update", "views.push")
        assert not isinstance(decode(said), GuideFinish)
