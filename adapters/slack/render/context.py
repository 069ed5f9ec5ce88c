"""Where a reply appears, and what it needs to know of its place to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Surface(StrEnum):
    """A place in Slack where people read the advisor."""

    CHANNEL = "channel"
    """Everybody in a channel reads it."""
    DIRECT = "direct"
    """A direct message."""
    PRIVATE = "private"
    """In a channel, but only one person sees it, until they reload."""
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What surrounds a reply."""

    surface: Surface
    ref: str = ""
    """Names the turn in buttons that come back to it."""
    owner: str = ""
    """The mark of the person who asked."""
    shared_by: str = ""
    """The Slack id of the person who had a private answer shown to everybody."""
    shared: bool = False
    """Whether this private answer has been shared already."""

    @property
    def can_share(self) -> bool:
        """Whether a reply here can still be shown to everybody."""
        return self.surface is Surface.PRIVATE and not self.shared

    @property
    def can_delete(self) -> bool:
        """Whether the advisor's message stays until somebody takes it away."""
        return self.surface in (Surface.CHANNEL, Surface.DIRECT) and bool(self.owner)
