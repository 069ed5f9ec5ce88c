"""What people are told about what is stored; true for the settings in use."""

from __future__ import annotations

from adapters.service.settings_loader import Settings


def privacy_notice(settings: Settings) -> str:
    """Return the notice, in sentences."""
    missed = (
        "When I have no answer at once, I keep the text of the question for whoever writes my knowledge, without "
        "addresses, links, tokens, mentions and code, and without who asked: for "
        f"{settings.missed_days} days."
        if settings.keep_missed
        else "I keep the text of no question."
    )
    word = (
        "If you say whether an answer helped, I keep that word beside a pseudonym that stands for you, for "
        f"{settings.feedback_days} days."
    )
    return (
        "I store no names of people or channels, and no text of questions that I answered. "
        f"I remember what a conversation was about, to understand the next question, for 24 hours. {missed} {word} "
        "I count how often topics come up, without who asked. "
        '"Forget me" removes the memory of your conversations and your feedback at once.'
    )
