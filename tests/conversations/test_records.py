"""What is noted, counted and remembered around a question, and what the admins of a workspace choose."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.conversations.identity import Message, Person, Pseudonyms
from adapters.conversations.ports import Missed, UsageCount, WorkspaceSettings
from adapters.conversations.service import Conversations
from bot import actions, replies
from bot.replies import NoticeKind, Reply
from tests.conversations.recording import (
    ALONE,
    ANNA,
    BEN,
    CARA,
    HOW_MUCH,
    Away,
    Recording,
    Watching,
    guided,
    notice,
    reply,
)


async def missed(text: str, store: Recording) -> Missed | None:
    await Conversations(guided, store).ask(Message(ANNA, "", text))
    return next(iter(store.questions.values()), None)


async def test_a_question_without_an_answer_is_noted(store: Recording) -> None:
    noted = await missed("my penguins at zoo@example.com get error 500", store)

    assert noted is not None
    assert (noted.platform, noted.text, noted.outcome) == ("slack", "my penguins at [address] get error 500", "unknown")


async def test_suggestions_are_noted_with_what_came_nearest(store: Recording) -> None:
    noted = await missed("does the pot keep", store)

    assert noted is not None
    assert noted.outcome == "suggestions"
    assert noted.nearest[0] in ("brewing", "caffeine", "storage")


@pytest.mark.parametrize("text", [HOW_MUCH, "hello", "topics", "", "   ", "?!", "\U0001f642"])
async def test_answers_and_messages_with_nothing_to_read_are_not_noted(text: str, store: Recording) -> None:
    assert await missed(text, store) is None


async def test_what_somebody_missed_in_an_answer_is_noted_beside_the_question(store: Recording) -> None:
    conversations = Conversations(guided, store)
    await conversations.comment("brewing", "a-ref", "how hot?", ANNA)
    await conversations.comment("brewing", "b-ref", "  \n", ANNA)
    await Conversations(guided, store, keep_missed=False).comment("brewing", "c-ref", "how hot?", ANNA)

    assert [*store.questions.values()] == [Missed("a-ref~", "slack", "how hot?", "unhelpful", ("brewing",), "slack/T1")]


async def guide_through(conversations: Conversations, person: Person, *options: str) -> Reply:
    shown = reply(await conversations.recommend("", person, "C1"))
    for option in options:
        assert isinstance(shown, replies.GuideQuestion)
        choice = actions.GuideChoose(shown.token, shown.question, option)
        shown = reply(await conversations.do(choice, person, "C1"))
    return shown


async def test_the_guide_goes_on_with_what_its_owner_types(conversations: Conversations, store: Recording) -> None:
    begun = await guide_through(conversations, ANNA)
    from_anna = reply(await conversations.ask(Message(ANNA, "C1", "<@UBOT> past midnight")))

    assert isinstance(begun, replies.GuideQuestion)
    assert isinstance(from_anna, replies.GuideQuestion)
    assert [given.option for given in from_anna.given] == ["night"]
    assert store.tallies[UsageCount("slack", "guide-question", "hour")] == 1


async def test_the_guide_does_not_go_on_with_what_others_type(conversations: Conversations) -> None:
    await guide_through(conversations, ANNA)
    from_ben = reply(await conversations.ask(Message(BEN, "C1", "past midnight")))

    assert not isinstance(from_ben, replies.GuideQuestion | replies.Recommendation)


async def test_a_result_is_remembered_for_its_owner(conversations: Conversations, store: Recording) -> None:
    shown = await guide_through(conversations, ANNA, "morning")
    last = await conversations.last_result(ANNA)

    assert isinstance(shown, replies.Recommendation)
    assert last is not None
    assert (last.result, last.given) == ("coffee", shown.given)
    assert f"slack/T1/result/{Pseudonyms().of(ANNA)}" in store.contexts
    assert await conversations.last_result(BEN) is None
    assert store.tallies[UsageCount("slack", "recommendation", "coffee")] == 1


async def test_no_result_is_remembered_where_the_store_or_the_guide_is_away(lost: Conversations) -> None:
    assert await lost.last_result(ANNA) is None
    assert isinstance(await guide_through(lost, ANNA, "morning"), replies.Recommendation)


async def test_a_result_code_opens_the_result_for_whoever_has_it(conversations: Conversations) -> None:
    shown = await guide_through(conversations, ANNA, "morning")
    assert isinstance(shown, replies.Recommendation)
    opened = reply(await conversations.reopen(f"  `{shown.code}` ", BEN, "C2"))
    damaged = await conversations.reopen("no code at all", BEN)

    assert isinstance(opened, replies.Recommendation)
    assert opened.given == shown.given
    assert notice(damaged)[0] is NoticeKind.STALE


async def test_a_decision_record_bears_the_day(conversations: Conversations) -> None:
    shown = await guide_through(conversations, ANNA, "morning")
    assert isinstance(shown, replies.Recommendation)
    before = datetime.now(UTC).date()
    saved = reply(await conversations.do(actions.SaveRecord(shown.token), ANNA))
    days = {before.isoformat(), datetime.now(UTC).date().isoformat()}

    assert isinstance(saved, replies.DecisionRecord)
    assert any(f"- Date: {day}" in saved.markdown for day in days)


async def test_what_admins_choose_is_kept_for_their_workspace_and_logged_without_a_name(
    conversations: Conversations, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = WorkspaceSettings(("C1", "C2"), "C3", threads=True)
    with caplog.at_level("INFO"):
        kept = await conversations.change_workspace_settings(ANNA, chosen)
    (record,) = caplog.records

    assert kept
    assert (record.getMessage(), record.__dict__["by"]) == ("Workspace settings changed", Pseudonyms().of(ANNA))
    logged = [record.__dict__[name] for name in ("channels", "help_channel", "threads")]
    assert logged == [2, True, True]
    assert await conversations.workspace_settings(BEN) == chosen
    assert await conversations.workspace_settings(CARA) == WorkspaceSettings()
    await conversations.forget_workspace(BEN)
    assert await conversations.workspace_settings(ANNA) == WorkspaceSettings()


async def test_while_the_store_is_away_the_defaults_hold_and_nothing_is_said_to_be_kept(
    lost: Conversations, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        kept = await lost.change_workspace_settings(ANNA, WorkspaceSettings(("C1",)))
    await lost.forget_workspace(ANNA)
    await lost.comment("brewing", "a-ref", "how hot?", ANNA)
    await lost.answered("C1/1.0", "slack")

    assert not kept
    assert caplog.records == []
    assert await lost.workspace_settings(ANNA) == WorkspaceSettings()


async def test_what_the_store_does_not_do_is_told_by_platform() -> None:
    watching = Watching()
    lost = Conversations(guided, Away(), observer=watching)  # type: ignore[arg-type]  # away in every method
    asked = await lost.ask(Message(ALONE, "C1", HOW_MUCH, event="C1/1"))

    assert isinstance(reply(asked), replies.Answer)
    assert watching.seen == [("discord", "Answer")]
    assert watching.failures == [("discord", "claim"), *[("discord", "store")] * 3]
