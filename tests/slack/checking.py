"""Checks a payload against everything in the table of limits, by Slack's own models and beyond them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack.render import layout
from adapters.slack.render.layout import interactive

Payload = dict[str, Any]
SECTION_FIELDS = 10
BUTTON_VALUE = 2_000
ACTION_ID = 255
CALLBACK_ID = 255
PRIVATE_METADATA = 3_000
CONTEXT_ACTIONS_ELEMENTS = 5
MENTION = re.compile(r"<(?!https?://[^<>|\s]+\|[^<>|]+>)")
"""An angle bracket that does not begin one of our links."""


def check_message(message: Payload) -> None:
    """Fail where Slack would refuse or cut this message, or where it could ping anybody."""
    assert 1 <= len(message["text"]) <= layout.FALLBACK_TEXT
    assert MENTION.search(message["text"]) is None
    assert len(message["blocks"]) <= layout.BLOCKS_IN_MESSAGE
    assert len(json.dumps(message["blocks"])) <= layout.MESSAGE_JSON
    assert (message["unfurl_links"], message["unfurl_media"]) == (False, False)
    check_blocks(message["blocks"])


def check_view(view: Payload) -> None:
    """Fail where Slack would refuse this modal or home."""
    assert len(view["blocks"]) <= layout.BLOCKS_IN_VIEW
    assert len(json.dumps(view)) <= layout.VIEW_JSON
    assert len(view.get("private_metadata", "")) <= PRIVATE_METADATA
    assert len(view.get("callback_id", "")) <= CALLBACK_ID
    for name, most in (("title", layout.MODAL_TITLE), ("submit", layout.MODAL_BUTTON), ("close", layout.MODAL_BUTTON)):
        assert len(view.get(name, {}).get("text", "")) <= most
    assert view["type"] == "home" or "submit" in view or all(block["type"] != "input" for block in view["blocks"])
    View(**view).to_dict()
    check_blocks(view["blocks"])


def check_blocks(blocks: list[Payload]) -> None:
    """Fail where one of the blocks is too much, or two things in them have one name."""
    assert blocks
    actions = [element["action_id"] for element in interactive(blocks) if "action_id" in element]
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
            assert 1 <= len(block["text"]["text"]) <= layout.HEADER_TEXT
        case "section":
            assert 1 <= len(block["text"]["text"]) <= layout.SECTION_TEXT
            assert len(block.get("fields", ())) <= SECTION_FIELDS
        case "context":
            assert 1 <= len(block["elements"]) <= layout.CONTEXT_ELEMENTS
            assert all(1 <= len(element["text"]) <= layout.CONTEXT_TEXT for element in block["elements"])
        case "actions":
            assert 1 <= len(block["elements"]) <= layout.ACTIONS_ELEMENTS
        case "context_actions":
            assert 1 <= len(block["elements"]) <= CONTEXT_ACTIONS_ELEMENTS
        case "container":
            assert 1 <= len(block["title"]["text"]) <= layout.CONTAINER_TITLE
            assert 1 <= len(block["child_blocks"]) <= layout.CONTAINER_BLOCKS
            for child in block["child_blocks"]:
                assert child["type"] in ("section", "context", "divider", "actions", "header", "image", "table")
                check_block(child)
        case "table":
            assert 1 <= len(block["rows"]) <= layout.TABLE_ROWS
            assert all(len(row) == len(block["column_settings"]) for row in block["rows"])
            assert all(1 <= len(cell["text"]) <= layout.CELL_TEXT for row in block["rows"] for cell in row)
        case "rich_text":
            text = block["elements"][0]["elements"][0]["text"]
            assert 1 <= len(text) <= layout.PREFORMATTED_TEXT
        case "input":
            assert 1 <= len(block["label"]["text"]) <= layout.LABEL_TEXT
        case kind:
            assert kind == "divider"
    for text in _mrkdwn(block):
        check_mrkdwn(text)
    assert len(block.get("block_id", "")) <= layout.BLOCK_ID
    for element in interactive([block]):
        check_element(element)


def check_mrkdwn(text: str) -> None:
    """Fail where a text could mention somebody, or has a broken entity."""
    bare = re.sub(r"^<@[A-Z0-9]+> asked me to share this:$", "", text)
    assert MENTION.search(bare) is None, text
    assert re.search(r"&(?!amp;|lt;|gt;)", text) is None, text


def check_element(element: Payload) -> None:
    """Fail where Slack would refuse this element, or a screen reader could not read it."""
    assert 1 <= len(element["action_id"]) <= ACTION_ID
    match element["type"]:
        case "button" | "icon_button":
            assert 1 <= len(element["text"]["text"]) <= layout.BUTTON_TEXT
            assert 1 <= len(element["value"]) <= BUTTON_VALUE
            assert 1 <= len(element.get("accessibility_label", "-")) <= layout.ACCESSIBILITY_LABEL
            assert "<" not in element["text"]["text"]
        case "feedback_buttons":
            for side in (element["positive_button"], element["negative_button"]):
                assert 1 <= len(side["text"]["text"]) <= layout.BUTTON_TEXT
                assert 1 <= len(side["value"]) <= BUTTON_VALUE
                assert 1 <= len(side["accessibility_label"]) <= layout.ACCESSIBILITY_LABEL
        case "static_select" | "multi_static_select" | "radio_buttons" as kind:
            most = layout.RADIO_OPTIONS if kind == "radio_buttons" else layout.SELECT_OPTIONS
            assert 1 <= len(element["options"]) <= most
            for option in element["options"]:
                assert 1 <= len(option["text"]["text"]) <= layout.OPTION_TEXT
                assert 1 <= len(option["value"]) <= layout.OPTION_VALUE
        case kind:
            assert kind in (
                "plain_text_input",
                "conversations_select",
                "multi_conversations_select",
            ), kind


def _mrkdwn(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for inner in part.values():
            yield from _mrkdwn(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _mrkdwn(inner)
