"""Where a person stands in the guide: a value, and the ways to change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Phase(StrEnum):
    """What the person sees."""

    REVIEW = "r"
    """What was read in a description waits to be confirmed."""
    ASKING = "a"
    DONE = "d"
    """The result was shown; changes go back to it."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything the guide knows about one run."""

    answers: tuple[tuple[str, str], ...] = ()
    """Questions and options, in the order in which they were answered."""
    read: int = 0
    """How many of the first answers were read in a description instead of asked."""
    chips: tuple[str, ...] = ()
    phase: Phase = Phase.ASKING
    pending: str | None = None
    """A question that is asked again on purpose."""
    owner: str = ""
    """The mark of the person who may press; empty for anybody."""
    team: str = ""
    """The team choice that the result counts in; empty where a person chooses alone."""

    @property
    def empty(self) -> bool:
        """Whether nothing is known: no answer, no circumstance."""
        return not (self.answers or self.chips)

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that were asked, in order."""
        return tuple(question for question, _ in self.answers[self.read :])

    def has(self, question: str) -> bool:
        """Whether the question has an answer."""
        return any(answered == question for answered, _ in self.answers)

    def option(self, question: str) -> str | None:
        """The option that was taken at a question."""
        return dict(self.answers).get(question)

    def without(self, question: str) -> State:
        """Forget the answer to one question."""
        kept = tuple(pair for pair in self.answers if pair[0] != question)
        read = sum(1 for answered, _ in self.answers[: self.read] if answered != question)
        return replace(self, answers=kept, read=read)

    def answered(self, question: str, option: str) -> State:
        """Take an answer; it becomes the latest one."""
        fresh = self.without(question)
        return replace(fresh, answers=(*fresh.answers, (question, option)), pending=None)

    def with_read(self, understood: tuple[tuple[str, str], ...]) -> State:
        """Put answers that were read in a description before the others, where nobody answered yet."""
        new = tuple((question, option) for question, option in understood if not self.has(question))
        return replace(
            self, answers=(*self.answers[: self.read], *new, *self.answers[self.read :]), read=self.read + len(new)
        )

    def toggled(self, chip: str) -> State:
        """Put a circumstance on, or take it off."""
        on = chip in self.chips
        return replace(self, chips=tuple(c for c in self.chips if c != chip) if on else (*self.chips, chip))
