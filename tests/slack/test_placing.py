"""Where a reply goes, for every button on every surface."""

from __future__ import annotations

import pytest

from adapters.conversations.identity import Person
from adapters.conversations.service import Delivery
from adapters.slack.origins import Origin
from adapters.slack.render.context import RenderContext, Surface
from adapters.slack.reply_targets import ReplyTarget, conversation, frame, target
from bot.actions import (
    Action,
    GuideAnswers,
    GuideChoose,
    NoneOfThese,
    OpenGuide,
    SaveRecord,
    ShareTopic,
    ShowArea,
    ShowHelp,
    ShowSide,
    ShowTopic,
    encode,
)
from bot.replies import Help, Notice, NoticeKind

REPLY = Help("text", (), offers_guide=False)
WHO = Person("slack", "T1", "U1")
C, D, P = Surface.CHANNEL, Surface.DIRECT, Surface.PRIVATE


@pytest.mark.parametrize(
    ("press", "surface", "where"),
    [
        (ShowTopic("orm"), C, ReplyTarget.NEW),
        (ShowTopic("orm", "a-ref"), C, ReplyTarget.IN_PLACE),
        (ShowSide("orm", "django"), C, ReplyTarget.IN_PLACE),
        (NoneOfThese("a-ref"), D, ReplyTarget.IN_PLACE),
        (ShowArea("x"), P, ReplyTarget.IN_PLACE),
        (ShowHelp(), C, ReplyTarget.ASIDE),
        (SaveRecord("t"), C, ReplyTarget.ASIDE),
        (ShareTopic("orm"), P, ReplyTarget.SHARED),
        (OpenGuide(), C, ReplyTarget.ASIDE),
        (OpenGuide(), D, ReplyTarget.NEW),
        (OpenGuide(), P, ReplyTarget.NEW),
        (GuideChoose("t", "kind", "api"), P, ReplyTarget.IN_PLACE),
        (GuideAnswers("t"), C, ReplyTarget.IN_PLACE),
    ],
)
def test_replies_to_buttons(press: Action, surface: Surface, where: ReplyTarget) -> None:
    assert target(encode(press), REPLY, surface) is where


def test_notices_are_for_one_person() -> None:
    assert target("", Notice(NoticeKind.BUSY, "x"), C) is ReplyTarget.ASIDE
    assert target(encode(ShowTopic("x")), Notice(NoticeKind.STALE, "x"), C) is ReplyTarget.ASIDE
    assert target("d:AAAAAAAA", Notice(NoticeKind.DELETED, ""), C) is ReplyTarget.GONE


def test_replies_to_messages_are_new() -> None:
    assert target("", REPLY, C) is ReplyTarget.NEW


def test_a_guide_that_leaves_a_channel_is_not_part_of_its_thread() -> None:
    channel, direct = Origin(WHO, C, "C1:1.1"), Origin(WHO, D, "D1")

    assert conversation(encode(OpenGuide()), channel) == ""
    assert conversation(encode(OpenGuide()), direct) == "D1"
    assert conversation(encode(ShowTopic("orm")), channel) == "C1:1.1"


def test_what_is_shared_names_who_wanted_it() -> None:
    delivery = Delivery(REPLY, "a-ref", "owner")

    assert frame(delivery, ReplyTarget.SHARED, Origin(WHO, P)) == RenderContext(C, "a-ref", "owner", "U1")
    assert frame(delivery, ReplyTarget.ASIDE, Origin(WHO, C)) == RenderContext(P, "a-ref", "owner")
    assert frame(delivery, ReplyTarget.NEW, Origin(WHO, D)) == RenderContext(D, "a-ref", "owner")
