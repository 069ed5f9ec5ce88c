"""What to do with a message."""

from __future__ import annotations

from enum import StrEnum


class Decision(StrEnum):
    """What to do with a message."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    """Nothing in it can be read."""
    DESCRIPTION = "description"
    """It describes a project: the guide can begin with what it says."""
