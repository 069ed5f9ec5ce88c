"""Mistakes in a knowledge base: collected, placed, and with a way to mend each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it is, what is wrong, and how to mend it."""

    file: Path
    line: int
    """Counted from 1; 0 where the whole file is meant."""
    what: str
    mend: str

    def __str__(self) -> str:
        """Return the problem as compilers print theirs, so that editors can jump to it."""
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.what}\n    {self.mend}"


class KnowledgeError(ValueError):
    """A knowledge base that cannot be used, with every reason at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        title = f"The knowledge base has {count} {'mistake' if count == 1 else 'mistakes'}:"
        super().__init__("\n".join([title, *map(str, self.problems)]))
