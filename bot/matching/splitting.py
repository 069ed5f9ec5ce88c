"""Several questions in one message, and messages that are no questions at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_PARTS = 4
_BETWEEN = re.compile(
    r"[?!\n;]+|\.(?:\s+|$)|,?\s+(?:and|but)\s+also\s+|,?\s*(?:and|plus|also)\s+(?=(?:how|what|which|who|where|when|why|can|could"
    r"|do|does|is|are|should|will)\b)"
)
_QUESTION = re.compile(
    r"\?|\b(?:how|what|whats|which|who|where|when|why|should|could|recommend|anyone|anybody|vs|versus|advice|wondering|explain)\b"
    r"|^(?:can|do|does|is|are|will|would|has|have you|tell|show|give|need to know)\b"
    r"|\b(?:can|do|does|is|are|will|would) (?:i|we|you|it|that|there|they|one|someone)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:i|im|i'm|we|we're|were|our|my|us|me)\b")
_PLANS = re.compile(
    r"\b(?:build|building|make|making|creat\w+|develop\w*|start\w*|plan\w*|want|wants|need|needs|going to|working on|launch\w*"
    r"|writing|team|devs?|developers?|people|project|startup|looking to|about to|would like|have to|knows?|setting up|set up)\b"
)
DESCRIBES_FROM = 7
"""Words that a description of a project has at least."""


def parts(text: str) -> list[str]:
    """Return the sentences of a cleaned message that may be questions of their own; empty if there is only one."""
    found = [part.strip(" ,.") for part in _BETWEEN.split(text)]
    found = [part for part in found if len(part.split()) > 1]
    return found if 1 < len(found) <= MOST_PARTS else []


def describes(text: str, words: Sequence[str]) -> bool:
    """Return whether a cleaned message tells about a project instead of asking something."""
    return (
        len(words) >= DESCRIBES_FROM
        and not _QUESTION.search(text)
        and bool(_FIRST_PERSON.search(text))
        and bool(_PLANS.search(text))
    )
