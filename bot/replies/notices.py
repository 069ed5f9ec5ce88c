"""Short words to one person that are not about the subject."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """Things to say that are not about the subject."""

    STALE = "stale"
    """A button from another time, or one that cannot be read."""
    NOT_YOURS = "not-yours"
    """Somebody else's guide."""
    BUSY = "busy"
    """Too many questions at once."""
    FAILED = "failed"
    """Something broke; the log knows more."""
    THANKS = "thanks"
    """Feedback was kept."""
    PRIVACY = "privacy"
    FORGOTTEN = "forgotten"
    DELETED = "deleted"
    """The asker may take the message away; the platform does it."""
    INFO = "info"
    """Anything else that one person has to know."""
    LEFT = "left"
    """The guide was left before its end."""
    NO_GUIDE = "no-guide"
    """This knowledge base has no guide."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A short word to one person."""

    kind: NoticeKind
    text: str
