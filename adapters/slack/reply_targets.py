"""Where a reply goes, given what was asked for and where."""

from __future__ import annotations

from enum import StrEnum

from adapters.slack.origins import Origin
from adapters.slack.render.context import Surface, read_value
from bot import actions, replies
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


SHARES = (actions.ShareTopic, actions.ShareAnswers, actions.ShareResult)
GUIDE = replies.GuideQuestion | replies.GuideReview | replies.Recommendation | replies.DecisionRecord


def target(value: str, reply: Reply, origin: Origin) -> ReplyTarget:
    """Return where a reply goes. `value` is what the pressed button said; empty for a message or a command.

    In a channel the guide is for the person who goes through it, and a stranger changes nothing.
    """
    action = decoded(value)
    if isinstance(reply, Notice):
        return ReplyTarget.GONE if reply.kind is NoticeKind.DELETED and not origin.stranger else ReplyTarget.ASIDE
    if isinstance(action, SHARES):
        return ReplyTarget.SHARED
    if origin.surface is Surface.CHANNEL and (origin.stranger or isinstance(reply, GUIDE)):
        return ReplyTarget.ASIDE
    return _of_action(action, origin.surface) if value else ReplyTarget.NEW


def decoded(value: str) -> Action | None:
    """Return the action of a button's value; None for a question, and for a button from another time."""
    try:
        return decode(read_value(value)[0])
    except StaleActionError:
        return None


def _of_action(action: Action | None, surface: Surface) -> ReplyTarget:
    match action:
        case actions.OpenGuide() | actions.ShowTopic(ref="") | None:
            return ReplyTarget.NEW
        case actions.ShowMore():
            return ReplyTarget.ASIDE if surface is Surface.CHANNEL else ReplyTarget.NEW
        case actions.SaveRecord() | actions.ShowHelp():
            return ReplyTarget.ASIDE
        case _:
            return ReplyTarget.IN_PLACE
