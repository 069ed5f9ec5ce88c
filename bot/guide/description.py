"""What a description of a project says in answer to the guide's questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.guide_models import Circumstance, GuideSpec, Question

BREAK = "|"
"""Stands between clauses in plain words."""

_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED)} | {"twenty": "20", "thirty": "30", "dozen": "12"}
_TURNS = "but|never|no|nobody|none|nor|not|without"
"""Words that a phrase does not reach across."""
_ENDS = re.compile(r"(?<![.!?;:\n])[.!?;:\n]+(?=\s|$)|\s[-\u2013\u2014]+\s|\u2014")
"""The end of a clause. A run of stops is tried once, from its beginning: else it would take its square in steps."""
_PAUSE = re.compile(r"[,()\[\]]+")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019`](?=\w)")
_NOT = re.compile(r"\b(do|does|did|is|are|was|were|have|has|would|should) not\b")
_OTHER = re.compile(r"[^\w|,+#]+")


def plain_words(text: str) -> str:
    """Return a text as lower-case words with single spaces around each; clauses end with `BREAK`."""
    text = _APOSTROPHE.sub("", text.lower().replace(BREAK, " "))
    text = _NOT.sub(r"\1nt", text.replace("can not", "cannot"))
    text = _PAUSE.sub(" , ", _ENDS.sub(f" {BREAK} ", text))
    words = _OTHER.sub(" ", text).split()
    return f" {' '.join(_NUMBERS.get(word, word) for word in words)} "


def expression(pattern: str) -> str:
    """Return one phrase as a regular expression; see `bot.knowledge.guide_reading.Pattern` for its signs."""
    return "".join(map(_element, pattern.lower().replace("-", " ").replace("'", "").split())) + "(?= )"


def compiled(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """Return one expression that finds any of the phrases, the longest first; None where there are none."""
    longest_first = sorted(patterns, key=lambda pattern: (-len(pattern.split()), -len(pattern)))
    return re.compile("|".join(map(expression, longest_first))) if longest_first else None


def vocabulary(patterns: Iterable[str]) -> frozenset[str]:
    """Return the whole words that phrases are made of."""
    words = (
        word for pattern in patterns for part in pattern.lower().replace("-", " ").split() for word in part.split("|")
    )
    return frozenset(word.lstrip("?") for word in words if word.lstrip("?").isalpha())


def _element(part: str) -> str:
    if part == "..":
        return rf"(?: (?!(?:{_TURNS}) )[^ |]+){{0,4}}"
    if part == "#":
        return r" (\d+)"
    optional = part.startswith("?")
    choices = "|".join(_word(word) for word in part.lstrip("?").split("|"))
    return f"(?: (?:{choices}))?" if optional else f" (?:{choices})(?= )"


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"[^ ]*" if word.endswith("*") else re.escape(_NUMBERS.get(word, word))


_SHORTEST = 6
"""Shorter words of the guide have too many neighbours that mean something else."""
_LONG = 9


@dataclass(frozen=True)
class Spelling:
    """Sets words right; `spelled` are words that look like typos and are none."""

    known: frozenset[str]
    spelled: frozenset[str]

    def corrected(self, words: str) -> str:
        """Return plain words with their typos set right."""
        said = words.split()
        mended = {word: self._word(word) for word in dict.fromkeys(said)}
        return f" {' '.join(mended[word] for word in said)} "

    def _word(self, word: str) -> str:
        if len(word) < _SHORTEST - 1 or not word.isalpha() or word in self.known or word in self.spelled:
            return word
        allowed = 2 if len(word) >= _LONG else 1
        alike = self._by_initial.get(word[0], ())
        near = [k for k in alike if abs(len(k) - len(word)) <= allowed and not self._inflected(word, k)]
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=allowed)
        return found[0] if found else word

    @cached_property
    def _by_initial(self) -> dict[str, list[str]]:
        """The words that a typo may be mended to, by their first letter: typos are rare there."""
        found: dict[str, list[str]] = {}
        for word in sorted(word for word in self.known if len(word) >= _SHORTEST):
            found.setdefault(word[0], []).append(word)
        return found

    @staticmethod
    def _inflected(word: str, known: str) -> bool:
        """Whether the words differ only in their ending, as singular and plural do."""
        shorter, longer = sorted((word, known), key=len)
        return longer.startswith(shorter) or (len(shorter) == len(longer) and shorter[:-1] == longer[:-1])


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
class DescriptionReader:
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

    def _circumstance(self, chip: Circumstance, words: str) -> bool:
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
