"""Where the reply to a press appears."""

from __future__ import annotations

from enum import Enum, auto
from typing import get_args

import discord

from adapters.discord.origins import asker
from bot import actions


class ReplyTarget(Enum):
    """Where a reply appears."""

    HERE = auto()
    """In place of the message with the button."""
    BELOW = auto()
    """As a new message for whoever pressed."""
    OPEN = auto()
    """As a new message for everybody."""
    NOWHERE = auto()
    """The message goes away."""


_HERE = (actions.ShowSide, actions.NoneOfThese, actions.ShowArea)
_GUIDE = tuple(kind for kind in get_args(actions.GuideAction) if kind is not actions.SaveRecord)


def place(text: str, message: discord.Message | None, mark: str) -> ReplyTarget:
    """Return where the reply to a press on this message belongs, for the person with this mark.

    Guides are for their owner, which the core sees to. Everything else in a channel changes in place for whoever asked;
    others get a message of their own.
    """
    try:
        press = actions.decode(text)
    except actions.StaleActionError:
        return ReplyTarget.BELOW
    match press:
        case actions.ShareTopic() | actions.ShareAnswers() | actions.ShareResult():
            return ReplyTarget.OPEN
        case actions.Delete():
            return ReplyTarget.NOWHERE
        case _ if isinstance(press, _GUIDE):
            return ReplyTarget.HERE
        case _ if isinstance(press, _HERE) or (isinstance(press, actions.ShowTopic) and press.ref):
            return ReplyTarget.HERE if message and _own(message, mark) else ReplyTarget.BELOW
        case _:
            return ReplyTarget.BELOW


def _own(message: discord.Message, mark: str) -> bool:
    return message.flags.ephemeral or asker(message) in ("", mark)


def may_speak(interaction: discord.Interaction) -> bool:
    """Return whether Discord will let everybody see an answer: not where people may not bring their own apps."""
    if interaction.guild_id is None or interaction.is_guild_integration():
        return True
    return interaction.permissions.use_external_apps
