"""The App Home, modals, and the agent view."""

from __future__ import annotations

from typing import Any

from bot.actions import GuideFinish, decode
from tests.slack.people import Workspace
from tests.slack.reading import Payload, buttons, value, words
from tests.slack.stand_in import SlackStandIn


async def shown(slack: SlackStandIn, method: str) -> Payload:
    """Return the view of the one call that was made."""
    (call,) = await slack.wait_for(1)
    slack.take()
    assert call.method == method
    view: Payload = call.body["view"]
    return view


async def result(workspace: Workspace, slack: SlackStandIn) -> Payload:
    """Go through the guide in a modal and return the view with the result."""
    await workspace.global_shortcut()
    view = await shown(slack, "views.open")
    for answer in ("API", "Know Flask", "Not sure"):
        await workspace.press_in_view(value(view, answer))
        view = await shown(slack, "views.update")
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
    await workspace.press_in_view(value(view, "API"))
    (call,) = await slack.wait_for(1)

    assert (call.method, call.body["view_id"]) == ("views.update", "V1")
    assert "Question 2 of about" in words(call.body["view"])


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
    await workspace.press_in_view(value(answers, "Yes, go on"))
    back = await shown(slack, "views.update")

    assert "✎ Know Flask, new project" in buttons(answers)
    assert words(back) == words(view)


async def test_thanks_come_on_top_of_the_result(workspace: Workspace, slack: SlackStandIn) -> None:
    view = await result(workspace, slack)
    await workspace.press_in_view(value(view, "👍 Helpful"))
    thanks = await shown(slack, "views.push")

    assert words(thanks).startswith("Thank you, noted.")


async def test_the_home_offers_the_guide_and_the_topics(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.event({"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1"})
    view = await shown(slack, "views.publish")

    assert view["type"] == "home"
    assert list(buttons(view))[:3] == ["Help me choose", "What can I ask?", "Privacy"]
    assert "*Building blocks*" in words(view)


async def test_an_area_opens_in_the_home_and_a_topic_in_a_modal(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.press_in_view("a:building-blocks", view="home")
    opened = await shown(slack, "views.publish")
    await workspace.press_in_view(value(opened, "Caching"), view="home")
    answer = await shown(slack, "views.open")

    assert "← All topics" in buttons(opened)
    assert answer["type"] == "modal"
    assert "Caching" in words(answer)


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
    prompts, answer = await slack.wait_for(2)

    assert prompts.body["thread_ts"] == "1.5"
    assert answer.body["thread_ts"] == "1.5"


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
