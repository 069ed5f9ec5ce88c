"""What helps the guide to read a description of a project: phrases, as data."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.models import Model, Word

Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=240)]
"""A phrase to look for, word by word, in lower case and without punctuation.

`a|b` are alternatives for one word, `word*` any word that begins so, `?word` a word that may be missing, and `..` up to
four words of the same clause.
"""


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
    commands: Commands = Commands()
