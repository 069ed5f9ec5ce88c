"""What helps the guide to read a description of a project: phrases, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.models import Model, Word

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=12)]
When = Mapping[Key, tuple[Key, ...]]
"""Questions or circumstances, with the options that satisfy the condition; every line must hold."""

Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1400)]
"""A phrase to look for, word by word, in lower case and without punctuation.

`a|b` are alternatives for one word, `word*` any word that begins so, `?word` a word that may be missing, `#` a number,
`..` up to four words of the same clause, and a leading `^` that the phrase begins a clause.
"""


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


class Commands(Model):
    """Whole typed messages that steer instead of answering."""

    back: tuple[Word, ...] = ("back", "go back", "undo", "previous", "b")
    restart: tuple[Word, ...] = ("restart", "start over", "start again", "begin again", "reset")
    finish: tuple[Word, ...] = ("result", "result now", "show result", "show me the result", "finish", "done")
    unsure: tuple[Word, ...] = (
        "not sure",
        "unsure",
        "dont know",
        "i dont know",
        "no idea",
        "idk",
        "dunno",
        "skip",
        "?",
    )
    no: tuple[Word, ...] = ("no", "n", "nope")
    go: tuple[Word, ...] = (
        "yes",
        "y",
        "ok",
        "okay",
        "correct",
        "right",
        "go on",
        "continue",
        "go",
        "thats right",
        "next",
    )


class GuideReading(Model):
    """Words that decide how a description is read."""

    negations: tuple[Pattern, ...] = Field(default=(), description="What before a phrase turns it around.")
    turns: tuple[Pattern, ...] = Field(default=(), description="What ends the reach of a negation: but, so.")
    doubts: tuple[Pattern, ...] = Field(default=(), description="What in a clause leaves it open: maybe, later.")
    others: tuple[Pattern, ...] = Field(default=(), description="What in a clause says it is not about this project.")
    describing: tuple[Pattern, ...] = Field(default=(), description="What gives a description of a project away.")
    asking: tuple[Pattern, ...] = Field(default=(), description="What a question begins with, instead of an answer.")
    people: tuple[Pattern, ...] = Field(default=(), description="What people are called when they are counted.")
    spelled: tuple[Word, ...] = Field(default=(), description="Words that are right, though they look like a typo.")
    signals: Mapping[Key, Signal] = Field(default={}, description="Everyday words, by what they say of a project.")
    clues: tuple[Clue, ...] = Field(default=(), description="What signals say together, the surest first.")
    project: ProjectTest = Field(default=ProjectTest(), description="When a message describes a project.")
    commands: Commands = Commands()
