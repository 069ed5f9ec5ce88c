"""A local page on which an author talks with the advisor and sees what Slack and Discord would show."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    """The three places in which people meet the advisor on both platforms."""

    CHANNEL = "channel"
    """A mention in a channel, whose answer everybody reads."""
    PRIVATE = "private"
    """A slash command, whose answer only one person sees."""
    DIRECT = "direct"
    """A direct message."""
