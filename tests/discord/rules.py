"""What Discord refuses in a message or a command, written down once more and independently of the adapter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

V2 = 1 << 15
KINDS = {1, 2, 3, 8, 10, 13, 14, 17}


def violations(message: Json, files: tuple[str, ...] = ()) -> list[str]:
    """Return what Discord would refuse in a message made of Components V2; empty where all is well."""
    items = list(walk(message["components"]))
    return [*_whole(message, items), *(wrong for item in items for wrong in _item(item, files))]


def walk(components: list[Json]) -> Iterator[Json]:
    """Yield components and everything in them."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))


def _whole(message: Json, items: list[Json]) -> Iterator[str]:
    if not message.get("flags", 0) & V2 or message.get("content") or message.get("embeds"):
        yield "not a pure V2 message"
    if not 1 <= len(items) <= 40:
        yield f"{len(items)} components"
    if (text := sum(len(item["content"]) for item in items if item["type"] == 10)) > 4000:
        yield f"{text} characters of text"
    ids = [item["custom_id"] for item in items if "custom_id" in item]
    if len(ids) != len(set(ids)):
        yield "custom_ids are not unique"


def _item(item: Json, files: tuple[str, ...]) -> Iterator[str]:
    match item["type"]:
        case 1:
            selects = [child for child in item["components"] if child["type"] in (3, 8)]
            if not 1 <= len(item["components"]) <= (1 if selects else 5):
                yield "a row with too few or too many components"
        case 2:
            if "label" in item or "emoji" not in item:
                yield from _bounded("button label", item.get("label", ""), 1, 80)
            yield from _bounded("custom_id", item["custom_id"], 1, 100)
        case 3:
            yield from _bounded("custom_id", item["custom_id"], 1, 100)
            yield from _bounded("placeholder", item["placeholder"], 1, 150)
            yield from _options(item["options"])
            if not 0 <= item["min_values"] <= item["max_values"] <= len(item["options"]):
                yield "a menu that cannot be filled in"
            if sum(option.get("default", False) for option in item["options"]) > item["max_values"]:
                yield "more options chosen than may be"
        case 8:
            yield from _bounded("custom_id", item["custom_id"], 1, 100)
            if not 0 <= len(item.get("default_values", [])) <= item["max_values"] <= 25:
                yield "too many channels"
        case 10:
            yield from _bounded("text", item["content"], 1, 4000)
        case 13:
            if item["file"]["url"].removeprefix("attachment://") not in files:
                yield "a file that is not attached"
        case kind if kind not in KINDS:
            yield f"an unknown component {kind}"


def _options(options: list[Json]) -> Iterator[str]:
    if not 1 <= len(options) <= 25:
        yield f"{len(options)} options"
    if len({option["value"] for option in options}) != len(options):
        yield "option values are not unique"
    for option in options:
        for key in ("label", "value", "description"):
            yield from _bounded(f"option {key}", option.get(key, "-"), 1, 100)


def _bounded(what: str, text: str, least: int, most: int) -> Iterator[str]:
    if not least <= len(text) <= most:
        yield f"{what}: {len(text)} characters"
