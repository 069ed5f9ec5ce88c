"""Whole messages that are commands, the same wherever people can type."""

from __future__ import annotations

import re

from bot.actions import Action, ShowArea, ShowHelp, ShowPrivacy

WORDS: dict[str, Action] = {
    "help": ShowHelp(),
    "topics": ShowArea(),
    "all topics": ShowArea(),
    "privacy": ShowPrivacy(),
    "forget me": ShowPrivacy(),
}
"""What stands alone in a message means this; forgetting takes the button that comes with the notice."""
_MENTION = re.compile(r"<@[!&]?\w+>")
_AROUND = re.compile(rf"^(?:\s*{_MENTION.pattern}[\s,:]*)+|(?:\s*{_MENTION.pattern}\s*)+$")


def without_mention(text: str) -> str:
    """Return a message without the mentions that it begins or ends with: they only call the advisor."""
    return _AROUND.sub("", text)


def spoken(text: str) -> Action | None:
    """Return what a message asks for where it is nothing but a command; None for everything else."""
    return WORDS.get(" ".join(_MENTION.sub(" ", text).split()).strip("/.! ").casefold())
