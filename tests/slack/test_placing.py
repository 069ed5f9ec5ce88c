"""Where a reply goes, for every button on every surface."""

from __future__ import annotations

import pytest

from adapters.conversations.identity import Person
from adapters.conversations.service import Delivery
from adapters.slack.origins import Place
from adapters.slack.render.context import Frame, Surface
from adapters.slack.reply_targets import Target, conversation, frame, target
from bot.actions import (
    GuideAnswers,
    GuideChoose,
    NoneOfThese,
    OpenGuide,
    Press,
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
        (ShowTopic("orm"), C, Target.NEW),
        (ShowTopic("orm", "a-ref"), C, Target.IN_PLACE),
        (ShowSide("orm", "django"), C, Target.IN_PLACE),
        (NoneOfThese("a-ref"), D, Target.IN_PLACE),
        (ShowArea("x"), P, Target.IN_PLACE),
        (ShowHelp(), C, Target.ASIDE),
        (SaveRecord("t"), C, Target.ASIDE),
        (ShareTopic("orm"), P, Target.SHARED),
        (OpenGuide(), C, Target.ASIDE),
        (OpenGuide(), D, Target.NEW),
        (OpenGuide(), P, Target.NEW),
        (GuideChoose("t", "kind", "api"), P, Target.IN_PLACE),
        (GuideAnswers("t"), C, Target.IN_PLACE),
    ],
)
def test_replies_to_buttons(press: Press, surface: Surface, where: Target) -> None:
    assert target(encode(press), REPLY, surface) is where


def test_notices_are_for_one_person() -> None:
    assert target("", Notice(NoticeKind.BUSY, "x"), C) is Target.ASIDE
    assert target(encode(ShowTopic("x")), Notice(NoticeKind.STALE, "x"), C) is Target.ASIDE
    assert target("d:AAAAAAAA", Notice(NoticeKind.DELETED, ""), C) is Target.GONE


def test_replies_to_messages_are_new() -> None:
    assert target("", REPLY, C) is Target.NEW


def test_a_guide_that_leaves_a_channel_is_not_part_of_its_thread() -> None:
    channel, direct = Place(WHO, C, "C1:1.1"), Place(WHO, D, "D1")

    assert conversation(encode(OpenGuide()), channel) == ""
    assert conversation(encode(OpenGuide()), direct) == "D1"
    assert conversation(encode(ShowTopic("orm")), channel) == "C1:1.1"


def test_what_is_shared_names_who_wanted_it() -> None:
    delivery = Delivery(REPLY, "a-ref", "owner")

    assert frame(delivery, Target.SHARED, Place(WHO, P)) == Frame(C, "a-ref", "owner", "U1")
    assert frame(delivery, Target.ASIDE, Place(WHO, C)) == Frame(P, "a-ref", "owner")
    assert frame(delivery, Target.NEW, Place(WHO, D)) == Frame(D, "a-ref", "owner")
