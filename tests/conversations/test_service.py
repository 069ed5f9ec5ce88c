"""Every rule around a question: claims, limits, what is remembered and for whom, what is noted, counted and said."""

from __future__ import annotations

import time

import pytest

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.identity import Message, Pseudonyms
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.ports import Feedback, UsageCount
from adapters.conversations.service import Conversations
from bot import actions, replies
from bot.context import Context
from bot.replies import NoticeKind
from tests.conversations.recording import (
    ALONE,
    ANNA,
    BEN,
    CARA,
    HOW_MUCH,
    Recording,
    Watching,
    guided,
    notice,
    reply,
)

BUSY = "That is a lot of questions at once. Give me a minute, then ask again."
WORKSPACE_BUSY = "Everybody here has asked a lot in the last minute. Please try again in a moment."


def once(**limits: RateLimit) -> Conversations:
    return Conversations(guided, MemoryStore(), **limits)  # type: ignore[arg-type]  # only limits


def one_a_minute() -> RateLimit:
    return RateLimit(burst=1, per_minute=1, clock=lambda: 0.0)


async def test_only_a_message_that_may_come_twice_is_claimed(conversations: Conversations, store: Recording) -> None:
    for event in (None, None, "", "C1/1.0"):
        assert await conversations.ask(Message(ANNA, "", HOW_MUCH, event=event)) is not None

    assert await conversations.ask(Message(BEN, "", HOW_MUCH, event="C1/1.0")) is None
    assert list(store.claimed) == ["C1/1.0"]


async def test_an_event_is_new_once_and_always_while_the_store_is_away(
    conversations: Conversations, lost: Conversations
) -> None:
    assert [await conversations.first("press", "slack") for _ in range(2)] == [True, False]
    assert [await lost.first("press", "slack") for _ in range(2)] == [True, True]


async def test_what_is_answered_is_reported_to_the_store(conversations: Conversations, store: Recording) -> None:
    await conversations.answered("C1/1.0", "slack")

    assert store.done == ["C1/1.0"]


def test_a_person_may_ask_ten_questions_at_once_and_thirty_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    limit = Conversations(guided).limit
    at_once = [limit.allows("anna") for _ in range(11)]
    now[0] += 60
    a_minute_later = [limit.allows("anna") for _ in range(11)]
    now[0] += 2
    two_seconds_later = [limit.allows("anna") for _ in range(2)]

    assert (at_once, a_minute_later) == ([True] * 10 + [False], [True] * 10 + [False])
    assert two_seconds_later == [True, False]


def test_a_workspace_may_ask_three_hundred_questions_at_once_and_ten_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    limit = Conversations(guided).workspace_limit
    at_once = [limit.allows("T1") for _ in range(301)]
    now[0] += 1
    a_second_later = [limit.allows("T1") for _ in range(11)]

    assert (at_once, a_second_later) == ([True] * 300 + [False], [True] * 10 + [False])


async def test_whoever_asks_too_much_is_told_so_and_nothing_is_noted() -> None:
    store, watching = Recording(), Watching()
    conversations = Conversations(guided, store, limit=one_a_minute(), observer=watching)
    first = await conversations.ask(Message(ANNA, "C1", HOW_MUCH))
    again = await conversations.ask(Message(ANNA, "C1", "and coffee?"))

    assert isinstance(reply(first), replies.Answer)
    assert notice(again) == (NoticeKind.BUSY, BUSY)
    assert store.saved == ["slack/T1/C1"]
    assert store.tallies == {UsageCount("slack", "answer", "caffeine"): 1}
    assert watching.seen == [("slack", "Answer"), ("slack", "Notice")]


async def test_whatever_is_typed_counts_against_the_limit() -> None:
    for typed in (
        lambda said: said.ask(Message(ANNA, "", "topics")),
        lambda said: said.compare("", ANNA),
        lambda said: said.recommend("", ANNA),
        lambda said: said.reopen("code", ANNA),
    ):
        conversations = once(limit=one_a_minute())
        await typed(conversations)
        assert notice(await typed(conversations)) == (NoticeKind.BUSY, BUSY)


