"""What happens around a question: answered once, limited, remembered, noted; also while the store is away."""

from __future__ import annotations

import pytest

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.identity import Message, Person, Pseudonyms
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.ports import Feedback, Missed, UsageCount
from adapters.conversations.service import Conversations
from bot import actions, replies
from bot.advisor import Advisor
from bot.context import Context
from bot.replies import NoticeKind
from tests.conversations.recording import ANNA, BEN, Away, Watching
from tests.trained import TEA, trained_advisor


def tea() -> Advisor:
    return trained_advisor(TEA)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def conversations(store: MemoryStore) -> Conversations:
    return Conversations(tea, store)


async def test_a_message_is_answered_once_however_often_it_is_delivered(conversations: Conversations) -> None:
    message = Message(ANNA, "C1/1", "how much caffeine is in tea", event="C1/1.0")

    first, again = await conversations.ask(message), await conversations.ask(message)

    assert first is not None
    assert isinstance(first.reply, replies.Answer)
    assert again is None


async def test_a_follow_up_in_the_same_conversation_is_understood_and_in_another_is_not(
    conversations: Conversations,
) -> None:
    await conversations.ask(Message(ANNA, "C1/1", "how much caffeine is in tea"))
    here = await conversations.ask(Message(BEN, "C1/1", "and coffee?"))
    elsewhere = await conversations.ask(Message(ANNA, "C1/2", "and coffee?"))

    assert here is not None
    assert isinstance(here.reply, replies.Answer)
    assert here.reply.topic == "caffeine"
    assert elsewhere is not None
    assert not (isinstance(elsewhere.reply, replies.Answer) and elsewhere.reply.topic == "caffeine")


async def test_nothing_is_remembered_where_there_is_no_conversation(
    conversations: Conversations, store: MemoryStore
) -> None:
    await conversations.ask(Message(ANNA, "", "how much caffeine is in tea"))

    assert not store.contexts


async def test_too_many_questions_get_a_friendly_word_and_others_are_not_affected(store: MemoryStore) -> None:
    conversations = Conversations(tea, store, limit=RateLimit(burst=1, per_minute=1, clock=lambda: 0.0))
    await conversations.ask(Message(ANNA, "", "hello"))
    anna = await conversations.ask(Message(ANNA, "", "hello"))
    ben = await conversations.ask(Message(BEN, "", "hello"))

    assert anna is not None
    assert isinstance(anna.reply, replies.Notice)
    assert anna.reply.kind is NoticeKind.BUSY
    assert ben is not None
    assert isinstance(ben.reply, replies.Answer)


async def test_a_missed_question_is_noted_without_addresses_and_without_the_person(
    conversations: Conversations, store: MemoryStore
) -> None:
    delivery = await conversations.ask(Message(ANNA, "", "may penguins at zoo@example.com ski?"))

    assert delivery is not None
    [missed] = store.questions.values()
    assert (missed.ref, missed.platform, missed.text) == (delivery.ref, "slack", "may penguins at [address] ski?")
    assert "U1" not in repr(missed)


async def test_missed_questions_are_not_kept_where_that_is_switched_off(store: MemoryStore) -> None:
    conversations = Conversations(tea, store, keep_missed=False)
    await conversations.ask(Message(ANNA, "", "may penguins ski?"))

    assert not store.questions


async def test_the_suggestion_that_was_meant_and_none_of_these_are_noted(
    conversations: Conversations, store: MemoryStore
) -> None:
    await conversations.do(actions.ShowTopic("caffeine", "ref1"), ANNA)
    delivery = await conversations.do(actions.NoneOfThese("ref2"), ANNA)

    assert dict(store.choices) == {"ref1": "caffeine", "ref2": None}
    assert isinstance(delivery.reply, replies.NotKnown)


async def test_feedback_is_kept_and_the_second_word_replaces_the_first(
    conversations: Conversations, store: MemoryStore
) -> None:
    await conversations.do(actions.Rate("caffeine", "yes", "ref"), ANNA)
    delivery = await conversations.do(actions.Rate("caffeine", "no", "ref"), ANNA)

    mark = Pseudonyms().of(ANNA)
    assert list(store.words.values()) == [
        Feedback("ref", "slack", "caffeine", helpful=False, mark=mark, workspace="slack/T1")
    ]
    assert isinstance(delivery.reply, replies.Notice)
    assert delivery.reply.kind is NoticeKind.THANKS


