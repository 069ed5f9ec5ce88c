"""What the text after a slash command asks for."""

from __future__ import annotations

from collections.abc import Awaitable

from adapters.conversations.conversations import Conversations, Delivery
from adapters.conversations.people import Message, Person
from bot.presses import ShowHelp


def asked(
    conversations: Conversations, text: str, person: Person, conversation: str = ""
) -> Awaitable[Delivery | None]:
    """Return the answer to `/advisor text`: a command, or else a question."""
    verb, _, rest = text.strip().partition(" ")
    if not verb:
        return conversations.do(ShowHelp(), person)
    match verb.lower():
        case "recommend":
            return conversations.recommend(rest.strip(), person, conversation)
        case "compare":
            return conversations.compare(rest.strip(), person)
        case _:
            return conversations.ask(Message(person, conversation, text))
