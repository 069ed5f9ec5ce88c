"""What is typed in the middle of the guided choice and is no step of it."""

from __future__ import annotations

from bot import replies
from bot.replies import NotKnown, Reply, Unknown

STILL_OPEN = "Back to your choice. (Say \u201cstop\u201d to leave it.)"
NOT_UNDERSTOOD = (
    "I did not get that. Choose one of these, or say \u201cnot sure\u201d; \u201cstop\u201d closes the guide."
)
FEW_WORDS = 6
"""Words of the longest line that may have been an answer to the guide, where it is no question."""
FAINT = 0.3
"""Confidence below which a suggestion is worth less than to ask the guide's question again."""


def is_unclear(reply: Reply, text: str) -> bool:
    """Return whether a message in the middle of the guide was, as it seems, an answer that was not understood."""
    answerlike = "?" not in text and len(text.split()) <= FEW_WORDS
    match reply:
        case NotKnown(reason=reason):
            return reason is Unknown.EMPTY or (answerlike and reason is not Unknown.OUT_OF_SCOPE)
        case replies.Suggestions(candidates):
            return answerlike and candidates[0].confidence < FAINT
        case _:
            return False
