"""What helps the guide to read a description of a project: phrases, as data."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from bot.knowledge.guide_signals import Clue, ProjectTest, Signal
from bot.knowledge.guide_terms import Key, Pattern
from bot.knowledge.models import Model, Word


class Commands(Model):
    """Whole typed messages that steer instead of answering."""

    back: tuple[Word, ...] = Field(
        default=("back", "go back", "undo", "previous", "b"), description="Take the last answer back."
    )
    restart: tuple[Word, ...] = Field(
        default=("restart", "start over", "start again", "begin again", "reset"), description="Begin again."
    )
    finish: tuple[Word, ...] = Field(
        default=("result", "result now", "show result", "show me the result", "finish", "done"),
        description="Show the result now.",
    )
    unsure: tuple[Word, ...] = Field(
        default=(
            "not sure",
            "unsure",
            "dont know",
            "i dont know",
            "no idea",
            "idk",
            "dunno",
            "skip",
            "?",
        ),
        description="Not sure.",
    )
    no: tuple[Word, ...] = Field(default=("no", "n", "nope"), description="No, where the question has such an option.")
    go: tuple[Word, ...] = Field(
        default=(
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
        ),
        description="Yes, go on.",
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
    commands: Commands = Field(
        default=Commands(), description="What people type to go back, to begin again, to see the result."
    )
