"""Checks a payload against everything in the table of limits, by Slack's own models and beyond them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack import limits

Payload = dict[str, Any]
MENTION = re.compile(r"<(?!https?://[^<>|\s]+\|[^<>|]+>)")
"""An angle bracket that does not begin one of our links."""


def check_message(message: Payload) -> None:
    """Fail where Slack would refuse or cut this message, or where it could ping anybody."""
    assert 1 <= len(message["text"]) <= limits.FALLBACK_TEXT
    assert MENTION.search(message["text"]) is None
    assert len(message["blocks"]) <= limits.BLOCKS_IN_MESSAGE
    assert len(json.dumps(message["blocks"])) <= limits.MESSAGE_JSON
    assert (message["unfurl_links"], message["unfurl_media"]) == (False, False)
    check_blocks(message["blocks"])


def check_view(view: Payload) -> None:
    """Fail where Slack would refuse this modal or home."""
    assert len(view["blocks"]) <= limits.BLOCKS_IN_VIEW
    assert len(json.dumps(view)) <= limits.VIEW_JSON
    assert len(view.get("private_metadata", "")) <= limits.PRIVATE_METADATA
    assert len(view.get("callback_id", "")) <= limits.CALLBACK_ID
    for name, most in (("title", limits.MODAL_TITLE), ("submit", limits.MODAL_BUTTON), ("close", limits.MODAL_BUTTON)):
        assert len(view.get(name, {}).get("text", "")) <= most
    assert "submit" in view or all(block["type"] != "input" for block in view["blocks"])
    View(**view).to_dict()
    check_blocks(view["blocks"])


def check_blocks(blocks: list[Payload]) -> None:
    """Fail where one of the blocks is too much, or two things in them have one name."""
    assert blocks
    actions = [element["action_id"] for block in blocks for element in _elements(block) if "action_id" in element]
    assert len(actions) == len(set(actions))
    for block in blocks:
        check_block(block)
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()


def check_block(block: Payload) -> None:
    """Fail where Slack would refuse this block."""
    match block["type"]:
        case "header":
            assert 1 <= len(block["text"]["text"]) <= limits.HEADER_TEXT
        case "section":
            assert 1 <= len(block["text"]["text"]) <= limits.SECTION_TEXT
            assert len(block.get("fields", ())) <= limits.SECTION_FIELDS
        case "context":
            assert 1 <= len(block["elements"]) <= limits.CONTEXT_ELEMENTS
            assert all(1 <= len(element["text"]) <= limits.CONTEXT_TEXT for element in block["elements"])
        case "actions":
            assert 1 <= len(block["elements"]) <= limits.ACTIONS_ELEMENTS
        case "rich_text":
            text = block["elements"][0]["elements"][0]["text"]
            assert 1 <= len(text) <= limits.PREFORMATTED_TEXT
        case "input":
            assert 1 <= len(block["label"]["text"]) <= limits.LABEL_TEXT
        case kind:
            assert kind == "divider"
    for text in _mrkdwn(block):
        check_mrkdwn(text)
    for element in _elements(block):
        check_element(element)


def check_mrkdwn(text: str) -> None:
    """Fail where a text could mention somebody, or has a broken entity."""
    bare = re.sub(r"^<@[A-Z0-9]+> asked me to share this:$", "", text)
    assert MENTION.search(bare) is None, text
    assert re.search(r"&(?!amp;|lt;|gt;)", text) is None, text


def check_element(element: Payload) -> None:
    """Fail where Slack would refuse this button, or a screen reader could not read it."""
    if element["type"] == "button":
        assert 1 <= len(element["text"]["text"]) <= limits.BUTTON_TEXT
        assert 1 <= len(element["value"]) <= limits.BUTTON_VALUE
        assert 1 <= len(element["accessibility_label"]) <= limits.ACCESSIBILITY_LABEL
        assert 1 <= len(element["action_id"]) <= limits.ACTION_ID
        assert "<" not in element["text"]["text"]


def _elements(block: Payload) -> Iterator[Payload]:
    if block["type"] == "actions":
        yield from block["elements"]
    yield from [block[name] for name in ("accessory", "element") if name in block]


def _mrkdwn(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for inner in part.values():
            yield from _mrkdwn(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _mrkdwn(inner)
