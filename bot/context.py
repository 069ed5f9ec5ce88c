"""What a conversation remembers from one message to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

TOLD_QUESTION: Final = "q:"
"""Begins the keys of questions in what a context says was told."""
TOLD_CODE: Final = "c:"
"""Stands for the code of a topic among what was told; where it is the last, "and the other?" asks for code."""


@dataclass(frozen=True, slots=True)
class Context:
    """The thread of a conversation, handed in with a message and handed back changed.

    The core keeps nothing; whoever calls it stores this (`as_dict`, `from_dict`) and forgets it in time.
    """

    topic: str | None = None
    """The topic that was answered last."""
    side: str | None = None
    """The side that the last answer was about: a side's id, "both", or None where nobody named one."""
    suggested: tuple[str, ...] = ()
    """Topics that were offered last, so that "2" or "the second" picks one."""
    question: str | None = None
    """The question of that topic that was answered last, where it was one."""
    told: tuple[str, ...] = ()
    """What was said of that topic beyond its first answer, by key."""
    guide: str | None = None
    """The token of the guide question that is waiting for an answer."""
    result: str | None = None
    """The token of the recommendation that was shown last, so that "why not the other?" is about it."""

    def as_dict(self) -> dict[str, Any]:
        """Return the context as plain JSON types."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Context:
        """Read what `as_dict` wrote; keys of another version are ignored, and so is what has a wrong type."""
        known = ("topic", "side", "question", "guide", "result")
        texts = {key: data[key] for key in known if isinstance(data.get(key), str)}
        return cls(**texts, suggested=_strings(data.get("suggested")), told=_strings(data.get("told")))


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(each for each in value if isinstance(each, str))
