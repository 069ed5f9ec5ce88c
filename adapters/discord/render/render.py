"""From any reply to a message, and a short word to one person."""

from __future__ import annotations

from typing import assert_never

import discord

from adapters.conversations.texts import WHAT_CAN_I_ASK
from adapters.discord.markup import prose
from adapters.discord.render import answers, buttons, guide
from adapters.discord.render.buttons import RenderContext
from adapters.discord.render.layout import PREFIX, Accent, Box, Button, Line, Payload, button, message, rows
from bot import actions, replies
from bot.replies import Notice, NoticeKind, Reply

NOTICE_TEXT = 3_500
FORGET = f"{PREFIX}forget"
"""The custom_id of the button that asks once more before anything is forgotten."""
CONFIRM = "I forget your conversations and your feedback, at once and for good. Shall I?"
_SILENT = "Done."


def render(reply: Reply, context: RenderContext) -> Payload:
    """Return what Discord shows for a reply; it keeps to every limit."""
    match reply:
        case replies.Answer():
            return answers.answer(reply, context)
        case replies.AnswerDetails(said):
            return answers.details(said, context)
        case replies.CodeComparison():
            return answers.code(reply, context)
        case replies.Answers():
            return answers.answers(reply, context)
        case replies.Suggestions():
            return answers.suggestions(reply, context)
        case replies.NotKnown():
            return answers.not_known(reply, context)
        case replies.Help():
            return answers.help_text(reply, context)
        case replies.Comparison():
            return answers.comparison(reply, context)
        case replies.TopicList():
            return answers.topics(reply, context)
        case replies.GuideQuestion():
            return guide.question(reply, context)
        case replies.GuideReview():
            return guide.review(reply, context)
        case replies.Interrupted(said, still_open):
            return guide.interrupted(render(said, context), still_open, context)
        case replies.Recommendation():
            return guide.recommendation(reply, context)
        case replies.TeamCard():
            return guide.card(reply, context)
        case replies.TeamVerdict():
            return guide.verdict(reply, context)
        case replies.DecisionRecord():
            return guide.record(reply, context)
        case replies.Notice():
            return notice(reply, context)
    assert_never(reply)


def notice(said: Notice, context: RenderContext) -> Payload:
    """Return a notice, with what can be done about it."""
    return message([_box(prose(said.text or _SILENT, NOTICE_TEXT))], rows(_ways(said.kind)), note=context.note)


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
            return [buttons.open_guide()]
        case NoticeKind.STALE | NoticeKind.NO_GUIDE:
            return [button(WHAT_CAN_I_ASK, actions.ShowHelp()), buttons.all_topics()]
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
