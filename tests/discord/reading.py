"""Reads messages of the stand-in as a person does: text, and labels to press."""

from __future__ import annotations

from typing import Any

from tests.discord.rules import walk
from tests.discord.standin import Discord, Exchange

Json = dict[str, Any]


EMOJI = {"👍": "Helpful", "👎": "Not helpful", "🗑️": "Delete"}
"""What a button says that has no label."""


def label(button: Json) -> str:
    """Return what a button says, to eyes or to a screen reader."""
    return str(button.get("label") or EMOJI[button["emoji"]["name"]])


def text(message: Json) -> str:
    """Return everything that is written in a message."""
    return "\n".join(item["content"] for item in walk(message["components"]) if item["type"] == 10)


def labels(message: Json) -> list[str]:
    """Return what can be pressed or chosen, each with what stands beside it."""
    found = []
    for item in walk(message["components"]):
        if item["type"] == 2:
            found.append(label(item))
        if item["type"] == 3:
            found += [" ".join(filter(None, (o["label"], o.get("description")))) for o in item["options"]]
    return found


def pressable(message: Json) -> bool:
    """Return whether there is anything to press."""
    return bool(labels(message))


async def press(discord: Discord, message: Json, wanted: str, user: int = 1, place: Json | None = None) -> Exchange:
    """Press the button, or choose the option, whose label contains this; one that says just this comes first."""
    for item in walk(message["components"]):
        if item["type"] == 2 and wanted.lower() == label(item).lower():
            return await discord.press(message, item["custom_id"], user, place)
    for item in walk(message["components"]):
        if item["type"] == 2 and wanted.lower() in label(item).lower():
            return await discord.press(message, item["custom_id"], user, place)
        for option in item.get("options", []):
            if wanted.lower() in f"{option['label']} {option.get('description', '')}".lower():
                return await discord.choose(message, item["custom_id"], option["value"], user=user, place=place)
    raise AssertionError(f"no {wanted!r} among {labels(message)}")


async def share(discord: Discord, message: Json, user: int = 1) -> Json:
    """Press "Share" and return what everybody reads then."""
    before = set(discord.messages)
    await press(discord, message, "Share", user)
    return await discord.posted(lambda: next((m for i, m in discord.messages.items() if i not in before), None))
