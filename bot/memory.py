"""What a conversation remembers of a reply."""

from __future__ import annotations

from dataclasses import replace

from bot import replies
from bot.context import TOLD_CODE, Context
from bot.lead import SHORT_KEY, question_key
from bot.replies import Interrupted, Notice, NoticeKind, Reply

TOLD = 16
"""Things that were said of a topic that a conversation remembers, so as not to say them again."""


def remembered(reply: Reply, context: Context) -> Context:
    """Return what a conversation should remember after this reply. A guide stays open until it ends or is left."""
    guide = context.guide
    match reply:
        case replies.Answer() if not reply.meta:
            told = (*context.told, *_said(reply)) if reply.topic == context.topic else _said(reply)
            return Context(reply.topic, reply.side, question=reply.question, told=told[-TOLD:], guide=guide)
        case replies.AnswerDetails(answer):
            return Context(answer.topic, answer.side, question=answer.question, guide=guide)
        case replies.CodeComparison(topic=topic, side=side, question=question):
            before = [key for key in context.told if key != TOLD_CODE] if topic == context.topic else []
            return Context(topic, side, question=question, told=(*before[1 - TOLD :], TOLD_CODE), guide=guide)
        case replies.Answers(parts):
            return Context(parts[-1].topic, parts[-1].side, question=parts[-1].question, guide=guide)
        case replies.Suggestions(candidates, side):
            return Context(context.topic, side, suggested=tuple(c.topic for c in candidates), guide=guide)
        case replies.GuideQuestion(token=token) | replies.GuideReview(token=token):
            return replace(context, guide=token, result=None, suggested=())
        case Interrupted(said, waiting):
            return replace(remembered(said, context), guide=waiting.token)
        case replies.Recommendation(token=token):
            return replace(context, guide=None, result=token, suggested=())
        case Notice(kind=NoticeKind.LEFT):
            return replace(context, guide=None, result=None, suggested=())
        case _:
            return replace(context, suggested=())


def _said(answer: replies.Answer) -> tuple[str, ...]:
    """Return the key of what an answer said."""
    return (question_key(answer.question) if answer.question else SHORT_KEY,)
