"""Reads Slack payloads as a person would: texts and buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Payload = dict[str, Any]


def elements(payload: Payload) -> Iterator[Payload]:
    """Yield everything with which one can do something."""
    for block in payload.get("blocks", ()):
        inside = block["elements"] if block["type"] in ("actions", "context_actions") else ()
        beside = [block["accessory"]] if "accessory" in block else []
        yield from (element | {"block_id": block.get("block_id", "")} for element in (*inside, *beside))
        yield from elements({"blocks": block.get("child_blocks", ())})


def buttons(payload: Payload) -> dict[str, str]:
    """Return the values of buttons, thumbs and options of menus by their labels, in order."""
    return dict(pair for element in elements(payload) for pair in _labelled(element))


def _labelled(element: Payload) -> Iterator[tuple[str, str]]:
    if element["type"] == "feedback_buttons":
        for side in ("positive_button", "negative_button"):
            yield element[side]["text"]["text"], element[side]["value"]
    elif "options" in element:
        kind, _, token = element["block_id"].partition(" ")
        before = {"change": f"gq:{token}:", "chips": f"gx:{token.split(' ')[0]}:"}.get(kind, "")
        yield from ((option["text"]["text"], before + option["value"]) for option in element["options"])
    elif "value" in element:
        yield element["text"]["text"], element["value"]


def folded(payload: Payload) -> Payload:
    """Return what a reader finds who opens all that is folded away, as a payload."""
    return {"blocks": [child for block in payload["blocks"] for child in block.get("child_blocks", ())]}


def shown(payload: Payload) -> str:
    """Return all that can be read without opening anything, a line for each text."""
    return words({"blocks": [block for block in payload["blocks"] if block["type"] != "container"]})


def offered(payload: Payload, label: str) -> list[str]:
    """Return what the buttons say whose labels have `label` in them, upper or lower case."""
    return [value for text, value in buttons(payload).items() if label.lower() in text.lower()]


def value(payload: Payload, label: str) -> str:
    """Return what the first of these buttons says."""
    found = offered(payload, label)
    assert found, f"no button with {label!r} among {list(buttons(payload))}"
    return found[0]


def words(payload: Payload) -> str:
    """Return all that can be read in the blocks, a line for each text."""
    return "\n".join(_texts(payload.get("blocks", ())))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for inner in part.values():
            yield from _texts(inner)
    elif isinstance(part, (list, tuple)):
        for inner in part:
            yield from _texts(inner)
