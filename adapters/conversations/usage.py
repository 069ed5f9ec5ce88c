"""Which count a reply adds to."""

from __future__ import annotations

from typing import assert_never

from adapters.conversations.ports import UsageCount
from bot import replies
from bot.replies import Reply


def tally(reply: Reply, platform: str) -> UsageCount:
    """Return what to count for a reply: its kind, and the topic, guide question or result it is about."""
    what, about = _counted(reply)
    return UsageCount(platform, what, about)


def _counted(reply: Reply) -> tuple[str, str]:
    match reply:
        case replies.Answer(topic=topic):
            return "answer", topic
        case replies.AnswerDetails(answer):
            return "details", answer.topic
        case replies.Answers(parts):
            return "answers", parts[0].topic
        case replies.Suggestions():
            return "suggestions", ""
        case replies.NotKnown(reason=reason):
            return "unknown", reason.value
        case replies.GuideQuestion(question=question):
            return "guide-question", question
        case replies.GuideReview():
            return "guide-review", ""
        case replies.Interrupted(said):
            return _counted(said)
        case replies.Recommendation(result=result):
            return "recommendation", result
        case replies.TeamVerdict(result=result):
            return "team-verdict", result
        case replies.TeamCard():
            return "team-card", ""
        case replies.Help() | replies.Comparison() | replies.TopicList() | replies.DecisionRecord():
            return type(reply).__name__.lower(), ""
        case replies.Notice(kind=kind):
            return "notice", kind.value
    assert_never(reply)
