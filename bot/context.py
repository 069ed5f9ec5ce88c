"""What a conversation remembers from one message to the next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


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
    guide: str | None = None
    """The token of the guide question that is waiting for an answer."""

    def as_dict(self) -> dict[str, Any]:
        """Return the context as plain JSON types."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Context:
        """Read what `as_dict` wrote; keys from another version are ignored."""
        return cls(
            topic=data.get("topic"),
            side=data.get("side"),
            suggested=tuple(data.get("suggested") or ()),
            guide=data.get("guide"),
        )
