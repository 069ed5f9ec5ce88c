"""Whatever the knowledge says and people type, every payload stays within what Discord takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.discord.markup import code_block, escape, line, link, prose
from adapters.discord.render.buttons import Audience, RenderContext
from adapters.discord.render.render import render
from bot import replies
from bot.advisor import Advisor
from bot.replies import Reply
from tests.conversations.tasks import every_code
from tests.discord.reading import text
from tests.discord.rules import V2, violations

Made = st.SearchStrategy[Any]


def few(of: Made, most: int = 4) -> Made:
    """Return tuples of up to `most`."""
    return st.lists(of, max_size=most).map(tuple)


SLUG = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=40)
KEY = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
TOKEN = st.text("abcXYZ019_-", min_size=1, max_size=60)
REF = st.text("abcXYZ019_-", max_size=8)
PROSE = st.one_of(
    st.text(max_size=60),
    st.text("ab `*_~|[]()<>#-\n\\@:/.1", max_size=300),
    st.integers(0, 2_500).map(lambda n: "*x" * n),
    st.integers(0, 400).map(lambda n: "word `code` " * n),
)
ADDRESS = st.sampled_from([None, "https://a.b/c_(d)", "http://x.y", "javascript:x", "https://" + "x" * 700])
DATE = st.sampled_from([None, date(2026, 11, 22)])
KIND = st.sampled_from(["article", "official"])
VERDICT = st.sampled_from(["wrong", "outdated", "misleading", "unheard-of"])
SOURCE = st.builds(replies.SourceLine, PROSE, KIND, st.none() | PROSE, ADDRESS, DATE)
LINK = st.builds(replies.TopicLink, SLUG, PROSE)
PASSAGE = st.builds(replies.SidePassage, KEY, PROSE, PROSE)
CANDIDATE = st.builds(replies.Candidate, SLUG, PROSE, st.just(0.5))
CORRECTION = st.builds(replies.CorrectionLine, PROSE, PROSE, VERDICT, st.none() | PROSE, SOURCE)
GIVEN = st.builds(replies.Given, KEY, PROSE, KEY, PROSE)
REASON = st.builds(replies.Reason, PROSE, st.none() | KEY, st.just(1.0), PROSE, few(SOURCE), st.booleans())
CHIP = st.builds(replies.Circumstance, KEY, PROSE, st.booleans())
LEAD = st.builds(replies.Lead, PROSE, few(PASSAGE, 2), st.none() | CORRECTION)
ANSWER = st.builds(
    replies.Answer, SLUG, PROSE, st.none() | KEY, st.sampled_from(replies.Certainty), st.just(0.9), LEAD, PROSE,
    question=st.none() | KEY, passages=few(PASSAGE), other_sides=few(PASSAGE), choice=st.none() | PROSE,
    corrections=few(CORRECTION), sources=few(SOURCE, 9), related=few(LINK), checked=DATE, offers_guide=st.booleans(),
    code=st.none() | SLUG,
)  # fmt: skip
CODE = st.builds(
    replies.CodeComparison, SLUG, PROSE, SLUG, st.none() | KEY,
    few(st.builds(
        replies.CodePassage, KEY, PROSE, PROSE, few(st.builds(replies.CodeFile, PROSE, PROSE, PROSE)), PROSE
    )),
    few(st.builds(replies.SideLink, KEY, PROSE)), st.none() | KEY,
)  # fmt: skip
ROW = st.builds(replies.ComparisonRow, SLUG, PROSE, few(PROSE, 3))
AREA = st.builds(replies.AreaTopics, SLUG, PROSE, few(LINK, 60))
RESULT = st.builds(
    replies.Recommendation, TOKEN, TOKEN, KEY, PROSE, st.sampled_from(replies.Strength), PROSE, st.just(1.0),
    few(REASON), st.none() | REASON,
    few(st.builds(replies.Flip, KEY, PROSE, KEY, PROSE, KEY, PROSE, st.just(1.0)), 9), PROSE,
    few(st.builds(replies.OpenPoint, KEY, PROSE, st.booleans())),
    st.none() | st.builds(replies.FirstStep, PROSE, ADDRESS), few(PROSE), few(GIVEN, 12), few(KEY), few(CHIP, 9),
    few(PROSE), st.none() | PROSE,
)  # fmt: skip
QUESTION = st.builds(
    replies.GuideQuestion, TOKEN, KEY, PROSE, st.none() | PROSE, few(st.builds(replies.Choice, KEY, PROSE), 12),
    st.integers(1, 99), st.integers(1, 99), few(GIVEN, 12), st.booleans(), st.booleans(), st.none() | PROSE,
)  # fmt: skip
REVIEW = st.builds(replies.GuideReview, TOKEN, few(GIVEN, 12), st.none() | PROSE, st.none() | PROSE)
SHARES = few(st.builds(replies.Share, PROSE, st.integers(1, 99)), 5)
TEAM = st.just("a1b2c3")
VERDICT_OF_TEAM = st.builds(
    replies.TeamVerdict, TEAM, KEY, PROSE, st.sampled_from(replies.Strength), PROSE, st.just(5), SHARES,
    few(REASON, 3), few(st.builds(replies.Split, PROSE, SHARES), 2), few(PROSE, 8),
    few(st.builds(replies.TeamFlip, PROSE, PROSE, PROSE), 2), st.none() | PROSE,
)  # fmt: skip
KINDS: dict[type[Any], Made] = {
    replies.Interrupted: st.builds(replies.Interrupted, ANSWER | CODE, QUESTION | REVIEW),
    replies.TeamCard: st.builds(replies.TeamCard, TEAM, st.integers(0, 99), st.just(3), st.none()),
    replies.TeamVerdict: VERDICT_OF_TEAM,
    replies.Answer: ANSWER,
    replies.AnswerDetails: st.builds(replies.AnswerDetails, ANSWER),
    replies.Answers: st.builds(replies.Answers, st.lists(ANSWER, min_size=2, max_size=3).map(tuple)),
    replies.CodeComparison: CODE,
    replies.Suggestions: st.builds(replies.Suggestions, few(CANDIDATE, 3)),
    replies.NotKnown: st.builds(replies.NotKnown, st.sampled_from(replies.Unknown), PROSE, few(LINK)),
    replies.Help: st.builds(replies.Help, PROSE, few(PROSE, 9), st.booleans()),
    replies.Comparison: st.builds(replies.Comparison, PROSE, PROSE, few(PROSE, 3), few(ROW, 80), st.booleans()),
    replies.TopicList: st.builds(replies.TopicList, few(AREA, 30), st.none() | SLUG),
    replies.GuideQuestion: QUESTION,
    replies.GuideReview: REVIEW,
    replies.Recommendation: RESULT,
    replies.DecisionRecord: st.builds(replies.DecisionRecord, PROSE, PROSE),
    replies.Notice: st.builds(replies.Notice, st.sampled_from(replies.NoticeKind), PROSE),
}
CONTEXT = st.builds(
    RenderContext, REF, REF, st.sampled_from(Audience), st.sampled_from(["", "-# Shared by <@1>"]), st.booleans(),
    st.booleans(),
)  # fmt: skip


def refused(reply: Reply, context: RenderContext) -> list[str]:
    """Return what Discord would refuse of a rendered reply."""
    payload = render(reply, context)
    files = (payload.attachment.name,) if payload.attachment else ()
    plain = (
        violations({"components": [item.to_component_dict() for item in payload.plain], "flags": V2})
        if payload.attachment
        else []
    )
    return [*violations({"components": payload.components, "flags": V2}, files), *plain]


def test_every_kind_of_reply_is_tried() -> None:
    assert set(KINDS) == set(Reply.__args__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_reply_makes_a_message_that_discord_takes(kind: type[Any], data: st.DataObject) -> None:
    assert refused(data.draw(KINDS[kind]), data.draw(CONTEXT)) == []


def test_every_topic_of_the_knowledge_base_makes_a_message_that_discord_takes(advisor: Advisor) -> None:
    context = RenderContext("refrefre", "ownerown", Audience.CHANNEL)
    sides = (None, "both", *advisor.knowledge.side_names)

    assert {
        (topic, side): wrong
        for topic in advisor.knowledge.topics
        for side in sides
        if (wrong := refused(advisor.topic(topic, side), context))
    } == {}


def test_all_code_of_the_knowledge_base_stands_whole_in_messages_that_discord_takes(advisor: Advisor) -> None:
    context = RenderContext("refrefre", "ownerown", Audience.CHANNEL)
    for side in (None, *advisor.knowledge.side_names):
        shown = every_code(advisor, side)
        assert set(shown) == set(advisor.knowledge.code)
        for task, reply in shown.items():
            assert refused(reply, context) == [], task
            written = text({"components": render(reply, context).components})
            for passage in reply.passages:
                assert all(f"```{file.language}\n{file.text}\n```" in written for file in passage.files), task


@pytest.mark.parametrize("inside", ["```", "a```b\n```\n@everyone", "`````", "x`", "``` ``` ```", "```" * 600])
def test_no_code_ends_the_block_that_it_stands_in(inside: str) -> None:
    written = code_block(inside, "python", 1_000)

    assert written.count("```") == 2
    assert written.startswith("```python\n")
    assert written.endswith("\n```")
    assert len(written) <= 1_000


def test_a_language_is_a_word_or_left_out() -> None:
    assert code_block("x", "```\n**", 100) == "```\nx\n```"


@settings(max_examples=300, deadline=None)
@given(text=PROSE, limit=st.integers(1, 200))
def test_text_is_cut_to_its_limit_and_its_marks_are_harmless(text: str, limit: int) -> None:
    assert len(prose(text, limit)) <= limit
    assert len(line(text, limit)) <= limit
    assert "\n" not in line(text, limit)


@settings(max_examples=200, deadline=None)
@given(label=PROSE, url=ADDRESS, limit=st.integers(1, 400))
def test_a_link_is_whole_or_left_out(label: str, url: str | None, limit: int) -> None:
    written = link(label, url, limit)

    assert len(written) <= limit
    assert "](" not in written.replace("\\](", "") or written.endswith(")")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** and `**code**`", r"\*\*bold\*\* and `**code**`"),
        ("# not a heading", r"\# not a heading"),
        ("1. not a list", r"1\. not a list"),
        ("- not a list", r"\- not a list"),
        ("<@123> and <#4>", r"\<@123> and \<#4>"),
        ("[a](http://x.y/a_b)", r"\[a\](http://x.y/a_b)"),
        ("an open `span", r"an open \`span"),
    ],
)
def test_markdown_in_text_is_shown_as_it_stands(text: str, shown: str) -> None:
    assert escape(text) == shown
