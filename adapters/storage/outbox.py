"""What is to be written and nobody waits for: kept for a moment, then written together."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from typing import Any

from adapters.conversations.ports import Feedback, Missed, Tally
from bot.conversation import Context

KEPT = 5_000
"""Entries of each kind that wait for a database that is away; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A context on its way to the database."""

    context: Context
    mark: str
    expires_at: float


@dataclass
class Outbox:
    """Writes that wait. Later writes on the same thing replace earlier ones; counts add up."""

    answered: OrderedDict[str, float] = field(default_factory=OrderedDict)
    contexts: OrderedDict[str, Remembered] = field(default_factory=OrderedDict)
    missed: OrderedDict[str, tuple[Missed, float]] = field(default_factory=OrderedDict)
    choices: OrderedDict[str, tuple[str | None, float]] = field(default_factory=OrderedDict)
    feedback: OrderedDict[tuple[str, str, str], tuple[Feedback, float]] = field(default_factory=OrderedDict)
    tallies: Counter[tuple[str, Tally]] = field(default_factory=Counter)

    def __len__(self) -> int:
        """How many records wait."""
        return (
            len(self.answered)
            + len(self.contexts)
            + len(self.missed)
            + len(self.choices)
            + len(self.feedback)
            + len(self.tallies)
        )

    @property
    def is_urgent(self) -> bool:
        """Whether something waits that other processes should soon see, or that a person said."""
        return any((self.answered, self.contexts, self.choices, self.feedback))

    def trim(self) -> None:
        """Let the oldest go where too much waits."""
        for kept in (self.answered, self.contexts, self.missed, self.choices, self.feedback):
            _trim(kept)
        if len(self.tallies) > KEPT:
            self.tallies = Counter(dict(self.tallies.most_common(KEPT)))

    def put_back(self, earlier: Outbox) -> None:
        """Take back what could not be written; what came in since is newer and stays."""
        self.answered = OrderedDict({**earlier.answered, **self.answered})
        self.contexts = OrderedDict({**earlier.contexts, **self.contexts})
        self.missed = OrderedDict({**earlier.missed, **self.missed})
        self.choices = OrderedDict({**earlier.choices, **self.choices})
        self.feedback = OrderedDict({**earlier.feedback, **self.feedback})
        self.tallies.update(earlier.tallies)
        self.trim()

    def forget(self, mark: str) -> int:
        """Drop what waits about a person; return how many entries that were."""
        contexts = [key for key, kept in self.contexts.items() if kept.mark == mark]
        words = [key for key in self.feedback if key[2] == mark]
        for conversation in contexts:
            del self.contexts[conversation]
        for word in words:
            del self.feedback[word]
        return len(contexts) + len(words)


def _trim(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > KEPT:
        kept.popitem(last=False)
