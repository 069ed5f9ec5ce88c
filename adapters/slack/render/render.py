"""Which renderer draws which reply, and how a body is made to fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from adapters.slack.markup import clip, user
from adapters.slack.render import answers, guide, lists, notices, results, teams
from adapters.slack.render.blocks import Block, context, divider, numbered
from adapters.slack.render.context import RenderContext
from bot import replies
from bot.replies import Reply

SHORTEST = 120
"""Texts are not cut below this when a body is too long."""
SHARED_BY = "shared-by-"
"""Begins the id of the block that says who had a reply shared; the person's Slack id follows."""


def body(reply: Reply, around: RenderContext, *, most: int, characters: int) -> list[Block]:
    """Return the blocks of a reply, at most `most` of them and `characters` long as JSON."""
    blocks = list(_drawn(reply, around))
    if around.shared_by:
        shared_by = context(f"{user(around.shared_by)} asked me to share this:")
        blocks.insert(0, shared_by | {"block_id": f"{SHARED_BY}{around.shared_by}"})
    if around.shared:
        blocks.append(context("✓ Shared in the channel."))
    return _fitting(numbered(_fewest(blocks, most)), characters)


def _drawn(reply: Reply, around: RenderContext) -> Iterator[Block]:
    match reply:
        case replies.Answer():
            return answers.answer(reply, around)
        case replies.AnswerDetails(said):
            return answers.details(said)
        case replies.Answers():
            return answers.answers(reply, around)
        case replies.Suggestions():
            return lists.suggestions(reply, around)
        case replies.NotKnown():
            return lists.not_known(reply, around)
        case replies.Help():
            return lists.help_(reply, around)
        case replies.Comparison():
            return lists.comparison(reply, around)
        case replies.TopicList():
            return lists.topics(reply, around)
        case replies.GuideQuestion():
            return guide.question(reply, around)
        case replies.GuideReview():
            return guide.review(reply, around)
        case replies.Interrupted(said, still_open):
            return iter([*_drawn(said, around), divider(), *_drawn(still_open, replace(around, owner=""))])
        case replies.Recommendation():
            return results.recommendation(reply, around)
        case replies.TeamCard():
            return teams.card(reply, around)
        case replies.TeamVerdict():
            return teams.verdict(reply, around)
        case replies.DecisionRecord():
            return results.decision_record(reply)
        case replies.Notice():
            return notices.notice(reply)
    assert_never(reply)


def _fewest(blocks: list[Block], most: int) -> list[Block]:
    """Leave out texts from the middle, never the last rows of buttons."""
    return blocks if len(blocks) <= most else [*blocks[: most - 5], *blocks[-5:]]


def _fitting(blocks: list[Block], characters: int) -> list[Block]:
    """Shorten the longest text until the whole fits, then leave out blocks before the last rows."""
    while len(json.dumps(blocks)) > characters:
        texts = [text for block in blocks for text in _texts(block)]
        longest = max(texts, key=lambda text: len(text["text"]), default=None)
        if longest and len(longest["text"]) > SHORTEST:
            longest["text"] = clip(longest["text"], max(SHORTEST, len(longest["text"]) * 2 // 3))
        else:
            del blocks[max(0, len(blocks) - 4)]
    return blocks


def _texts(block: Block) -> Iterator[Block]:
    match block["type"]:
        case "section":
            yield block["text"]
        case "context":
            yield from block["elements"]
        case "rich_text":
            yield from block["elements"][0]["elements"]
        case "container":
            for child in block["child_blocks"]:
                yield from _texts(child)
        case "table":
            for row in block["rows"][1:]:
                yield from row[1:]
