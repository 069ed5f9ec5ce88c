"""How a description is read beyond an option's own phrases: everyday words, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from bot.knowledge.guide_terms import Key, Pattern, When
from bot.knowledge.models import Model


class Signal(Model):
    """Everyday words that say one thing about a project: that people sign in, that something is sold."""

    words: tuple[Pattern, ...] = Field(default=(), description="Phrases; each different one counts once.")
    series: bool = Field(default=False, description="Whether it counts the longest row of short items in a list.")
    raw: bool = Field(default=False, description="Whether it counts as well where it is negated or in doubt.")
    least: int | None = Field(default=None, ge=2, description="The number in the phrase (`#`) must be this or more.")


class Clue(Model):
    """What signals say together. The first clue of a question that holds is taken."""

    says: Mapping[Key, Key] = Field(min_length=1, description="Options by question.")
    signals: Mapping[Key, int] = Field(default={}, description="How many different phrases of each signal.")
    unless: tuple[Key, ...] = Field(default=(), description="Signals that forbid it.")
    given: When = Field(default={}, description="What must have been read before.")
    assumed: bool = Field(default=False, description="Whether it follows from silence; never read in a typed answer.")


class ProjectTest(Model):
    """When a message counts as the description of a project: where its points reach `least`."""

    least: float = Field(default=5, description="Points from which on it is one.")
    points: Mapping[Key, float] = Field(default={}, description="Points of a signal; negative ones speak against it.")
    answer: float = Field(default=1.5, description="Points of each answer that it states, three at most.")
    implied: float = Field(default=0, description="Points of each answer that its words imply, four at most.")
    ten_words: float = Field(default=0, description="Points of every ten words, up to forty.")
    telling: float = Field(default=0, description="Points where it tells, in ten words or more, and asks nothing.")
    asking: tuple[Key, ...] = Field(default=(), description="Signals that make it a question; so does a question mark.")
