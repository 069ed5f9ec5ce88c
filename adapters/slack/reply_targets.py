"""Where a reply goes, given what was asked for and where."""

from __future__ import annotations

from enum import StrEnum

from adapters.conversations.service import Delivery
from adapters.slack.origins import Place
from adapters.slack.render.context import Frame, Surface
from bot import actions
from bot.actions import Press, StalePressError, decode
from bot.replies import Notice, NoticeKind, Reply


class Target(StrEnum):
    """What a reply does to the place it answers in."""

    NEW = "new"
    """Another message for the same readers; in a modal, the next page."""
    IN_PLACE = "in-place"
    """Instead of the message or view that held the button."""
    ASIDE = "aside"
    """For the person who pressed alone."""
    SHARED = "shared"
    """For everybody in the channel, saying who wanted it."""
    GONE = "gone"
    """The message with the button is taken away."""


def target(text: str, reply: Reply, surface: Surface) -> Target:
    """Return where a reply goes. `text` is what the pressed button said; empty for a message or a command."""
    if isinstance(reply, Notice):
        return Target.GONE if reply.kind is NoticeKind.DELETED else Target.ASIDE
    return _for_press(_decoded(text), surface) if text else Target.NEW


def conversation(text: str, place: Place) -> str:
    """Return the conversation that a press goes on with; none for a guide that leaves a channel to be private."""
    private = place.surface is Surface.CHANNEL and isinstance(_decoded(text), actions.OpenGuide)
    return "" if private else place.conversation


def frame(delivery: Delivery, where: Target, place: Place) -> Frame:
    """Return what surrounds a reply that goes to `where` from `place`."""
    surface, sharer = place.surface, ""
    if where is Target.SHARED:
        surface, sharer = Surface.CHANNEL, place.person.user
    elif where is Target.ASIDE:
        surface = Surface.PRIVATE
    return Frame(surface, delivery.ref, delivery.owner, sharer)


def _for_press(press: Press | None, surface: Surface) -> Target:
    match press:
        case actions.ShareTopic() | actions.ShareAnswers() | actions.ShareResult():
            return Target.SHARED
        case actions.OpenGuide():
            return Target.ASIDE if surface is Surface.CHANNEL else Target.NEW
        case actions.ShowTopic(ref=""):
            return Target.NEW
        case actions.SaveRecord() | actions.ShowHelp():
            return Target.ASIDE
        case _:
            return Target.IN_PLACE


def _decoded(text: str) -> Press | None:
    try:
        return decode(text)
    except StalePressError:
        return None
