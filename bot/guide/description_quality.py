"""How well descriptions are read: precision, recall, and whether a project is told from an ordinary message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.guide.description import DescriptionReader


@dataclass(frozen=True, slots=True)
class Example:
    """A message, with what a careful reader understands in it."""

    text: str
    understood: Mapping[str, str] = field(default_factory=dict)
    project: bool = True
    """Whether it describes a project at all."""
    split: str = "train"
    """The part of the examples it belongs to."""


@dataclass(frozen=True)
class DescriptionQuality:
    """What became of the examples; all shares are 0 to 1, and 1 or 0 where there is nothing to share."""

    right: Counter[str]
    """Answers read rightly, by question."""
    read: Counter[str]
    labelled: Counter[str]
    projects: int
    silent: int
    """Descriptions in which nothing was read."""
    led: int
    """Descriptions that lead into the guide."""
    others: int
    misled: int
    """Other messages that do."""

    @property
    def precision(self) -> float:
        """Share of the answers read that are right."""
        return _share(self.right.total(), self.read.total())

    @property
    def recall(self) -> float:
        """Share of the labelled answers that were read."""
        return _share(self.right.total(), self.labelled.total())

    def figures(self) -> dict[str, float]:
        """Return every share by name."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "silent": _share(self.silent, self.projects, 0),
            "led": _share(self.led, self.projects),
            "misled": _share(self.misled, self.others, 0),
        }


def measure(reader: DescriptionReader, examples: Iterable[Example]) -> DescriptionQuality:
    """Read every example and count what was right."""
    right: Counter[str] = Counter()
    read: Counter[str] = Counter()
    labelled: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for example in examples:
        leads = reader.describes(example.text)
        if not example.project:
            counts.update(others=1, misled=leads)
            continue
        answers = reader.read(example.text).answers
        counts.update(projects=1, silent=not answers, led=leads)
        read.update(answers.keys())
        labelled.update(example.understood.keys())
        right.update(q for q, option in answers.items() if example.understood.get(q) == option)
    return DescriptionQuality(
        right=right,
        read=read,
        labelled=labelled,
        projects=counts["projects"],
        silent=counts["silent"],
        led=counts["led"],
        others=counts["others"],
        misled=counts["misled"],
    )


def _share(part: int, whole: int, empty: float = 1) -> float:
    return part / whole if whole else empty
