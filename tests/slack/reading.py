"""Reads Slack payloads as a person would: texts and buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Payload = dict[str, Any]


def elements(payload: Payload) -> Iterator[Payload]:
    """Yield everything with which one can do something."""
    for block in payload.get("blocks", ()):
        if block["type"] == "actions":
            yield from block["elements"]
        if "accessory" in block:
            yield block["accessory"]


def buttons(payload: Payload) -> dict[str, str]:
    """Return the values of the buttons by their labels, in order."""
    return {element["text"]["text"]: element["value"] for element in elements(payload) if element["type"] == "button"}


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
