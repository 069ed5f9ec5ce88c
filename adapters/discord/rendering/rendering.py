"""From any reply to a message."""

from __future__ import annotations

from typing import assert_never

from adapters.discord.frames import Frame
from adapters.discord.rendering import answers, asking_back, guides, notices, overviews, records, results
from adapters.discord.rendering.layout import Payload
from bot import replies
from bot.replies import Reply


def render(reply: Reply, frame: Frame) -> Payload:
    """Return what Discord shows for a reply; it keeps to every limit."""
    match reply:
        case replies.Answer():
            return answers.answer(reply, frame)
        case replies.Answers():
            return answers.answers(reply, frame)
        case replies.Suggestions():
            return asking_back.suggestions(reply, frame)
        case replies.NotKnown():
            return asking_back.not_known(reply, frame)
        case replies.Help():
            return asking_back.help_text(reply, frame)
        case replies.Comparison():
            return overviews.comparison(reply, frame)
        case replies.TopicList():
            return overviews.topics(reply, frame)
        case replies.GuideQuestion():
            return guides.question(reply, frame)
        case replies.GuideReview():
            return guides.review(reply, frame)
        case replies.Recommendation():
            return results.recommendation(reply, frame)
        case replies.DecisionRecord():
            return records.record(reply, frame)
        case replies.Notice():
            return notices.notice(reply, frame)
    assert_never(reply)
