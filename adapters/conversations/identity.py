"""Who speaks, under a pseudonym, how much they may ask, and who may change a message that everybody sees."""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from bot.action_codec import StaleActionError, decode
from bot.actions import Delete

PEOPLE = 10_000
"""Buckets that are kept; whoever was quiet longest starts afresh."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a platform. Never stored; only the pseudonym is, in columns and parameters called `mark`."""

    platform: str
    """ "slack", "discord" or "terminal"."""
    workspace: str
    """Slack team or Discord guild; empty in direct messages on Discord."""
    user: str

    @property
    def workspace_key(self) -> str:
        """What the person's workspace is called in a store."""
        return f"{self.platform}/{self.workspace}"

    def conversation_key(self, conversation: str) -> str:
        """Return what a conversation in the person's workspace is called in a store."""
        return f"{self.workspace_key}/{conversation}"


def workspace_of(person: Person) -> str:
    """Return the name of the person's workspace among all platforms; empty where they are in none."""
    return workspace_name(person.platform, person.workspace) if person.workspace else ""


def workspace_name(platform: str, workspace: str) -> str:
    """Return the name of a workspace among all platforms, given its id on its own."""
    return f"{platform}/{workspace}"


@dataclass(frozen=True, slots=True)
class Message:
    """Something a person said to the advisor."""

    person: Person
    conversation: str
    """What the context belongs to: a thread, a direct message channel. Unique within platform and workspace; empty
    where nothing follows, as after a slash command."""
    text: str
    event: str | None = None
    """What makes two deliveries of one message equal, so that it is answered once; None where nothing repeats."""


class Pseudonyms:
    """Turns a person into a pseudonym of 8 characters, which says nothing about them to anybody without the key."""

    def __init__(self, key: bytes = b"", global_platforms: Iterable[str] = ()) -> None:
        """Make pseudonyms with a key; on `global_platforms` a user is one person in every workspace."""
        self._key = blake2b(key, digest_size=32).digest()
        self._global = frozenset(global_platforms)

    def of(self, person: Person) -> str:
        """Return the person's pseudonym: safe in buttons, the same in every process that has the same key."""
        place = "" if person.platform in self._global else person.workspace
        who = f"{person.platform}\0{place}\0{person.user}".encode()
        return base64.urlsafe_b64encode(blake2b(who, digest_size=6, key=self._key).digest()).decode()


def owner_of(values: Iterable[str]) -> str:
    """Return the pseudonym of a message's owner, given what its buttons say; empty where it has none."""
    for value in values:
        try:
            action = decode(value)
        except StaleActionError:
            continue
        if isinstance(action, Delete):
            return action.owner
    return ""


def may_change(values: Iterable[str], pseudonym: str) -> bool:
    """Return whether the person with this pseudonym owns the public message whose buttons say these values."""
    return bool(pseudonym) and owner_of(values) == pseudonym


class RateLimit:
    """A token bucket for each person or workspace, kept by each process for itself.

    Several processes hold the limit only approximately: with n of them a person may get up to n times as much.
    """

    def __init__(self, burst: int, per_minute: float, clock: Callable[[], float]) -> None:
        self._burst = float(burst)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Return whether whoever has this key may go on, and count it if so."""
        now = self._clock()
        left, since = self._buckets.pop(key, (self._burst, now))
        left = min(self._burst, left + max(0.0, now - since) * self._per_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        while len(self._buckets) > PEOPLE:
            self._buckets.popitem(last=False)
        return allowed
