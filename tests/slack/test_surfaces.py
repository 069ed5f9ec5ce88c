"""Every way of reaching the advisor in Slack."""

from __future__ import annotations

from dataclasses import replace

from adapters.slack.app import SlackApp
from adapters.slack.render.buttons import RenderContext, Surface
from adapters.slack.render.render import message
from bot.advisor import Advisor
from bot.replies import Answer, Candidate, Certainty
from tests.slack.people import Workspace
from tests.slack.reading import buttons, folded, shown, value, words
from tests.slack.stand_in import SlackStandIn


async def test_a_mention_is_answered_in_a_thread_under_it(workspace: Workspace, slack: SlackStandIn) -> None:
    sent = await workspace.mention("does flask have an orm?", ts="1800.1")
    (call,) = await slack.wait_for(1)

    assert (sent.status, sent.text) == (200, "")
    assert call.method == "chat.postMessage"
    assert (call.body["channel"], call.body["thread_ts"]) == ("C1", "1800.1")
    assert "SQLAlchemy" in words(call.body)
    assert "Flask has no ORM" in call.body["text"].splitlines()[0]
    assert "Flask has no ORM" in shown(call.body).splitlines()[0]
    assert "Flask-SQLAlchemy" in words(folded(call.body))
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


async def test_a_related_topic_is_answered_under_the_message(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.mention("does flask have an orm?")
    (posted,) = await slack.wait_for(1)
    slack.take()
    await workspace.press("t:migrations", on=posted.body, message_ts="1.7")
    await slack.wait_for(1)
    await workspace.press("t:migrations", on=posted.body, thread_ts="1.2", message_ts="1.7")
    at_top, in_thread = await slack.wait_for(2)

    assert (at_top.body["response_type"], at_top.body["thread_ts"]) == ("in_channel", "1.7")
    assert (in_thread.body["response_type"], in_thread.body["thread_ts"]) == ("in_channel", "1.2")


async def test_the_other_side_opens_in_place(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.mention("does flask have an orm?")
    (posted,) = await slack.wait_for(1)
    slack.take()
    await workspace.press(value(posted.body, "And Django?"), on=posted.body)
    (edited,) = await slack.wait_for(1)

    assert edited.body["replace_original"] is True
    assert "And Flask?" in buttons(edited.body)
    assert value(edited.body, "Delete") == value(posted.body, "Delete")


async def test_a_suggestion_that_was_meant_takes_the_place_of_the_question(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    await workspace.press("t:orm:a-ref", is_ephemeral=True)
    (call,) = await slack.wait_for(1)

    assert call.body["replace_original"] is True


async def test_the_decision_record_comes_privately_to_be_copied(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.direct("we are 3 devs building a shop with lots of tables and logins")
    await slack.wait_for(1)
    for label in ("Yes, go on", "Result now", "Decision record"):
        last = slack.calls[-1].body
        slack.take()
        await workspace.press(value(last, label), channel_id="D1")
        await slack.wait_for(1)
    (record,) = slack.calls

    assert record.body["response_type"] == "ephemeral"
    assert record.body["blocks"][1]["type"] == "rich_text"
    assert "## Decision" in words(record.body)


async def test_forgetting_is_confirmed(workspace: Workspace, slack: SlackStandIn) -> None:
    await workspace.direct("does flask have an orm?")
    await slack.wait_for(1)
    sent = await workspace.command("/advisor", "privacy")
    await workspace.press(value(sent.json, "Forget me"), is_ephemeral=True)
    _, told = await slack.wait_for(2)
    await workspace.direct("and django?")
    *_, answer = await slack.wait_for(3)

    assert words(told.body).startswith("Done. I no longer keep anything about you")
    assert "Object-relational mapping" not in words(answer.body)


async def test_every_button_of_an_answer_can_be_pressed_on_every_surface(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    sent = await workspace.command("/advisor", "which should I use?")
    for label, said in buttons(sent.json).items():
        if label == "Helpful":  # which is stored and not answered
            continue
        for press in (
            workspace.press(said),
            workspace.press(said, channel_id="D1"),
            workspace.press(said, is_ephemeral=True),
            workspace.press_in_view(said),
            workspace.press_in_view(said, view="home"),
        ):
            done = await press
            await slack.wait_for(1)
            slack.take()

            assert (done.status, done.text) == (200, "")


async def test_recommend_starts_the_guide_with_what_a_description_says(workspace: Workspace) -> None:
    plain = await workspace.command("/recommend")
    verb = await workspace.command("/advisor", "recommend")
    described = await workspace.command("/recommend", "we are 3 devs building a shop with lots of tables and logins")

    assert "Question 1 of about" in words(plain.json)
    assert "Question 1 of about" in words(verb.json)
    assert "Is it right?" in words(described.json)


async def test_in_a_direct_message_a_typed_answer_goes_on_with_a_guide_that_a_command_began(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    await workspace.command("/recommend", channel_id="D1")
    await workspace.direct("API, service or small tool")
    (call,) = await slack.wait_for(1)

    assert "Question 2 of about" in words(call.body)


async def test_two_answers_are_rated_one_by_one_and_shared_together(workspace: Workspace, slack: SlackStandIn) -> None:
    sent = await workspace.command("/advisor", "does django have an orm? and how do I do forms in flask?")
    await workspace.press(value(sent.json, "Share in channel"), is_ephemeral=True)
    shared = (await slack.to("U1")).body

    titles = [block["title"]["text"] for block in sent.json["blocks"] if block["type"] == "container"]
    assert len(titles) == 2
    assert shared["response_type"] == "in_channel"
    assert "Django" in words(shared)
    assert "Flask" in words(shared)


async def test_a_result_has_one_button_for_all_answers_and_an_older_message_one_for_each(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    described = await workspace.command("/recommend", "we are 3 devs building a shop with lots of tables and logins")
    await workspace.press(value(described.json, "Yes, go on"), is_ephemeral=True)
    await workspace.press(value((await slack.to("U1")).body, "Result now"), is_ephemeral=True)
    result = (await slack.to("U1")).body
    await workspace.press(value(result, "Change an answer"), is_ephemeral=True)
    answers = (await slack.to("U1")).body
    each = value(answers, "Shop")
    await workspace.press(each, is_ephemeral=True, message_ts="an older message")
    asked = (await slack.to("U1")).body

    assert answers["replace_original"] is True
    assert "Which of these should I change?" in words(answers)
    assert each.startswith("gq:")
    assert "What are you building?" in words(asked)


async def test_a_result_code_reopens_a_result(workspace: Workspace, slack: SlackStandIn) -> None:
    described = await workspace.command("/recommend", "we are 3 devs building a shop with lots of tables and logins")
    await workspace.press(value(described.json, "Yes, go on"), is_ephemeral=True)
    question = (await slack.to("U1")).body
    await workspace.press(value(question, "Result now"), is_ephemeral=True)
    result = (await slack.to("U1")).body
    code = words(result).partition("Result code `")[2].partition("`")[0]
    reopened = await workspace.command("/advisor", code, user="U2")

    assert words(reopened.json).splitlines()[0] == words(result).splitlines()[0]


async def test_the_shortcut_on_a_message_in_a_thread_answers_in_that_thread(
    workspace: Workspace, slack: SlackStandIn
) -> None:
    await workspace.shortcut_on_message("does flask have an orm?", thread_ts="1.1")
    (call,) = await slack.wait_for(1)

    assert (call.body["response_type"], call.body["thread_ts"]) == ("ephemeral", "1.1")


def test_an_answer_to_somebody_who_described_a_project_goes_on_from_there(advisor: Advisor) -> None:
    known = advisor.topic("which-to-choose")
    assert isinstance(known, Answer)
    described = message(replace(known, guide_token="a-token"), RenderContext(Surface.DIRECT))

    assert value(described, "Help me choose") == "g:a-token"
    assert value(message(known, RenderContext(Surface.DIRECT)), "Help me choose") == "g"


def test_a_likely_answer_offers_what_else_may_have_been_meant(advisor: Advisor) -> None:
    known = advisor.topic("orm", "django")
    assert isinstance(known, Answer)
    said = replace(
        known,
        certainty=Certainty.LIKELY,
        candidates=(
            Candidate("orm", "ORM", 0.6),
            Candidate("database", "Databases", 0.3),
            Candidate("caching", "Caching", 0.01),
        ),
    )
    drawn = message(said, RenderContext(Surface.CHANNEL, "a-ref"))

    assert "I think this is what you mean. If not, choose below" in words(drawn)
    assert list(buttons(drawn).items())[:2] == [
        ("I meant: Databases", "t:database:a-ref"),
        ("And Flask?", "s:orm:flask:a-ref"),
    ]
