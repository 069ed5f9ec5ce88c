"""How well descriptions are read: precision, recall, and whether a project is told from an ordinary message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.guide.description import DescriptionReader
from bot.quality.evaluation import below

FIGURES = ("precision", "recall", "silent", "led", "misled")
CEILINGS = frozenset({"silent", "misled"})
"""Figures that count mistakes: less is better."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message, with what a careful reader understands in it."""

    text: str
    understood: Mapping[str, str] = field(default_factory=dict)
    """Options by question."""
    project: bool = True
    """Whether it describes a project at all."""


@dataclass(frozen=True, slots=True)
class Slip:
    """An answer that was read wrongly: `right` is None where the description does not say it."""

    text: str
    question: str
    read: str
    right: str | None


@dataclass(frozen=True)
class DescriptionQuality:
    """What became of the examples."""

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
    slips: tuple[Slip, ...]

    @property
    def figures(self) -> dict[str, float]:
        """Every share by name, 0 to 1; those of which there are no examples are left out."""
        shares = {
            "precision": (self.right.total(), self.read.total()),
            "recall": (self.right.total(), self.labelled.total()),
            "silent": (self.silent, self.projects),
            "led": (self.led, self.projects),
            "misled": (self.misled, self.others),
        }
        return {name: part / whole for name, (part, whole) in shares.items() if whole}

    def below(self, floors: Mapping[str, float]) -> list[str]:
        """Return a sentence for each figure that is under its floor, or over its ceiling for mistakes."""
        return below(self.figures, floors, CEILINGS)


def measure(reader: DescriptionReader, examples: Iterable[Example]) -> DescriptionQuality:
    """Read every example and count what was right."""
    right: Counter[str] = Counter()
    read: Counter[str] = Counter()
    labelled: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    slips: list[Slip] = []
    for example in examples:
        leads = reader.describes(example.text)
        if not example.project:
            counts.update(others=1, misled=leads)
            continue
        answers = reader.read(example.text).answers
        wrong = {question: option for question, option in answers.items() if example.understood.get(question) != option}
        counts.update(projects=1, silent=not answers, led=leads)
        read.update(answers.keys())
        labelled.update(example.understood.keys())
        right.update(answers.keys() - wrong.keys())
        slips += [Slip(example.text, key, option, example.understood.get(key)) for key, option in wrong.items()]
    return DescriptionQuality(
        right=right,
        read=read,
        labelled=labelled,
        projects=counts["projects"],
        silent=counts["silent"],
        led=counts["led"],
        others=counts["others"],
        misled=counts["misled"],
        slips=tuple(slips),
    )
