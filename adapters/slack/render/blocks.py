"""Block Kit pieces as plain dictionaries, each cut to what Slack takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from adapters.slack import limits
from adapters.slack.markup import REMEMBERED, clip
from bot.actions import Action, encode

Block = dict[str, Any]
ACTION = "press-"
"""How the action ids of all our buttons begin; a number follows."""

_PLAIN = str.maketrans({"<": "\u2039", ">": "\u203a"})


@lru_cache(maxsize=REMEMBERED)
def plain(text: str, limit: int) -> str:
    """Return text for a plain_text object: one line, never empty, at most `limit` characters."""
    flat = " ".join(text.translate(_PLAIN).split()) or "…"
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def plain_text(text: str, limit: int) -> Block:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": plain(text, limit), "emoji": True}


def header(text: str) -> Block:
    """Return a heading, which screen readers announce as one."""
    return {"type": "header", "text": plain_text(text, limits.HEADER_TEXT)}


def section(written: str, accessory: Block | None = None) -> Block:
    """Return a paragraph of mrkdwn, perhaps with a button beside it."""
    text = {"type": "mrkdwn", "text": clip(written, limits.SECTION_TEXT) or "…"}
    return {"type": "section", "text": text} | ({"accessory": accessory} if accessory else {})


def context(*written: str) -> Block:
    """Return small print; empty parts are left out."""
    texts = [clip(text, limits.CONTEXT_TEXT) for text in written if text] or ["…"]
    elements = [{"type": "mrkdwn", "text": text} for text in texts[: limits.CONTEXT_ELEMENTS]]
    return {"type": "context", "elements": elements}


def divider() -> Block:
    """Return a line across."""
    return {"type": "divider"}


def button(label: str, press: Action, describe: str = "", style: str = "") -> Block:
    """Return a button that says `press`. `describe` is what a screen reader says instead of the label."""
    made: Block = {
        "type": "button",
        "text": plain_text(label, limits.BUTTON_TEXT),
        "value": encode(press),
        "action_id": ACTION,
    }
    if describe:
        made["accessibility_label"] = plain(describe, limits.ACCESSIBILITY_LABEL)
    if style:
        made["style"] = style
    return made


def actions(buttons: Iterable[Block]) -> Iterator[Block]:
    """Yield a row of buttons; nothing for no buttons. Buttons beyond what one row takes are left out."""
    row = list(buttons)[: limits.ACTIONS_ELEMENTS]
    if row:
        yield {"type": "actions", "elements": row}


def preformatted(text: str) -> Iterator[Block]:
    """Yield text to be copied, letter by letter as it is; Slack reads no markup in it."""
    for part in _parts(text, limits.PREFORMATTED_TEXT):
        yield {
            "type": "rich_text",
            "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": part}]}],
        }


def numbered(blocks: list[Block]) -> list[Block]:
    """Give every button its own action id and return the blocks."""
    number = 0
    for block in blocks:
        for element in (*block.get("elements", ()), *filter(None, [block.get("accessory")])):
            if element.get("action_id") == ACTION:
                number += 1
                element["action_id"] = f"{ACTION}{number}"
    return blocks


def _parts(text: str, limit: int) -> Iterator[str]:
    while len(text) > limit:
        cut = text.rfind("\n", 1, limit) + 1 or limit
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text
