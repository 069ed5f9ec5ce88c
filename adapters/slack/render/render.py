"""Which renderer draws which reply, and how a body is made to fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from json.encoder import encode_basestring_ascii as in_json
from typing import assert_never

from adapters.slack.markup import clip, user
from adapters.slack.render import answers, guide, lists, notices, results
from adapters.slack.render.blocks import Block, context, numbered
from adapters.slack.render.context import RenderContext
from bot import replies
from bot.replies import Reply

BLOCK = 150
"""Characters of JSON that a block takes at most beside its texts."""
BUTTON = 300
"""The same of a button, with what it says when it is pressed."""
SHORTEST = 120
"""Texts are not cut below this when a body is too long."""


def body(reply: Reply, frame: RenderContext, *, most: int, characters: int) -> list[Block]:
    """Return the blocks of a reply, at most `most` of them and `characters` long as JSON."""
    blocks = list(_drawn(reply, frame))
    if frame.shared_by:
        blocks.insert(0, context(f"{user(frame.shared_by)} asked me to share this:"))
    if frame.shared:
        blocks.append(context("✓ Shared in the channel."))
    return _fitting(numbered(_fewest(blocks, most)), characters)


def _drawn(reply: Reply, frame: RenderContext) -> Iterator[Block]:
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
            return lists.help_(reply, frame)
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
            return results.decision_record(reply, frame)
        case replies.Notice():
            return notices.notice(reply)
    assert_never(reply)


def _fewest(blocks: list[Block], most: int) -> list[Block]:
    """Leave out texts from the middle, never the last rows of buttons."""
    return blocks if len(blocks) <= most else [*blocks[: most - 5], *blocks[-5:]]


def _fitting(blocks: list[Block], characters: int) -> list[Block]:
    """Shorten the longest text until the whole fits, then leave out blocks before the last rows."""
    while _most(blocks) > characters and len(json.dumps(blocks)) > characters:
        texts = [text for block in blocks for text in _texts(block)]
        longest = max(texts, key=lambda text: len(text["text"]), default=None)
        if longest and len(longest["text"]) > SHORTEST:
            longest["text"] = clip(longest["text"], max(SHORTEST, len(longest["text"]) * 2 // 3))
        else:
            del blocks[max(0, len(blocks) - 4)]
    return blocks


def _most(blocks: list[Block]) -> int:
    """Return what the blocks take as JSON at most, without writing it: usually that settles it."""
    size = BLOCK * len(blocks)
    for block in blocks:
        texts = [text["text"] for text in _texts(block)]
        labels = [block["text"]["text"]] if block["type"] == "header" else []
        for element in _buttons(block):
            size += BUTTON
            labels += [element["text"]["text"], element.get("accessibility_label", "")]
        size += sum(len(in_json(text)) for text in texts + labels)
    return size


def _buttons(block: Block) -> Iterator[Block]:
    yield from block["elements"] if block["type"] == "actions" else ()
    yield from [block["accessory"]] if "accessory" in block else ()


def _texts(block: Block) -> Iterator[Block]:
    match block["type"]:
        case "section":
            yield block["text"]
        case "context":
            yield from block["elements"]
        case "rich_text":
            yield from block["elements"][0]["elements"]
