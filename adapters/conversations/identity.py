"""Who speaks, under a pseudonym, and who may change a message that everybody sees."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from bot.action_codec import StaleActionError, decode
from bot.actions import Delete


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
