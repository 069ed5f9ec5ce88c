"""What helps the guide to read what people tell of a project, as data: phrases, and packages that it depends on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

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

PackageName = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


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
    built: Mapping[Key, int] = Field(
        default={},
        description="Signals that say what is built, and how many phrases of each; one must. Empty: no test.",
    )
    answer: float = Field(default=1.5, description="Points of each answer that it states, three at most.")
    implied: float = Field(default=0, description="Points of each answer that its words imply, four at most.")
    ten_words: float = Field(default=0, description="Points of every ten words, up to forty.")
    telling: float = Field(default=0, description="Points where it tells, in ten words or more, and asks nothing.")
    asking: tuple[Key, ...] = Field(default=(), description="Signals that make it a question; so does a question mark.")


def _typed(description: str, phrases: str) -> Any:
    """Return a field that has these phrases by default, written with bars between them."""
    return Field(default=tuple(phrases.split("|")), description=description)


class Commands(Model):
    """Whole typed messages that steer instead of answering."""

    start: tuple[Word, ...] = _typed(
        "Begin the guide.",
        "recommend|recommend me one|recommend one|recommendation|guide me|start the guide|guide|"
        "help me choose|help me decide|help me pick|make me choose|let me choose|choose for me|"
        "which should i use|which one should i use|what should i use|"
        "which should i choose|which one should i choose|which should i pick|which one should i pick|"
        "which should we use|which one should we use|which is right for me|which one is right for me",
    )
    back: tuple[Word, ...] = _typed(
        "Take the last answer back.",
        "back|go back|undo|previous|b|one back|step back",
    )
    restart: tuple[Word, ...] = _typed(
        "Begin again.",
        "restart|start over|start again|begin again|reset|from the start|from the beginning|"
        "again from the start|start from scratch|new start",
    )
    finish: tuple[Word, ...] = _typed(
        "Show the result now.",
        "result|result now|results|show result|show me the result|show the result|finish|done|"
        "skip to the result|skip to result|to the result|the result|the result please|result please|"
        "give me the result|just tell me|tell me now|enough questions|jump to the result",
    )
    unsure: tuple[Word, ...] = _typed(
        "Not sure.",
        "not sure|unsure|im not sure|i am not sure|not sure yet|dont know|i dont know|idk|dont know yet|"
        "i dont know yet|no idea|no clue|dunno|hard to say|cant say|skip|skip it|skip this|skip this one|"
        "pass|next question|?",
    )
    no: tuple[Word, ...] = _typed(
        "No, where the question has such an option.",
        "no|n|nope|nah|not quite|not really|wrong|thats wrong|no thats wrong",
    )
    go: tuple[Word, ...] = _typed(
        "Yes, go on.",
        "yes|y|ok|okay|correct|right|go on|continue|go|thats right|next|yep|yeah|yes right|"
        "yes thats right|yes correct|yes please|yes go on|sure|exactly|all right|looks right|looks good|"
        "thats correct|all correct|yes all right|yes it is|fits|perfect",
    )
    cancel: tuple[Word, ...] = _typed(
        "Leave the guide.",
        "cancel|cancel that|stop|stop it|stop this|quit|exit|abort|never mind|nevermind|leave|leave it|"
        "forget it|close|end|no thanks|enough|lets stop|stop please",
    )
    answers: tuple[Word, ...] = _typed(
        "Show the answers so far, to change one.",
        "change|change an answer|change my answer|change my answers|my answers|show my answers|"
        "what did i say|what have i said",
    )
    several: tuple[Word, ...] = _typed(
        "More than one of the options, where only one can be taken.",
        "both|both of them|all|all of them|both please|all of these|a bit of both",
    )


class GuideReading(Model):
    """Words that decide how a description is read."""

    negations: tuple[Pattern, ...] = Field(default=(), description="What before a phrase turns it around.")
    turns: tuple[Pattern, ...] = Field(default=(), description="What ends the reach of a negation: but, so.")
    doubts: tuple[Pattern, ...] = Field(default=(), description="What in a clause leaves it open: maybe, later.")
    others: tuple[Pattern, ...] = Field(default=(), description="What in a clause says it is not about this project.")
    inquiries: tuple[Pattern, ...] = Field(default=(), description="What asks: no phrase inside it says anything.")
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


class Package(Model):
    """One package."""

    name: PackageName = Field(description="Its name as one installs it, in lower case with hyphens.")
    imports: tuple[str, ...] = Field(default=(), description="What code imports, where that is another name.")
    answers: Mapping[Key, Key] = Field(description="Options by question; none where it is only worth a word.")
    evidence: Annotated[str, StringConstraints(min_length=1, max_length=60)] = Field(
        description="What it stands for, in a few words."
    )


class PackagesFile(Model):
    """packages.yaml."""

    packages: tuple[Package, ...] = Field(description="Packages, and what depending on one says about a project.")
