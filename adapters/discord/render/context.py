"""What surrounds a reply on its way to a screen: who asked, who can see it, and what its buttons refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Audience(Enum):
    """Who sees a message."""

    ASKER = auto()
    """Only the person who asked, for a while: an ephemeral message. It can be shared; Discord itself dismisses it."""
    DIRECT = auto()
    """A direct message with the bot: private already, and it stays."""
    CHANNEL = auto()
    """Everybody in the channel. The asker can delete it."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """The surroundings of one reply."""

    ref: str
    """Names the turn, so that feedback finds it."""
    owner: str
    """The pseudonym of the person who asked."""
    audience: Audience
    note: str = ""
    """A line to put above the reply, as Markdown: the question that was asked, or who shared the answer."""
    shared: bool = False
    """Whether somebody shows their private answer to everybody."""
    asks_people: bool = False
    """Whether this server has a channel for questions that a person should answer."""
    commands: Mapping[str, str] = field(default_factory=dict)
    """How each slash command is written, by its usual name: its clickable mention, where Discord told it."""
