"""A short word to one person, and what the bot says of itself."""

from __future__ import annotations

from typing import assert_never

import discord

from adapters.conversations.texts import WHAT_CAN_I_ASK
from adapters.discord.markup import prose
from adapters.discord.render import buttons
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import PREFIX, Accent, Box, Button, Line, Payload, button, message, rows
from bot import actions
from bot.replies import Notice, NoticeKind

PARAGRAPH = 3_500
FORGET = f"{PREFIX}forget"
"""The custom_id of the button that asks once more before anything is forgotten."""
CONFIRM = "I forget your conversations and your feedback, at once and for good. Shall I?"
_SILENT = "Done."


def notice(said: Notice, context: RenderContext) -> Payload:
    """Return a notice, with what can be done about it."""
    return message([_box(prose(said.text or _SILENT, PARAGRAPH))], rows(_ways(said.kind)), note=context.note)


def plain(words: str, *more: Button) -> Payload:
    """Return words alone, or with buttons; the words may hold Markdown."""
    return message([_box(words)], rows(more))


def confirmation() -> Payload:
    """Return the question before everything about a person is forgotten."""
    return plain(CONFIRM, button("Yes, forget me", actions.ForgetMe(), discord.ButtonStyle.danger, "🧹"))


def _box(written: str) -> Box:
    return Box([[Line(written)]], Accent.QUIET)


def _ways(kind: NoticeKind) -> list[Button]:
    match kind:
        case NoticeKind.PRIVACY:
            asking = button("Forget me", actions.ForgetMe(), emoji="🧹")
            asking.custom_id = FORGET
            return [asking]
        case NoticeKind.NOT_YOURS:
            return [buttons.choosing()]
        case NoticeKind.STALE | NoticeKind.NO_GUIDE:
            return [button(WHAT_CAN_I_ASK, actions.ShowHelp()), buttons.browsing()]
        case (
            NoticeKind.BUSY
            | NoticeKind.FAILED
            | NoticeKind.THANKS
            | NoticeKind.FORGOTTEN
            | NoticeKind.DELETED
            | NoticeKind.LEFT
            | NoticeKind.INFO
        ):
            return []
    assert_never(kind)
