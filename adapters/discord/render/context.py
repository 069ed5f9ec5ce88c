"""What surrounds a reply on its way to a screen: who asked, who can see it, and what its buttons refer to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Audience(Enum):
    """Who sees a message."""

    ASKER = auto()
    """Only the person who asked, for a while: an ephemeral message. It can be shared; Discord itself dismisses it."""
    DIRECT = auto()
    """A direct message: private already, and it stays."""
    CHANNEL = auto()
    """Everybody in the channel. The asker can delete it."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The surroundings of one reply."""

    ref: str
    """Names the turn, so that feedback finds it."""
    owner: str
    """The mark of the person who asked."""
    audience: Audience
    note: str = ""
    """A line to put above the reply, as Markdown; who shared it, say."""
