"""Reads messages of the stand-in as a person does: text, and labels to press."""

from __future__ import annotations

from typing import Any

from tests.discord.rules import walk
from tests.discord.standin import Discord, Exchange

Json = dict[str, Any]


def text(message: Json) -> str:
    """Return everything that is written in a message."""
    return "\n".join(item["content"] for item in walk(message["components"]) if item["type"] == 10)


def labels(message: Json) -> list[str]:
    """Return what can be pressed or chosen, each with what stands beside it."""
    found = []
    for item in walk(message["components"]):
        if item["type"] == 2:
            found.append(item["label"])
        if item["type"] == 3:
            found += [" ".join(filter(None, (o["label"], o.get("description")))) for o in item["options"]]
    return found


def pressable(message: Json) -> bool:
    """Return whether there is anything to press."""
    return bool(labels(message))


async def press(discord: Discord, message: Json, label: str, user: int = 1) -> Exchange:
    """Press the button, or choose the option, whose label contains this."""
    for item in walk(message["components"]):
        if item["type"] == 2 and label.lower() in item["label"].lower():
            return await discord.press(message, item["custom_id"], user)
        for option in item.get("options", []):
            if label.lower() in f"{option['label']} {option.get('description', '')}".lower():
                return await discord.choose(message, item["custom_id"], option["value"], user)
    raise AssertionError(f"no {label!r} among {labels(message)}")
