"""What a message says to the guide: a description of a project, or the answer to one question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.guide.description import DescriptionReader
from bot.guide.phrase_index import PhraseIndex
from bot.knowledge.guide_models import GuideSpec, Question

_PLENTY = 2
"""So many answers make a description of any text, for a guide without a test of its own."""
_TELLS, _ASKS = "tells", "asks"


@dataclass(frozen=True, slots=True)
class Understood:
    """Answers and circumstances that a text states or implies."""

    answers: tuple[tuple[str, str], ...] = ()
    chips: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understanding:
    """Reads messages with the phrases of one guide."""

    spec: GuideSpec

    def read(self, text: str) -> Understood:
        """Return what a description says, including what it implies by not mentioning it."""
        read = self.reader.read(text)
        answers = read.answers
        ordered = tuple((q.id, answers[q.id]) for q in self.spec.questions if q.id in answers)
        return Understood(ordered, read.chips)

    def said(self, text: str) -> dict[str, str]:
        """Return the answers that the words of a message carry; its silence means nothing."""
        read = self.reader.read(text)
        return {**read.implied, **read.stated}

    def claim(self, question: Question, text: str) -> str | None:
        """Return the one option of a question that a message means, if it is one."""
        given = {needed: options[0] for needed, options in question.needs.items()}
        read = self.reader.read(text, given)
        return read.stated.get(question.id) or read.implied.get(question.id)

    def describes(self, text: str) -> bool:
        """Return whether a text tells of a project, with enough in it to begin the guide from."""
        if self.spec.reading.project.points:
            return self.reader.describes(text) and bool(self.read(text).answers)
        claims = len(self.said(text))
        tells = any(found.key == _TELLS for found in self._openings.find(self.reader.words(text)))
        if tells != self.asks(text):
            return claims >= (1 if tells else _PLENTY + 1)
        return claims >= _PLENTY

    def asks(self, text: str) -> bool:
        """Return whether a text is a question rather than an answer."""
        opening = self._openings.find(self.reader.words(text))
        return text.rstrip().endswith("?") or any(found.key == _ASKS and found.start == 0 for found in opening)

    @cached_property
    def reader(self) -> DescriptionReader:
        """The reader of descriptions."""
        return DescriptionReader(self.spec)

    @cached_property
    def _openings(self) -> PhraseIndex[str]:
        reading = self.spec.reading
        groups = ((_TELLS, reading.describing), (_ASKS, reading.asking))
        return PhraseIndex([(kind, pattern) for kind, patterns in groups for pattern in patterns])
