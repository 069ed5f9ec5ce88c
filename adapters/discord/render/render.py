"""From any reply to a message."""

from __future__ import annotations

from typing import assert_never

from adapters.discord.render import answers, guide, lists, notices, results, teams
from adapters.discord.render.context import RenderContext
from adapters.discord.render.layout import Payload
from bot import replies
from bot.replies import Reply


def render(reply: Reply, context: RenderContext) -> Payload:
    """Return what Discord shows for a reply; it keeps to every limit."""
    match reply:
        case replies.Answer():
            return answers.answer(reply, context)
        case replies.AnswerDetails(said):
            return answers.details(said, context)
        case replies.Answers():
            return answers.answers(reply, context)
        case replies.Suggestions():
            return lists.suggestions(reply, context)
        case replies.NotKnown():
            return lists.not_known(reply, context)
        case replies.Help():
            return lists.help_text(reply, context)
        case replies.Comparison():
            return lists.comparison(reply, context)
        case replies.TopicList():
            return lists.topics(reply, context)
        case replies.GuideQuestion():
            return guide.question(reply, context)
        case replies.GuideReview():
            return guide.review(reply, context)
        case replies.Interrupted(said, still_open):
            return guide.interrupted(render(said, context), still_open, context)
        case replies.Recommendation():
            return results.recommendation(reply, context)
        case replies.TeamCard():
            return teams.card(reply, context)
        case replies.TeamVerdict():
            return teams.verdict(reply, context)
        case replies.DecisionRecord():
            return results.record(reply, context)
        case replies.Notice():
            return notices.notice(reply, context)
    assert_never(reply)
