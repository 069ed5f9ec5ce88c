from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.knowledge.loader import schemas


def undescribed(schema: dict[str, Any]) -> Iterator[str]:
    """Yield the keys about which an editor can say nothing to somebody who points at them."""
    for name, model in {"": schema, **schema.get("$defs", {})}.items():
        for key, described in model.get("properties", {}).items():
            if not described.get("description"):
                yield f"{name}.{key}"


def test_every_key_says_what_it_is_for() -> None:
    found = {name: list(undescribed(json.loads(text))) for name, text in schemas().items()}

    assert {name: keys for name, keys in found.items() if keys} == {}
