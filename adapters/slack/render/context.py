"""Where a reply appears, and what it needs to know of its surroundings to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.actions import Action, encode

LONGEST_QUESTION = 150
"""Characters of a question that travel in buttons and stand above an answer."""


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
class Commands:
    """What the slash commands are called in this workspace."""

    ask: str = "/advisor"
    recommend: str = "/recommend"


USUAL_COMMANDS = Commands()


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What surrounds a reply."""

    surface: Surface
    ref: str = ""
    """Names the turn in buttons that come back to it."""
    owner: str = ""
    """The pseudonym of the person who asked."""
    user: str = ""
    """The Slack id of the person who asked."""
    shared_by: str = ""
    """The Slack id of the person who had a private answer shown to everybody."""
    shared: bool = False
    """Whether this private answer has been shared already."""
    question: str = ""
    """What was asked, in the person's words; empty where a button led here."""
    share_to: str = ""
    """The time stamp of the message under which a private answer is shared; empty for the channel itself."""
    asks_people: bool = False
    """Whether the workspace has a channel where people answer what the advisor cannot."""
    commands: Commands = USUAL_COMMANDS
    name: str = "Advisor"
    """What the advisor is called: the title of its modals."""

    @property
    def in_view(self) -> bool:
        """Whether this is a modal or the App Home, which take fewer kinds of blocks than messages."""
        return self.surface in (Surface.MODAL, Surface.HOME)

    @property
    def can_share(self) -> bool:
        """Whether a reply here can still be shown to everybody."""
        return self.surface is Surface.PRIVATE and not self.shared

    @property
    def can_delete(self) -> bool:
        """Whether the advisor's message stays until somebody takes it away."""
        return self.surface in (Surface.CHANNEL, Surface.DIRECT) and bool(self.owner)

    @property
    def quotes(self) -> str:
        """The question to repeat above a reply: where readers cannot see it otherwise."""
        hidden = self.surface in (Surface.PRIVATE, Surface.MODAL) or self.shared_by
        return self.question if hidden else ""

    def carrying(self, action: Action) -> str:
        """Return the value of a button that needs the question and the thread when it is pressed."""
        return written_value(encode(action), self.share_to, self.question)


def written_value(action: str, thread: str = "", question: str = "") -> str:
    """Return a button's value: an action, and in lines below it a thread and a question where there are any."""
    flat = " ".join(question.split())
    short = flat if len(flat) <= LONGEST_QUESTION else flat[: LONGEST_QUESTION - 1] + "…"
    return f"{action}\n{thread}\n{short}".rstrip("\n")


def read_value(value: str) -> tuple[str, str, str]:
    """Return the action, the thread and the question of a button's value; empty where it has none."""
    action, _, rest = value.partition("\n")
    thread, _, question = rest.partition("\n")
    return action, thread, question
