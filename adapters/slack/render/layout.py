"""Block Kit pieces as plain dictionaries, each cut to what Slack takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from adapters.slack import limits
from adapters.slack.markup import clip
from bot.actions import Action, encode

Block = dict[str, Any]
ACTION = "press-"
"""How the action ids of everything that can be pressed begin; a number follows."""
ASK = "ask"
"""Stands for an action in the value of what asks the question that follows it."""

_PLAIN = str.maketrans({"<": "\u2039", ">": "\u203a"})


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
    """Return a paragraph of mrkdwn, shown whole, perhaps with an element beside it."""
    text = {"type": "mrkdwn", "text": clip(written, limits.SECTION_TEXT) or "…"}
    return {"type": "section", "text": text, "expand": True} | ({"accessory": accessory} if accessory else {})


def context(*written: str) -> Block:
    """Return small print; empty parts are left out."""
    texts = [clip(text, limits.CONTEXT_TEXT) for text in written if text] or ["…"]
    elements = [{"type": "mrkdwn", "text": text} for text in texts[: limits.CONTEXT_ELEMENTS]]
    return {"type": "context", "elements": elements}


def divider() -> Block:
    """Return a line across."""
    return {"type": "divider"}


def button(label: str, action: Action | str, describe: str = "", style: str = "") -> Block:
    """Return a button. `describe` is what a screen reader says instead of the label."""
    made: Block = {
        "type": "button",
        "text": plain_text(label, limits.BUTTON_TEXT),
        "value": action if isinstance(action, str) else encode(action),
        "action_id": ACTION,
    }
    if describe:
        made["accessibility_label"] = plain(describe, limits.ACCESSIBILITY_LABEL)
    if style:
        made["style"] = style
    return made


def confirmed(pressed: Block, title: str, text: str, yes: str) -> Block:
    """Return a button that asks once more before it does anything."""
    confirm = {
        "title": plain_text(title, limits.CONFIRM_TITLE),
        "text": plain_text(text, limits.CONFIRM_TEXT),
        "confirm": plain_text(yes, limits.CONFIRM_BUTTON),
        "deny": plain_text("Cancel", limits.CONFIRM_BUTTON),
        "style": "danger",
    }
    return pressed | {"confirm": confirm}


def select(placeholder: str, options: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """Yield a menu of labels and values; nothing where it would be empty. Values that are too long are left out."""
    made = [option(label, value) for label, value in options if len(value) <= limits.OPTION_VALUE]
    if made:
        yield {
            "type": "static_select",
            "placeholder": plain_text(placeholder, limits.PLACEHOLDER_TEXT),
            "options": made[: limits.SELECT_OPTIONS],
            "action_id": ACTION,
        }


def option(label: str, value: str) -> Block:
    """Return one option of a menu or of radio buttons."""
    return {"text": plain_text(label, limits.OPTION_TEXT), "value": value}


def actions(elements: Iterable[Block], block_id: str = "") -> Iterator[Block]:
    """Yield a row of elements; nothing for none. Those beyond what one row takes are left out."""
    row = list(elements)[: limits.ACTIONS_ELEMENTS]
    if row:
        yield {"type": "actions", "elements": row} | ({"block_id": block_id} if block_id else {})


def collapsed(title: str, children: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks that each reader opens alone, under a title; nothing for no blocks."""
    inside = list(children)[: limits.CONTAINER_BLOCKS]
    if inside:
        yield {
            "type": "container",
            "title": plain_text(title, limits.CONTAINER_TITLE),
            "child_blocks": inside,
            "is_collapsible": True,
            "default_collapsed": True,
        }


def table(rows: Iterable[Sequence[str]]) -> Block:
    """Return a table with wrapped columns; its first row is the head."""
    cells = [[{"type": "raw_text", "text": plain(cell, limits.CELL_TEXT)} for cell in row] for row in rows]
    shown = cells[: limits.TABLE_ROWS]
    return {"type": "table", "rows": shown, "column_settings": [{"is_wrapped": True} for _ in shown[0]]}


def preformatted(text: str) -> Iterator[Block]:
    """Yield text to be copied, letter by letter as it is; Slack reads no markup in it."""
    for part in _parts(text, limits.PREFORMATTED_TEXT):
        yield {
            "type": "rich_text",
            "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": part}]}],
        }


def interactive(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield everything in the blocks that can be pressed, chosen or written in."""
    for block in blocks:
        yield from interactive(block.get("child_blocks", ()))
        inside = block.get("elements", ()) if block["type"] in ("actions", "context_actions") else ()
        yield from (*inside, *(block[name] for name in ("accessory", "element") if name in block))


def numbered(blocks: list[Block]) -> list[Block]:
    """Give everything that can be pressed its own action id and return the blocks."""
    ours = (element for element in interactive(blocks) if element.get("action_id") == ACTION)
    for number, element in enumerate(ours, 1):
        element["action_id"] = f"{ACTION}{number}"
    return blocks


def _parts(text: str, limit: int) -> Iterator[str]:
    while len(text) > limit:
        cut = text.rfind("\n", 1, limit) + 1 or limit
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text
