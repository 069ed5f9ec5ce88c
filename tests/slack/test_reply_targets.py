"""Where a reply goes, for every button on every surface."""

from __future__ import annotations

import pytest

from adapters.conversations.identity import Person
from adapters.slack.origins import Origin
from adapters.slack.render.buttons import Surface
from adapters.slack.sending import ReplyTarget, target
from bot.action_codec import encode
from bot.actions import (
    Action,
    GuideChoose,
    NoneOfThese,
    OpenGuide,
    SaveRecord,
    ShareTopic,
    ShowArea,
    ShowCode,
    ShowHelp,
    ShowMore,
    ShowSide,
    ShowTopic,
)
from bot.replies import GuideReview, Help, Notice, NoticeKind

REPLY = Help("text", (), offers_guide=False)
GUIDE = GuideReview("token", ())
WHO = Person("slack", "T1", "U1")
C, D, P, M = Surface.CHANNEL, Surface.DIRECT, Surface.PRIVATE, Surface.MODAL


@pytest.mark.parametrize(
    ("action", "surface", "where"),
    [
        (ShowTopic("orm"), C, ReplyTarget.NEW),
        (ShowTopic("orm", "a-ref"), C, ReplyTarget.IN_PLACE),
        (ShowSide("orm", "django"), C, ReplyTarget.IN_PLACE),
        (ShowMore("orm"), C, ReplyTarget.ASIDE),
        (ShowMore("orm"), M, ReplyTarget.NEW),
        (ShowCode("orm"), C, ReplyTarget.ASIDE),
        (ShowCode("orm"), D, ReplyTarget.NEW),
        (ShowCode("orm"), M, ReplyTarget.NEW),
        (NoneOfThese("a-ref"), D, ReplyTarget.IN_PLACE),
        (ShowArea("x"), P, ReplyTarget.IN_PLACE),
        (ShowHelp(), C, ReplyTarget.ASIDE),
        (SaveRecord("t"), D, ReplyTarget.ASIDE),
        (ShareTopic("orm"), P, ReplyTarget.SHARED),
        (OpenGuide(), D, ReplyTarget.NEW),
        (OpenGuide(), P, ReplyTarget.NEW),
        (GuideChoose("t", "kind", "api"), P, ReplyTarget.IN_PLACE),
    ],
)
def test_replies_to_buttons(action: Action, surface: Surface, where: ReplyTarget) -> None:
    assert target(encode(action), REPLY, Origin(WHO, surface)) is where


def test_notices_are_for_one_person() -> None:
    channel = Origin(WHO, C)

    assert target("", Notice(NoticeKind.BUSY, "x"), channel) is ReplyTarget.ASIDE
    assert target(encode(ShowTopic("x")), Notice(NoticeKind.STALE, "x"), channel) is ReplyTarget.ASIDE
    assert target("d:AAAAAAAA", Notice(NoticeKind.DELETED, ""), channel) is ReplyTarget.GONE


def test_replies_to_messages_are_new() -> None:
    assert target("", REPLY, Origin(WHO, C)) is ReplyTarget.NEW


def test_in_a_channel_the_guide_is_for_one_person() -> None:
    assert target("", GUIDE, Origin(WHO, C)) is ReplyTarget.ASIDE
    assert target(encode(OpenGuide()), GUIDE, Origin(WHO, C)) is ReplyTarget.ASIDE
    assert target("", GUIDE, Origin(WHO, D)) is ReplyTarget.NEW


@pytest.mark.parametrize(
    "action", [ShowTopic("orm"), ShowTopic("orm", "a-ref"), ShowSide("orm", "x"), ShowCode("orm"), ShowArea()]
)
def test_what_a_stranger_presses_is_answered_to_them_alone(action: Action) -> None:
    assert target(encode(action), REPLY, Origin(WHO, C, stranger=True)) is ReplyTarget.ASIDE
