"""Where a reply goes, given what was asked for and where."""

from __future__ import annotations

from enum import StrEnum

from adapters.conversations.service import Delivery
from adapters.slack.origins import Origin
from adapters.slack.render.context import RenderContext, Surface
from bot import actions
from bot.actions import Action, StaleActionError, decode
from bot.replies import Notice, NoticeKind, Reply


class ReplyTarget(StrEnum):
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


def target(text: str, reply: Reply, surface: Surface) -> ReplyTarget:
    """Return where a reply goes. `text` is what the pressed button said; empty for a message or a command."""
    if isinstance(reply, Notice):
        return ReplyTarget.GONE if reply.kind is NoticeKind.DELETED else ReplyTarget.ASIDE
    return _for_press(_decoded(text), surface) if text else ReplyTarget.NEW


def conversation(text: str, place: Origin) -> str:
    """Return the conversation that a press goes on with; none for a guide that leaves a channel to be private."""
    private = place.surface is Surface.CHANNEL and isinstance(_decoded(text), actions.OpenGuide)
    return "" if private else place.conversation


def frame(delivery: Delivery, where: ReplyTarget, place: Origin) -> RenderContext:
    """Return what surrounds a reply that goes to `where` from `place`."""
    surface, sharer = place.surface, ""
    if where is ReplyTarget.SHARED:
        surface, sharer = Surface.CHANNEL, place.person.user
    elif where is ReplyTarget.ASIDE:
        surface = Surface.PRIVATE
    return RenderContext(surface, delivery.ref, delivery.owner, sharer)


def _for_press(press: Action | None, surface: Surface) -> ReplyTarget:
    match press:
        case actions.ShareTopic() | actions.ShareAnswers() | actions.ShareResult():
            return ReplyTarget.SHARED
        case actions.OpenGuide():
            return ReplyTarget.ASIDE if surface is Surface.CHANNEL else ReplyTarget.NEW
        case actions.ShowTopic(ref=""):
            return ReplyTarget.NEW
        case actions.SaveRecord() | actions.ShowHelp():
            return ReplyTarget.ASIDE
        case _:
            return ReplyTarget.IN_PLACE


def _decoded(text: str) -> Action | None:
    try:
        return decode(text)
    except StaleActionError:
        return None
