"""Why a question was read as it was, for the page's third tab."""

from __future__ import annotations

from typing import Any

from bot.advisor import Advisor


def explained(advisor: Advisor, text: str) -> dict[str, Any]:
    """Return why a question that begins a conversation is read as it is: words, near phrasings, what decided."""
    found = advisor.explain(text)
    best = found.reading.ranked[0] if found.reading.ranked else None
    return {
        "decided": f"{found.decided_by} {found.yes_or_no}",
        "topic": best.topic if best else "",
        "question": found.reading.question.question if found.reading.question else "",
        "words": [
            {"written": word.written, "read": word.read, "known": word.known, "side": word.side or ""}
            for word in found.words
        ],
        "nearest": [
            {
                "group": near.group,
                "phrasing": near.phrasing,
                "likeness": round(near.likeness, 2),
                "words": round(near.words, 2),
                "meaning": None if near.meaning is None else round(near.meaning, 2),
                "confidence": None if near.confidence is None else round(near.confidence, 2),
            }
            for near in found.nearest
        ],
    }