async def test_forget_me_removes_contexts_and_feedback_of_that_person_only(
    conversations: Conversations, store: MemoryStore
) -> None:
    for person, thread in ((ANNA, "C1/1"), (BEN, "C1/2")):
        await conversations.ask(Message(person, thread, "how much caffeine is in tea"))
        await conversations.do(actions.Rate("caffeine", "yes", "ref"), person)
    await conversations.do(actions.ForgetMe(), ANNA)

    assert list(store.contexts) == ["slack/T1/C1/2"]
    assert [word.mark for word in store.words.values()] == [Pseudonyms().of(BEN)]


async def test_a_delete_button_works_for_the_asker_only(conversations: Conversations) -> None:
    asked = await conversations.ask(Message(ANNA, "", "hello"))
    assert asked is not None

    mine = (await conversations.do(actions.Delete(asked.owner), ANNA)).reply
    theirs = (await conversations.do(actions.Delete(asked.owner), BEN)).reply

    assert isinstance(mine, replies.Notice)
    assert isinstance(theirs, replies.Notice)
    assert (mine.kind, theirs.kind) == (NoticeKind.DELETED, NoticeKind.NOT_YOURS)


async def test_a_damaged_button_gets_a_plain_explanation(conversations: Conversations) -> None:
    reply = (await conversations.press("zz:nonsense", ANNA)).reply

    assert isinstance(reply, replies.Notice)
    assert reply.kind is NoticeKind.STALE


async def test_questions_are_answered_while_the_store_is_away_and_somebody_is_told() -> None:
    watching = Watching()
    conversations = Conversations(tea, Away(), observer=watching)  # type: ignore[arg-type]  # away in every method
    asked = await conversations.ask(Message(ANNA, "C1/1", "how much caffeine is in tea", event="C1/1"))
    pressed = await conversations.press("r:caffeine:yes:ref", ANNA)

    assert asked is not None
    assert isinstance(asked.reply, replies.Answer)
    assert isinstance(pressed.reply, replies.Notice)
    assert watching.seen == [("slack", "Answer"), ("slack", "Notice")]
    assert watching.failures[0] == ("slack", "claim")  # answered without one, and so perhaps twice
    assert set(watching.failures[1:]) == {("slack", "store")}


async def test_forget_me_says_so_when_it_could_not_forget() -> None:
    conversations = Conversations(tea, Away())  # type: ignore[arg-type]  # away in every method
    reply = (await conversations.do(actions.ForgetMe(), ANNA)).reply

    assert isinstance(reply, replies.Notice)
    assert "could not remove" in reply.text


async def test_what_happens_is_counted_by_kind_and_topic(conversations: Conversations, store: MemoryStore) -> None:
    await conversations.ask(Message(ANNA, "", "how much caffeine is in tea"))
    await conversations.ask(Message(BEN, "", "and how much caffeine is in coffee"))

    assert store.tallies == {UsageCount("slack", "answer", "caffeine"): 2}


async def test_the_memory_store_keeps_the_newest_and_stays_bounded(store: MemoryStore) -> None:
    for number in range(10_050):
        await store.claim(str(number))
        await store.save(str(number), Context(topic="caffeine"), "mark")
        await store.missed(Missed(str(number), "slack", "text", "unknown", ()))

    assert (len(store.claimed), len(store.contexts), len(store.questions)) == (10_000, 10_000, 10_000)
    assert not await store.claim("10049")
    assert await store.load("0") is None


def test_a_mark_says_nothing_without_the_key_and_is_the_same_with_it() -> None:
    assert Pseudonyms(b"key").of(ANNA) == Pseudonyms(b"key").of(ANNA)
    assert Pseudonyms(b"key").of(ANNA) != Pseudonyms(b"other").of(ANNA)
    assert Pseudonyms().of(ANNA) != Pseudonyms().of(BEN)
    assert len(Pseudonyms().of(ANNA)) == 8


def test_one_discord_user_is_one_person_in_every_server_and_slack_users_are_not() -> None:
    pseudonyms = Pseudonyms(global_platforms=["discord"])

    assert pseudonyms.of(Person("discord", "1", "7")) == pseudonyms.of(Person("discord", "2", "7"))
    assert pseudonyms.of(Person("slack", "T1", "U1")) != pseudonyms.of(Person("slack", "T2", "U1"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [("topics", replies.TopicList), ("<@UBOT> Help", replies.Help), ("privacy", replies.Notice)],
)
async def test_a_command_can_be_said_alone_and_is_no_question(
    conversations: Conversations, text: str, kind: type
) -> None:
    delivery = await conversations.ask(Message(ANNA, "C1/1", text))

    assert delivery is not None
    assert isinstance(delivery.reply, kind)
