"""Suggestions while somebody types: topics, from memory, in the time between two keystrokes."""

from __future__ import annotations

from discord import app_commands

from adapters.discord.dispatcher import Dispatcher
from adapters.discord.limits import CHOICE_TEXT, CHOICES
from adapters.discord.markup import clip
from bot import actions

Choice = app_commands.Choice[str]


def questions(dispatcher: Dispatcher, typed: str) -> list[Choice]:
    """Return what may be meant: the words as they are, then topics whose value is the press that opens them."""
    text = " ".join(typed.split())
    own = [Choice(name=f"“{text}”", value=text)] if 0 < len(text) <= CHOICE_TEXT - 2 else []
    links = dispatcher.conversations.advisor().complete(typed, CHOICES - len(own))
    return [*own, *(_choice(link.title, actions.encode(actions.ShowTopic(link.topic))) for link in links)]


def topics(dispatcher: Dispatcher, typed: str) -> list[Choice]:
    """Return topics to compare, each by its id."""
    return [_choice(link.title, link.topic) for link in dispatcher.conversations.advisor().complete(typed, CHOICES)]


def _choice(title: str, value: str) -> Choice:
    return Choice(name=clip(title, CHOICE_TEXT), value=value)


def chosen(question: str) -> actions.ShowTopic | None:
    """Return the topic that a suggestion stands for; None where somebody typed words of their own."""
    try:
        press = actions.decode(question)
    except actions.StaleActionError:
        return None
    return press if isinstance(press, actions.ShowTopic) else None