async def test_buttons_are_never_limited() -> None:
    nobody = RateLimit(burst=0, per_minute=0, clock=lambda: 0.0)
    conversations = once(limit=nobody, workspace_limit=nobody)
    pressed = [await conversations.press(text, ANNA) for text in ("t:caffeine", "r:caffeine:yes:ref", "f", "p", "g")]

    assert [type(reply(each)).__name__ for each in pressed] == ["Answer", "Notice", "Notice", "Notice", "GuideQuestion"]
    assert [notice(each)[0] for each in pressed[1:4]] == [
        NoticeKind.THANKS,
        NoticeKind.FORGOTTEN,
        NoticeKind.PRIVACY,
    ]


async def test_a_workspace_has_a_limit_and_people_outside_of_any_have_none() -> None:
    conversations = once(workspace_limit=one_a_minute())
    said = [await conversations.ask(Message(who, "", HOW_MUCH)) for who in (ANNA, BEN, CARA, ALONE, ALONE)]

    assert [type(reply(each)).__name__ for each in said] == ["Answer", "Notice", "Answer", "Answer", "Answer"]
    assert notice(said[1]) == (NoticeKind.BUSY, WORKSPACE_BUSY)


async def test_who_is_refused_does_not_use_up_what_the_workspace_may_ask() -> None:
    conversations = once(limit=one_a_minute(), workspace_limit=RateLimit(burst=2, per_minute=1, clock=lambda: 0.0))
    said = [await conversations.ask(Message(who, "", HOW_MUCH)) for who in (ANNA, ANNA, ANNA, BEN)]

    assert isinstance(reply(said[-1]), replies.Answer)


async def test_a_reply_names_its_turn_and_its_owner(conversations: Conversations) -> None:
    first = await conversations.ask(Message(ANNA, "", HOW_MUCH))
    pressed = await conversations.do(actions.ShowTopic("caffeine"), BEN)

    assert first is not None
    assert (first.owner, pressed.owner) == (Pseudonyms().of(ANNA), Pseudonyms().of(BEN))
    assert len(first.ref) == 8
    assert first.ref != pressed.ref


async def test_a_conversation_is_one_of_its_platform_and_workspace(
    conversations: Conversations, store: Recording
) -> None:
    await conversations.ask(Message(ANNA, "C1/1", HOW_MUCH))
    await conversations.ask(Message(CARA, "C1/1", "and coffee?"))

    assert store.contexts["slack/T1/C1/1"] == (
        Context(topic="caffeine", side="tea", told=("short",)),
        Pseudonyms().of(ANNA),
    )
    assert store.contexts["slack/T2/C1/1"][0].topic is None


async def test_what_changes_nothing_is_not_saved(conversations: Conversations, store: Recording) -> None:
    await conversations.ask(Message(ANNA, "C1", "hello"))
    await conversations.press("p", ANNA, "C1")
    await conversations.do(actions.ShowTopic("caffeine"), ANNA)

    assert store.saved == []


async def test_what_a_button_showed_is_what_the_next_message_is_about(
    conversations: Conversations, store: Recording
) -> None:
    await conversations.press("t:caffeine", ANNA, "C1")
    said = reply(await conversations.ask(Message(BEN, "C1", "and coffee?")))

    assert isinstance(said, replies.Answer)
    assert (said.topic, said.side) == ("caffeine", "coffee")
    assert store.saved == ["slack/T1/C1", "slack/T1/C1"]


async def test_a_command_keeps_what_the_conversation_is_about(conversations: Conversations, store: Recording) -> None:
    await conversations.ask(Message(ANNA, "C1", HOW_MUCH))
    listed = reply(await conversations.ask(Message(ANNA, "C1", "topics")))

    assert isinstance(listed, replies.TopicList)
    assert store.contexts["slack/T1/C1"][0].topic == "caffeine"


@pytest.mark.parametrize("text", ["privacy", "Forget me!", "<@UBOT> /privacy"])
async def test_privacy_says_what_the_operator_set_and_forgets_nothing(text: str, store: Recording) -> None:
    conversations = Conversations(guided, store, privacy="We keep the moon.")
    await conversations.ask(Message(ANNA, "C1", HOW_MUCH))

    assert notice(await conversations.ask(Message(ANNA, "", text))) == (NoticeKind.PRIVACY, "We keep the moon.")
    assert list(store.contexts) == ["slack/T1/C1"]


