"""Who owns a public message, how much may be asked, and what the admins of a workspace have chosen."""

from __future__ import annotations

import pytest

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.identity import Message, Person, may_change, owner_of
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.ports import WorkspaceSettings
from adapters.conversations.service import Conversations
from adapters.conversations.texts import without_mention
from bot import actions, replies
from bot.advisor import Advisor
from bot.replies import Notice, NoticeKind
from tests.trained import SHIPPED, TEA, trained_advisor

ANNA = Person("slack", "T1", "U1")
BEN = Person("slack", "T1", "U2")
CARA = Person("slack", "T2", "U1")


def guiding() -> Advisor:
    """Return an advisor that has a guide."""
    return trained_advisor(SHIPPED)


def tea() -> Advisor:
    return trained_advisor(TEA)


@pytest.mark.parametrize(
    ("values", "owner"),
    [
        (["t:brewing", "d:AAAAAAAA"], "AAAAAAAA"),
        (["d:AAAAAAAA", "d:BBBBBBBB"], "AAAAAAAA"),
        (["t:brewing", "nonsense", ""], ""),
        ([], ""),
    ],
)
def test_the_owner_of_a_message_stands_in_its_delete_button(values: list[str], owner: str) -> None:
    assert owner_of(values) == owner


@pytest.mark.parametrize(
    ("values", "pseudonym", "may"),
    [(["d:AAAAAAAA"], "AAAAAAAA", True), (["d:AAAAAAAA"], "BBBBBBBB", False), ([], "AAAAAAAA", False), ([], "", False)],
)
def test_only_its_owner_may_change_a_public_message(values: list[str], pseudonym: str, may: bool) -> None:
    assert may_change(values, pseudonym) is may


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("<@UBOT> 3", "3"),
        ("  <@!42>, not sure", "not sure"),
        ("not sure <@UBOT>", "not sure"),
        ("ask <@U2> too", "ask <@U2> too"),
        ("plain", "plain"),
    ],
)
def test_a_mention_around_a_message_only_calls_the_advisor(text: str, rest: str) -> None:
    assert without_mention(text) == rest


async def test_a_typed_answer_after_a_mention_goes_on_with_the_guide() -> None:
    conversations = Conversations(guiding)
    begun = (await conversations.recommend("", ANNA, "C1/1")).reply
    assert isinstance(begun, replies.GuideQuestion)
    answered = await conversations.ask(Message(ANNA, "C1/1", f"<@UBOT> {begun.choices[0].label}"))

    assert answered is not None
    assert isinstance(answered.reply, replies.GuideQuestion | replies.Recommendation)


async def test_questions_are_limited_and_buttons_are_not() -> None:
    conversations = Conversations(guiding, limit=RateLimit(burst=1, per_minute=1, clock=lambda: 0.0))
    await conversations.ask(Message(ANNA, "", "how much caffeine is in tea"))
    refused = await conversations.recommend("", ANNA)
    pressed = [await conversations.do(action, ANNA) for action in (actions.OpenGuide(), actions.ForgetMe())]

    assert isinstance(refused.reply, Notice)
    assert refused.reply.kind is NoticeKind.BUSY
    assert isinstance(pressed[0].reply, replies.GuideQuestion)
    assert isinstance(pressed[1].reply, Notice)
    assert pressed[1].reply.kind is NoticeKind.FORGOTTEN


async def test_the_people_of_one_workspace_share_a_limit() -> None:
    conversations = Conversations(tea, workspace_limit=RateLimit(burst=1, per_minute=1, clock=lambda: 0.0))
    said = [await conversations.ask(Message(who, "", "how much caffeine is in tea")) for who in (ANNA, BEN, CARA)]

    assert [type(delivery.reply).__name__ for delivery in said if delivery] == ["Answer", "Notice", "Answer"]


async def test_what_the_admins_of_a_workspace_choose_holds_there_until_it_is_forgotten() -> None:
    conversations = Conversations(tea, MemoryStore())
    chosen = WorkspaceSettings(("C1", "C2"), "C3")
    kept = await conversations.change_workspace_settings(ANNA, chosen)
    here, elsewhere = await conversations.workspace_settings(BEN), await conversations.workspace_settings(CARA)
    await conversations.forget_workspace(ANNA)

    assert kept
    assert (here, elsewhere) == (chosen, WorkspaceSettings())
    assert await conversations.workspace_settings(BEN) == WorkspaceSettings()


async def test_the_last_result_is_remembered_until_the_person_is_forgotten() -> None:
    conversations = Conversations(guiding, MemoryStore())
    reply = (await conversations.recommend("", ANNA)).reply
    while isinstance(reply, replies.GuideQuestion):
        choice = actions.GuideChoose(reply.token, reply.question, reply.choices[0].option)
        reply = (await conversations.do(choice, ANNA)).reply
    last, of_another = await conversations.last_result(ANNA), await conversations.last_result(BEN)
    await conversations.do(actions.ForgetMe(), ANNA)

    assert isinstance(reply, replies.Recommendation)
    assert last is not None
    assert last.headline == reply.headline
    assert of_another is None
    assert await conversations.last_result(ANNA) is None


async def test_what_somebody_missed_in_an_answer_is_noted_without_who() -> None:
    store = MemoryStore()
    await Conversations(tea, store).comment("brewing", "a-ref", "how hot? ask me at a@b.example", ANNA)
    (noted,) = store.questions.values()

    assert (noted.text, noted.outcome, noted.nearest) == ("how hot? ask me at [address]", "unhelpful", ("brewing",))
