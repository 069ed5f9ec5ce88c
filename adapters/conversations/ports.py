"""What conversations need of a store: small protocols, for one process or for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from adapters.conversations.flow_control import Acknowledgement
from bot.context import Context

FUNNEL = ("guide-review", "guide-question", "recommendation")
"""Kinds of counted replies that are steps of the guide, in the order in which people come by them."""


class StoreUnavailableError(Exception):
    """The store did not answer. Questions are answered all the same."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A question without an answer at once. The text has been redacted; no person's pseudonym is kept with it."""

    ref: str
    platform: str
    text: str
    outcome: str
    """ "suggestions", "unknown", or "unhelpful" for what somebody missed in an answer."""
    nearest: tuple[str, ...]
    """Ids of the topics that came nearest, best first."""
    workspace: str = ""
    """Where it was asked, as `workspace_of` names it; empty outside of workspaces. Stored as a digest."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Somebody's word on a reply. A second word on the same reply replaces the first."""

    ref: str
    platform: str
    about: str
    """A topic's id, "not-known" or "guide"."""
    helpful: bool
    mark: str
    """Who said it, so that it can be forgotten."""
    workspace: str = ""
    """Where it was said, as `workspace_of` names it; empty outside of workspaces. Stored as a digest."""


@dataclass(frozen=True, slots=True)
class UsageCount:
    """One thing that happened, to be counted by day; holds nothing about a person."""

    platform: str
    what: str
    """ "answer", "suggestions", "unknown", "guide-question", "recommendation", ..."""
    about: str = ""
    """A topic, a guide question or a result; empty where nothing more is to be said."""


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """What the admins of a workspace have chosen."""

    channels: tuple[str, ...] = ()
    """Ids of the channels where public answers are allowed; empty for all channels."""
    help_channel: str = ""
    """Id of the channel to which "Ask a person" posts; empty where that is off."""
    threads: bool = False
    """Whether questions in a channel are answered in threads of their own, where a platform leaves that open."""


class Claims(Protocol):
    """Events that somebody already answers."""

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:
        """Return whether this caller is the first to claim the event, among all processes.

        Where another one has claimed it and not answered yet, the acknowledgement of the request is held back; so it is
        where that cannot be known just now.

        A claim that nobody has reported as answered for a while passes to the next caller: its process may be dead.
        """

    async def answered(self, event: str) -> None:
        """Note that a claimed event has its answer, so that nobody needs to take it over."""


class Contexts(Protocol):
    """What conversations remember; forgotten after a while."""

    async def load(self, conversation: str) -> Context | None:
        """Return what the conversation remembers."""

    async def save(self, conversation: str, context: Context, mark: str) -> None:
        """Remember this, as said by the person with this mark."""


class Journal(Protocol):
    """The worklist of whoever writes the knowledge, and the counts."""

    async def missed(self, question: Missed) -> None:
        """Note a question that was not answered at once."""

    async def chosen(self, ref: str, topic: str) -> None:
        """Note that this suggestion was the one meant."""

    async def turned_down(self, ref: str) -> None:
        """Note that none of the suggestions was meant."""

    async def feedback(self, feedback: Feedback) -> None:
        """Keep somebody's word on a reply."""

    async def count(self, tally: UsageCount) -> None:
        """Count something that happened."""


class People(Protocol):
    """What is stored about one person."""

    async def forget(self, mark: str) -> int:
        """Remove everything stored about a person; return how many records that were."""


class Workspaces(Protocol):
    """What the admins of a workspace have chosen."""

    async def workspace_settings(self, workspace: str) -> WorkspaceSettings:
        """Return the settings of a workspace; the defaults where nobody has chosen any."""

    async def keep_workspace_settings(self, workspace: str, settings: WorkspaceSettings) -> None:
        """Keep these settings in place of earlier ones."""

    async def forget_workspace(self, workspace: str) -> None:
        """Remove the settings of a workspace."""


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team choice that is open."""

    starter: str
    """The mark of the person who began it, who reveals the verdict; empty once that person is forgotten."""
    answers: tuple[str, ...] = ()
    """The result codes of those who have answered, in no order that says who."""
    revealed: str = ""
    """The result of the last verdict; empty before there was one."""
    place: str = ""
    """Where its card stands, as the platform writes it; empty where that is not known."""


class Teams(Protocol):
    """Team choices; forgotten after a day."""

    async def begin_team(self, team: str, starter: str) -> None:
        """Begin a team choice."""

    async def team(self, team: str) -> TeamChoice | None:
        """Return a team choice; None where it is over, or there never was one."""

    async def team_answer(self, team: str, mark: str, code: str) -> None:
        """Keep a member's result in place of an earlier one."""

    async def team_revealed(self, team: str, result: str) -> None:
        """Note what the verdict was."""

    async def team_place(self, team: str, place: str) -> None:
        """Note where the card stands."""


class Store(Claims, Contexts, Journal, People, Workspaces, Teams, Protocol):
    """All of it, as the storage adapter and the in-memory store provide it."""


class Observer(Protocol):
    """Somebody who watches how it goes: metrics. Calls are cheap and never fail."""

    def replied(self, platform: str, kind: str, seconds: float) -> None:
        """A reply of this kind was made in so many seconds."""

    def failed(self, platform: str, where: str) -> None:
        """Something broke: the store, a callback, a platform's interface."""
