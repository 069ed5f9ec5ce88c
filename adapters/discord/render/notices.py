"""A short word to one person."""

from __future__ import annotations

from typing import assert_never

from adapters.conversations.texts import WHAT_CAN_I_ASK
from adapters.discord.markup import prose
from adapters.discord.render import buttons
from adapters.discord.render.components import Component, Style, button, row
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Accent, Box, Line, Payload, message
from bot import actions
from bot.replies import Notice, NoticeKind

PARAGRAPH = 3_500
_SILENT = "Done."


def notice(said: Notice, _frame: RenderContext) -> Payload:
    """Return a notice, with what can be done about it."""
    return message([_box(said.text or _SILENT)], _ways(said.kind))


def plain(words: str) -> Payload:
    """Return words alone."""
    return message([_box(words)])


def _box(words: str) -> Box:
    return Box([[Line(prose(words, PARAGRAPH))]], Accent.QUIET)


def _ways(kind: NoticeKind) -> list[Component]:
    match kind:
        case NoticeKind.PRIVACY:
            return [row([button("Forget me", actions.ForgetMe(), Style.DANGER, "🧹")])]
        case NoticeKind.NOT_YOURS:
            return [row([buttons.choosing()])]
        case NoticeKind.STALE | NoticeKind.NO_GUIDE:
            return [row([button(WHAT_CAN_I_ASK, actions.ShowHelp()), buttons.browsing()])]
        case (
            NoticeKind.BUSY
            | NoticeKind.FAILED
            | NoticeKind.THANKS
            | NoticeKind.FORGOTTEN
            | NoticeKind.DELETED
            | NoticeKind.INFO
        ):
            return []
    assert_never(kind)