@pytest.mark.parametrize("before", [[], [HOW_MUCH]], ids=["with nothing stored", "with something stored"])
async def test_forget_me_is_done(before: list[str], conversations: Conversations, store: Recording) -> None:
    for text in before:
        await conversations.ask(Message(ANNA, "C1", text))
    done = await conversations.do(actions.ForgetMe(), ANNA)

    assert notice(done) == (
        NoticeKind.FORGOTTEN,
        "Done. I no longer keep anything about you: no conversation, no feedback.",
    )
    assert not store.contexts


async def test_forget_me_says_that_nothing_could_be_removed(lost: Conversations) -> None:
    assert notice(await lost.do(actions.ForgetMe(), ANNA)) == (
        NoticeKind.FORGOTTEN,
        "My memory is out of reach just now, so I could not remove anything. Please try again in a few minutes.",
    )


async def test_only_the_asker_deletes(conversations: Conversations) -> None:
    mine = Pseudonyms().of(ANNA)

    assert notice(await conversations.do(actions.Delete(mine), ANNA)) == (NoticeKind.DELETED, "")
    assert notice(await conversations.do(actions.Delete(mine), BEN)) == (
        NoticeKind.NOT_YOURS,
        "Only the person who asked can delete this.",
    )


@pytest.mark.parametrize(("verdict", "helpful"), [("yes", True), ("no", False)])
async def test_feedback_is_kept_as_it_was_given(
    verdict: str, helpful: bool, conversations: Conversations, store: Recording
) -> None:
    thanked = await conversations.press(f"r:brewing:{verdict}:a-ref", ANNA)

    assert notice(thanked) == (NoticeKind.THANKS, "Thank you, noted.")
    assert [*store.words.values()] == [
        Feedback("a-ref", "slack", "brewing", helpful, Pseudonyms().of(ANNA), "slack/T1")
    ]


async def test_a_topic_is_noted_as_meant_only_where_it_was_suggested(
    conversations: Conversations, store: Recording
) -> None:
    suggested = reply(await conversations.do(actions.ShowTopic("caffeine", "a-ref"), ANNA))
    linked = reply(await conversations.do(actions.ShowTopic("brewing"), ANNA))

    assert dict(store.choices) == {"a-ref": "caffeine"}
    assert isinstance(suggested, replies.Answer)
    assert isinstance(linked, replies.Answer)


async def test_to_turn_all_down_is_noted_and_answered_as_the_settings_say(store: Recording) -> None:
    said = {
        kept: reply(await Conversations(guided, store, keep_missed=kept).do(actions.NoneOfThese(f"ref-{kept}"), ANNA))
        for kept in (True, False)
    }

    assert dict(store.choices) == {"ref-True": None, "ref-False": None}
    assert said[False] == replies.NotKnown(replies.Unknown.NONE_OF_THESE, "Then I don't know. Other words may help.")
    assert isinstance(said[True], replies.NotKnown)
    assert said[True].reason is replies.Unknown.NONE_OF_THESE
    assert said[True] != said[False]


async def test_a_button_that_cannot_be_read_is_said_to_be_out_of_date(store: Recording) -> None:
    watching = Watching()
    pressed = await Conversations(guided, store, observer=watching).press("zz:nonsense", ANNA, "C1")

    assert notice(pressed) == (NoticeKind.STALE, "That button is out of date. Ask again, and you get a fresh one.")
    assert pressed.owner == Pseudonyms().of(ANNA)
    assert (store.tallies, store.saved, watching.seen) == ({}, [], [("slack", "Notice")])


async def test_presses_are_counted_like_questions(conversations: Conversations, store: Recording) -> None:
    await conversations.press("t:caffeine", ANNA)
    await conversations.press("p", ALONE)
    await conversations.compare("", ANNA)

    assert store.tallies == {
        UsageCount("slack", "answer", "caffeine"): 1,
        UsageCount("discord", "notice", "privacy"): 1,
        UsageCount("slack", "comparison", ""): 1,
    }


async def test_a_comparison_is_of_the_topic_that_is_named_or_of_all(conversations: Conversations) -> None:
    named, everything = [reply(await conversations.compare(text, ANNA)) for text in ("caffeine", "")]

    assert isinstance(named, replies.Answer)
    assert (named.topic, named.side) == ("caffeine", "both")
    assert isinstance(everything, replies.Comparison)
