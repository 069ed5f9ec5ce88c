"""What a description of a project already says. It claims little, and only what the words clearly say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.guide.phrases import BREAK, compiled, plain_words, vocabulary
from bot.guide.spelling import Spelling
from bot.knowledge.guide_models import Chip, GuideSpec, Question

_REACH = 4
"""A negation reaches so many words ahead."""
_SHADOW = 7
"""A doubt, or a word that names somebody else, falls on so many words before and behind it in its clause."""
_PLENTY = 2
"""So many answers make a description of any text."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Answers and circumstances that a text states."""

    answers: tuple[tuple[str, str], ...] = ()
    chips: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understanding:
    """Reads descriptions with the phrases of one guide."""

    spec: GuideSpec

    def read(self, text: str) -> Understood:
        """Return what a text says; nothing where it is silent, in doubt or contradicts itself."""
        words = self.words(text)
        answers = ((question.id, self.claim(question, words)) for question in self.spec.questions)
        claims = {question: option for question, option in answers if option}
        kept = tuple((key, option) for key, option in claims.items() if self._makes_sense(key, claims))
        return Understood(kept, tuple(chip.id for chip in self.spec.chips if self._circumstance(chip, words)))

    def words(self, text: str) -> str:
        """Return a text as plain words with typos set right."""
        return self._spelling.corrected(plain_words(text))

    def claim(self, question: Question, words: str) -> str | None:
        """Return the one option of a question that the words state, if it is one."""
        spans = [
            (span, option.id)
            for option in question.options
            if not self._vetoed((question.id, option.id), words)
            for span in self._spans(self._options.get((question.id, option.id)), words)
        ]
        outer = {option for span, option in spans if not any(_inside(span, other) for other, _ in spans)}
        return outer.pop() if len(outer) == 1 else None

    def describes(self, text: str) -> bool:
        """Return whether a text tells of a project, with enough in it to begin the guide from."""
        claims = len(self.read(text).answers)
        tells = self._describing is not None and self._describing.search(self.words(text)) is not None
        if tells != self.asks(text):
            return claims >= (1 if tells else _PLENTY + 1)
        return claims >= _PLENTY

    def asks(self, text: str) -> bool:
        """Return whether a text is a question rather than an answer."""
        words = self.words(text)
        return text.rstrip().endswith("?") or bool(self._asking and self._asking.match(words))

    def _makes_sense(self, key: str, claims: dict[str, str]) -> bool:
        question = next(question for question in self.spec.questions if question.id == key)
        return all(claims.get(other) in options for other, options in question.needs.items())

    def _circumstance(self, chip: Chip, words: str) -> bool:
        if self._spans(self._chips.get(chip.id), words):
            return True
        return (
            chip.people is not None
            and self._people is not None
            and any(int(next(filter(None, match.groups()))) >= chip.people for match in self._people.finditer(words))
        )

    def _vetoed(self, key: tuple[str, str], words: str) -> bool:
        veto = self._vetoes.get(key)
        return bool(veto and veto.search(words))

    def _spans(self, pattern: re.Pattern[str] | None, words: str) -> list[tuple[int, int]]:
        """Return where a phrase stands and is meant: neither turned around, nor in doubt, nor about others."""
        found = [match.span() for match in pattern.finditer(words)] if pattern else []
        return [span for span in found if self._meant(span, words)]

    def _meant(self, span: tuple[int, int], words: str) -> bool:
        start = words.rfind(BREAK, 0, span[0]) + 1
        end = words.find(BREAK, span[1])
        clause_end = len(words) if end < 0 else end
        before = words[start : span[0]] + " "
        turned = [match.end() for match in self._turns.finditer(before)] if self._turns else []
        near = " " + " ".join(before[turned[-1] if turned else 0 :].split()[-_REACH:]) + " "
        says_no_itself = self._negations and self._negations.match(words, span[0])
        if self._negations and not says_no_itself and self._negations.search(near):
            return False
        after = words[span[1] : clause_end].split()[:_SHADOW]
        outside = (" " + " ".join(before.split()[-_SHADOW:]) + " ", " " + " ".join(after) + " ")
        return not any(sign.search(part) for sign in self._dampers for part in outside)

    @cached_property
    def _options(self) -> dict[tuple[str, str], re.Pattern[str]]:
        pairs = ((q.id, o.id, compiled(o.words)) for q in self.spec.questions for o in q.options)
        return {(question, option): pattern for question, option, pattern in pairs if pattern}

    @cached_property
    def _vetoes(self) -> dict[tuple[str, str], re.Pattern[str]]:
        pairs = ((q.id, o.id, compiled(o.unless)) for q in self.spec.questions for o in q.options)
        return {(question, option): pattern for question, option, pattern in pairs if pattern}

    @cached_property
    def _chips(self) -> dict[str, re.Pattern[str]]:
        pairs = ((chip.id, compiled(chip.words)) for chip in self.spec.chips)
        return {chip: pattern for chip, pattern in pairs if pattern}

    @cached_property
    def _dampers(self) -> tuple[re.Pattern[str], ...]:
        reading = self.spec.reading
        return tuple(filter(None, (compiled(reading.doubts), compiled(reading.others))))

    @cached_property
    def _negations(self) -> re.Pattern[str] | None:
        return compiled(self.spec.reading.negations)

    @cached_property
    def _turns(self) -> re.Pattern[str] | None:
        return compiled(self.spec.reading.turns)

    @cached_property
    def _describing(self) -> re.Pattern[str] | None:
        return compiled(self.spec.reading.describing)

    @cached_property
    def _asking(self) -> re.Pattern[str] | None:
        return compiled(self.spec.reading.asking)

    @cached_property
    def _people(self) -> re.Pattern[str] | None:
        return compiled(self.spec.reading.people)

    @cached_property
    def _spelling(self) -> Spelling:
        patterns = [word for q in self.spec.questions for option in q.options for word in option.words]
        patterns += [word for chip in self.spec.chips for word in chip.words]
        return Spelling(vocabulary(patterns), frozenset(self.spec.reading.spelled))


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]
