"""What people are told about what is stored; true for the settings in use."""

from __future__ import annotations

from adapters.service.settings_loader import Settings


def privacy_notice(settings: Settings) -> str:
    """Return the notice, in sentences."""
    missed = (
        "When I have no answer at once, I keep the text of the question, and of what you tell me was missing in an "
        "answer, for whoever writes my knowledge, without addresses, links, tokens, mentions and code, and without who "
        "wrote it: for "
        f"{settings.missed_days} days."
        if settings.keep_missed
        else "I keep no text that you write."
    )
    word = (
        "If you say whether an answer helped, I keep that word beside a pseudonym that stands for you, for "
        f"{settings.feedback_days} days."
    )
    return (
        "I store no names of people or channels, and no text of questions that I answered. "
        "I remember what a conversation was about, to understand the next question, and your last result of the guided "
        f"choice, for 24 hours. {missed} {word} Of channels, I keep only the ids of those that admins choose for me. "
        "I count how often topics come up, without who asked. "
        '"Forget me" removes the memory of your conversations and your feedback at once.'
    )
