"""Several questions in one message."""

from __future__ import annotations

import re

MOST_PARTS = 4
_BETWEEN = re.compile(
    r"[?!\n;]+|\.(?:\s+|$)|,?\s+(?:and|but)\s+also\s+|,?\s*(?:and|plus|also)\s+(?=(?:how|what|which|who|where|when|why|can|could"
    r"|do|does|is|are|should|will)\b)"
)


def parts(text: str) -> list[str]:
    """Return the sentences of a cleaned message that may be questions of their own; empty if there is only one."""
    found = [part.strip(" ,.") for part in _BETWEEN.split(text)]
    found = [part for part in found if len(part.split()) > 1]
    return found if 1 < len(found) <= MOST_PARTS else []
