"""What is read in a description, while it is collected: stated, implied and assumed, and what was only guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bot.guide.compiled_guide import holds
from bot.knowledge.guide_models import Question
from bot.knowledge.guide_phrases import Clue

_SAID = 2
"""Answers from which on it means something that a description does not mention a thing."""
_FAINT = 2
"""Words of a phrase that may be there by chance: "a portfolio" is one, "content once a year" is none."""


@dataclass
class ReadAnswers:
    """Answers while they are collected."""

    given: Mapping[str, str]
    stated: dict[str, str]
    contradicted: AbstractSet[str]
    implied: dict[str, str] = field(default_factory=dict)
    assumed: dict[str, str] = field(default_factory=dict)
    grounds: set[str] = field(default_factory=set)
    """The words that implied them."""
    derived: set[str] = field(default_factory=set)
    """Questions whose answer was made of another implied one."""

    @property
    def known(self) -> dict[str, str]:
        """Everything so far."""
        return {**self.given, **self.stated, **self.implied, **self.assumed}

    @property
    def many(self) -> bool:
        """Whether enough was said for silence to mean something."""
        return len(self.stated) + len(self.implied) >= _SAID

    @property
    def guessed(self) -> bool:
        """Whether all of them come from one word or two: then nothing may be concluded from a conclusion."""
        return not self.stated and len(self.grounds) == 1 and len(next(iter(self.grounds)).split()) <= _FAINT

    def take(self, clue: Clue, grounds: AbstractSet[str]) -> None:
        """Take what a clue says of questions that are open; `grounds` are the words that it goes by."""
        known = self.known
        new = {q: option for q, option in clue.says.items() if q not in known and q not in self.contradicted}
        (self.assumed if clue.assumed else self.implied).update(new)
        self.grounds.update(grounds if new else ())
        self.derived.update(() if holds(clue.given, {**self.given, **self.stated}) else new)

    def settle(self, questions: Iterable[Question]) -> int:
        """Drop what was concluded from a guess, as it is asked then; return how many answers that were."""
        firm = {**self.given, **self.stated}
        loose = self.derived | {question.id for question in questions if not holds(question.needs, firm)}
        dropped = loose & self.implied.keys() if self.guessed else set()
        self.implied = {question: option for question, option in self.implied.items() if question not in dropped}
        return len(dropped)
