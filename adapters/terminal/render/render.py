"""From a reply to blocks of text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from adapters.conversations.texts import did_you_mean
from adapters.terminal.render import answers, guide
from adapters.terminal.render.layout import Block, Role
from bot import replies
from bot.replies import Reply


def render(reply: Reply) -> Iterator[Block]:
    """Yield what a reply says."""
    match reply:
        case replies.Answer():
            yield from answers.answer(reply)
        case replies.AnswerDetails(said):
            yield from answers.details(said)
        case replies.CodeComparison():
            yield from answers.code(reply)
        case replies.Answers(parts):
            for part in parts:
                yield from answers.answer(replace(part, candidates=()))
        case replies.Suggestions(candidates):
            yield Block(Role.LEAD, did_you_mean(len(candidates)))
        case replies.Comparison():
            yield from answers.comparison(reply)
        case replies.TopicList(areas):
            yield from answers.topics(areas)
        case replies.GuideQuestion():
            yield from guide.question(reply)
        case replies.GuideReview():
            yield from guide.review(reply)
        case replies.Interrupted(said, still_open):
            yield from render(said)
            yield from render(still_open)
        case replies.Recommendation():
            yield from guide.recommendation(reply)
        case replies.TeamCard():
            yield from guide.card(reply)
        case replies.TeamVerdict():
            yield from guide.verdict(reply)
        case replies.DecisionRecord(markdown=markdown):
            yield Block(Role.VERBATIM, markdown)
        case replies.NotKnown(text=text) | replies.Help(text=text) | replies.Notice(text=text):
            yield Block(Role.LEAD, text)
        case _:
            assert_never(reply)
