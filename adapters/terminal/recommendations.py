"""A recommendation as JSON, in the format that other programs rely on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.replies import Flip, Reason, Recommendation


def line(result: Recommendation, understood: Mapping[str, str]) -> dict[str, Any]:
    """Return a recommendation as one JSON object; `understood` is what was read in the description."""
    return {
        "understood": dict(understood),
        "recommendation": result.result,
        "strength": result.strength.value,
        "score": result.score,
        "headline": result.headline,
        "asked": list(result.asked),
        "reasons": [_reason(reason) for reason in result.reasons],
        "against": _reason(result.against) if result.against else None,
        "flips": [_flip(flip) for flip in result.flips],
        "flip_text": result.flip_text,
        "open": [point.question for point in result.open_points],
        "notes": list(result.notes),
        "names": list(result.names),
        "code": result.code,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "text": reason.text,
        "side": reason.side,
        "weight": reason.weight,
        "because": reason.because,
        "from_article": reason.from_article,
        "sources": [{"title": source.title, "url": source.url} for source in reason.sources],
    }


def _flip(flip: Flip) -> dict[str, Any]:
    return {"question": flip.question, "option": flip.option, "result": flip.result, "change": flip.change}
