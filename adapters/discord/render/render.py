"""From any reply to a message."""

from __future__ import annotations

from typing import assert_never

from adapters.discord.render import answers, guide, lists, notices, results
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Payload
from bot import replies
from bot.replies import Reply


def render(reply: Reply, frame: RenderContext) -> Payload:
    """Return what Discord shows for a reply; it keeps to every limit."""
    match reply:
        case replies.Answer():
            return answers.answer(reply, frame)
        case replies.AnswerDetails(said):
            return answers.details(said)
        case replies.Answers():
            return answers.answers(reply, frame)
        case replies.Suggestions():
            return lists.suggestions(reply, frame)
        case replies.NotKnown():
            return lists.not_known(reply, frame)
        case replies.Help():
            return lists.help_text(reply, frame)
        case replies.Comparison():
            return lists.comparison(reply, frame)
        case replies.TopicList():
            return lists.topics(reply, frame)
        case replies.GuideQuestion():
            return guide.question(reply, frame)
        case replies.GuideReview():
            return guide.review(reply, frame)
        case replies.Recommendation():
            return results.recommendation(reply, frame)
        case replies.DecisionRecord():
            return results.record(reply, frame)
        case replies.Notice():
            return notices.notice(reply, frame)
    assert_never(reply)
