"""What a reply adds to the counts: its kind, and the topic, question or result that it is about."""

from __future__ import annotations

import pytest

from adapters.conversations.journal import tally
from adapters.conversations.ports import UsageCount
from bot import actions, replies
from bot.advisor import Advisor
from bot.replies import Notice, NoticeKind, NotKnown, Reply, Suggestions, Unknown
from tests.conversations.recording import guided


def answer(advisor: Advisor, topic: str) -> replies.Answer:
    said = advisor.topic(topic)
    assert isinstance(said, replies.Answer)
    return said


def all_kinds() -> list[tuple[Reply, str, str]]:
    advisor = guided()
    begun = advisor.begin_guide("cannot sleep, lots of milk")
    asked, caffeine = advisor.begin_guide(), answer(advisor, "caffeine")
    assert isinstance(asked, replies.GuideQuestion)
    assert isinstance(begun, replies.GuideReview)
    result = advisor.press(actions.GuideFinish(begun.token))
    assert isinstance(result, replies.Recommendation)
    return [
        (caffeine, "answer", "caffeine"),
        (replies.AnswerDetails(caffeine), "details", "caffeine"),
        (replies.Answers((answer(advisor, "brewing"), caffeine)), "answers", "brewing"),
        (replies.CodeComparison("first-cup", "A first cup", "brewing", None, ()), "code", "brewing"),
        (Suggestions(()), "suggestions", ""),
        (NotKnown(Unknown.OUT_OF_SCOPE, ""), "unknown", "out-of-scope"),
        (asked, "guide-question", "hour"),
        (begun, "guide-review", ""),
        (result, "recommendation", result.result),
        (replies.Interrupted(caffeine, asked), "answer", "caffeine"),
        (replies.TeamCard("a1b2c3", 2, 3), "team-card", ""),
        (advisor.help(), "help", ""),
        (advisor.compare(), "comparison", ""),
        (advisor.topics(), "topiclist", ""),
        (advisor.press(actions.SaveRecord(asked.token)), "decisionrecord", ""),
        (Notice(NoticeKind.BUSY, ""), "notice", "busy"),
    ]


def test_every_kind_of_reply_is_counted_as_what_it_is() -> None:
    for reply, what, about in all_kinds():
        assert tally(reply, "slack") == UsageCount("slack", what, about)


@pytest.mark.parametrize("platform", ["slack", "discord"])
def test_a_count_belongs_to_its_platform(platform: str) -> None:
    assert tally(Notice(NoticeKind.BUSY, ""), platform).platform == platform
