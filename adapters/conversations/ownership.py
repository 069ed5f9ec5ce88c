"""Who owns a message that everybody can read, and who may change it: one rule for every platform.

The person who asked owns the answer; their pseudonym stands in its delete button. Only the owner changes it in place
or deletes it. Whoever else presses one of its buttons gets an answer of their own, which nobody else sees. A public
message without a delete button belongs to nobody and is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.actions import Delete, StaleActionError, decode


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
