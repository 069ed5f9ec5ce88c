"""Block Kit pieces as plain dictionaries, each cut to what Slack takes: lengths in characters, and counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from adapters.conversations.texts import MOST_SOURCES
from adapters.slack.markup import clip, escape, link
from bot.action_codec import encode
from bot.actions import Action
from bot.replies import SourceLine

BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_VIEW = 100
SECTION_TEXT = 3_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 2_000
ACTIONS_ELEMENTS = 25
BUTTON_TEXT = 75
ACCESSIBILITY_LABEL = 75
PREFORMATTED_TEXT = 3_000
MODAL_TITLE = 24
MODAL_BUTTON = 24
LABEL_TEXT = 2_000
PLACEHOLDER_TEXT = 150
OPTION_TEXT = 75
OPTION_VALUE = 75
"""Slack's sources disagree whether 75 or 150; the lower is right in any case."""
SELECT_OPTIONS = 100
RADIO_OPTIONS = 10
BLOCK_ID = 255
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
CONTAINER_BLOCKS = 10
CONTAINER_TITLE = 150
TABLE_ROWS = 100
CELL_TEXT = 300
"""No published limit of a cell; the longest that the knowledge holds is far below."""
COMMENT_TEXT = 300
QUESTION_TEXT = 1_000
FALLBACK_TEXT = 3_000
"""Slack advises 4,000 for `text`; it is read aloud and shown in notifications, so less is better."""

MESSAGE_JSON = 12_000
"""Characters of a message's blocks as JSON. Undocumented: above some 13,200 Slack answers `msg_blocks_too_long`."""

VIEW_JSON = 250_000


Block = dict[str, Any]
ACTION = "press-"
"""How the action ids of everything that can be pressed begin; a number follows."""
ASK = "ask"
"""Stands for an action in the value of what asks the question that follows it."""


def plain(text: str, limit: int) -> str:
    """Return text for a plain_text object: one line, never empty, at most `limit` characters."""
    flat = " ".join(text.replace("<", "\u2039").replace(">", "\u203a").split()) or "…"
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def plain_text(text: str, limit: int) -> Block:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": plain(text, limit), "emoji": True}


def header(text: str) -> Block:
    """Return a heading, which screen readers announce as one."""
    return {"type": "header", "text": plain_text(text, HEADER_TEXT)}


def section(written: str, accessory: Block | None = None) -> Block:
    """Return a paragraph of mrkdwn, shown whole, perhaps with an element beside it."""
    text = {"type": "mrkdwn", "text": clip(written, SECTION_TEXT) or "…"}
    return {"type": "section", "text": text, "expand": True} | ({"accessory": accessory} if accessory else {})


def context(*written: str) -> Block:
    """Return small print; empty parts are left out."""
    texts = [clip(text, CONTEXT_TEXT) for text in written if text] or ["…"]
    elements = [{"type": "mrkdwn", "text": text} for text in texts[:CONTEXT_ELEMENTS]]
    return {"type": "context", "elements": elements}


def source(line: SourceLine) -> str:
    """Return one source: what it is, and where in it."""
    return _joined(line.name, line.url, [line.section or ""])


def cited(sources: Iterable[SourceLine]) -> Iterator[Block]:
    """Yield the sources, each once with all its sections, and when they were last checked."""
    sections: dict[tuple[str, str | None], list[str]] = {}
    checked = [line.checked for line in sources if line.checked]
    for line in sources:
        sections.setdefault((line.name, line.url), []).append(line.section or "")
    if sections:
        shown = [_joined(title, url, named) for (title, url), named in list(sections.items())[:MOST_SOURCES]]
        yield context(
            f"Sources: {'  ·  '.join(shown)}", f"Checked {min(checked):%d %B %Y}".replace(" 0", " ") if checked else ""
        )


def _joined(title: str, url: str | None, sections: list[str]) -> str:
    named = ", ".join(filter(None, sections))
    return link(url, title) + (f" ({escape(named)})" if named else "")


def divider() -> Block:
    """Return a line across."""
    return {"type": "divider"}


def button(label: str, action: Action | str, describe: str = "", style: str = "") -> Block:
    """Return a button. `describe` is what a screen reader says instead of the label."""
    made: Block = {
        "type": "button",
        "text": plain_text(label, BUTTON_TEXT),
        "value": action if isinstance(action, str) else encode(action),
        "action_id": ACTION,
    }
    if describe:
        made["accessibility_label"] = plain(describe, ACCESSIBILITY_LABEL)
    if style:
        made["style"] = style
    return made


def confirmed(pressed: Block, title: str, text: str, yes: str) -> Block:
    """Return a button that asks once more before it does anything."""
    confirm = {
        "title": plain_text(title, CONFIRM_TITLE),
        "text": plain_text(text, CONFIRM_TEXT),
        "confirm": plain_text(yes, CONFIRM_BUTTON),
        "deny": plain_text("Cancel", CONFIRM_BUTTON),
        "style": "danger",
    }
    return pressed | {"confirm": confirm}


def select(placeholder: str, options: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """Yield a menu of labels and values; nothing where it would be empty. Values that are too long are left out."""
    made = [option(label, value) for label, value in options if len(value) <= OPTION_VALUE]
    if made:
        yield {
            "type": "static_select",
            "placeholder": plain_text(placeholder, PLACEHOLDER_TEXT),
            "options": made[:SELECT_OPTIONS],
            "action_id": ACTION,
        }


def option(label: str, value: str) -> Block:
    """Return one option of a menu or of radio buttons."""
    return {"text": plain_text(label, OPTION_TEXT), "value": value}


def actions(elements: Iterable[Block], block_id: str = "") -> Iterator[Block]:
    """Yield a row of elements; nothing for none. Those beyond what one row takes are left out."""
    row = list(elements)[:ACTIONS_ELEMENTS]
    if row:
        yield {"type": "actions", "elements": row} | ({"block_id": block_id} if block_id else {})


def collapsed(title: str, children: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks that each reader opens alone, under a title; nothing for no blocks."""
    inside = list(children)[:CONTAINER_BLOCKS]
    if inside:
        yield {
            "type": "container",
            "title": plain_text(title, CONTAINER_TITLE),
            "child_blocks": inside,
            "is_collapsible": True,
            "default_collapsed": True,
        }


def table(rows: Iterable[Sequence[str]]) -> Block:
    """Return a table with wrapped columns; its first row is the head."""
    cells = [[{"type": "raw_text", "text": plain(cell, CELL_TEXT)} for cell in row] for row in rows]
    shown = cells[:TABLE_ROWS]
    return {"type": "table", "rows": shown, "column_settings": [{"is_wrapped": True} for _ in shown[0]]}


def preformatted(text: str) -> Iterator[Block]:
    """Yield text to be copied, letter by letter as it is; Slack reads no markup in it."""
    for part in _parts(text, PREFORMATTED_TEXT):
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
