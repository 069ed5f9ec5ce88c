"""Conversations written down once and held on every platform. `test_core` and each platform's tests read them.

A step says something (`say`), presses a button of the last reply that has any (`press`: part of its label, upper or
lower case), or presses a button from another time (`value`: what it says). `by: other` is somebody else, who presses
in the asker's message. `expect` tells what the reply means, the same on every platform:

    kind      its class in `bot.replies`
    topic, side, question, number, result, reason
              attributes of the reply; `reason` is also the kind of a notice
    topics    the topics of `Answers`, in order
    contains  words that a person reads in it
    offers    buttons that it must have, as parts of their labels
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot import replies
from bot.replies import Reply

FOLDER = Path(__file__).parent / "scripts"
ASKER = "asker"


@dataclass(frozen=True)
class Step:
    """One thing that a person does, and what it should mean."""

    say: str | None = None
    press: str | None = None
    value: str | None = None
    by: str = ASKER
    expect: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Script:
    """A conversation."""

    name: str
    about: str
    steps: tuple[Step, ...]


def all_scripts() -> list[Script]:
    """Return every script, by name."""
    return [_read(path) for path in sorted(FOLDER.glob("*.yaml"))]


def meaning(reply: Reply, expected: dict[str, Any]) -> dict[str, Any]:
    """Return what a reply says to the expected keys; `contains` and `offers` are looked for elsewhere."""
    return {key: _meant(reply, key) for key in expected if key not in ("contains", "offers")}


def _read(path: Path) -> Script:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Script(path.stem, data["about"], tuple(Step(**step) for step in data["steps"]))


def _meant(reply: Reply, key: str) -> Any:
    match key, reply:
        case "kind", _:
            return type(reply).__name__
        case "topics", replies.Answers(parts):
            return [part.topic for part in parts]
        case "reason", replies.Notice(kind=kind):
            return kind.value
        case "reason", replies.NotKnown(reason=reason):
            return reason.value
        case _:
            return getattr(reply, key, None)
