"""Reads a description of a project: what it says in so many words, and what its everyday words say together.

An option's own phrases come first. Where they are silent, signals are looked for (people who sign in, things that are
stored, words of a shop), and clues turn them into answers; the first clue that holds is taken. Where two options of a
question are stated at once, neither is read. What is negated, in doubt or about somebody else counts for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.guide.compiled_guide import holds
from bot.guide.phrases import BREAK, Found, Meaning, PhraseIndex, Spelling, plain_words, vocabulary
from bot.guide.read_answers import ReadAnswers
from bot.knowledge.guide_models import GuideSpec, Question
from bot.knowledge.guide_phrases import Clue

LONGEST = 6_000
"""Characters of a description that are read; the rest says little that is new."""
_FEW_WORDS, _MANY_WORDS, _MANY_STATED, _MANY_IMPLIED = 10, 40, 3, 4
"""What makes a message long enough to tell something, and what counts no further."""
_PLENTY = 2
"""So many answers make a description of any text, for a guide without a test of its own."""
_DOUBT = 1.0
"""Points more that a message needs for each reason to take it for something else. With three reasons, on 330
descriptions and 960 other messages, that keeps 20 of the others and 7 of the descriptions from the guide."""
_TELLS, _ASKS = "tells", "asks"
_BETWEEN_ITEMS = frozenset({",", "and", "or", "+"})
_LONGEST_ITEM = 3
"""Words of an item of a list in running text: "rooms, guests, late fees and staff" are four kinds of things."""
_SILENCE_TELLS = 15
"""Words and pauses from which on it means something that a description does not mention a thing."""


class _Key(NamedTuple):
    kind: str
    """"option", "unless", "signal", "chip" or "people"."""
    first: str = ""
    """The question, the signal or the circumstance."""
    second: str = ""
    """The option."""


_Phrases = Sequence[Found[_Key]]


@dataclass(frozen=True, slots=True)
class Description:
    """What a text says of a project. The answers are options by question; no question is answered twice."""

    stated: Mapping[str, str] = field(default_factory=dict)
    """In so many words."""
    implied: Mapping[str, str] = field(default_factory=dict)
    """By what its words say together."""
    assumed: Mapping[str, str] = field(default_factory=dict)
    """By what it does not mention: a library catalogue that says nothing of live updates has none."""
    chips: tuple[str, ...] = ()
    """Circumstances, in the guide's order."""
    signals: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    """The words of every signal that was found."""
    guessed: int = 0
    """How many more answers would follow from a single word, and are asked instead."""

    @property
    def answers(self) -> dict[str, str]:
        """Everything that was read."""
        return {**self.stated, **self.implied, **self.assumed}

    @property
    def said(self) -> dict[str, str]:
        """What its words carry; its silence means nothing here."""
        return {**self.stated, **self.implied}


class DescriptionReader:
    """Reads descriptions with the phrases, signals and clues of one guide. Takes time linear in the text's length."""

    def __init__(self, spec: GuideSpec) -> None:
        self.spec = spec
        self._signals = spec.reading.signals
        self._meaning = Meaning(spec.reading)
        self._index = PhraseIndex(list(_entries(spec)))
        words = vocabulary(pattern for signal in self._signals.values() for pattern in signal.words)
        opening = ((_TELLS, spec.reading.describing), (_ASKS, spec.reading.asking))
        self._openings = PhraseIndex([(kind, pattern) for kind, patterns in opening for pattern in patterns])
        self._spelling = Spelling(vocabulary(_own_words(spec)), words | frozenset(spec.reading.spelled))

    def words(self, text: str) -> list[str]:
        """Return a text as plain words with typos set right."""
        return self._spelling.corrected(plain_words(text[:LONGEST])).split()

    def read(self, text: str, given: Mapping[str, str] | None = None) -> Description:
        """Return what a text says; nothing where it is silent, in doubt or contradicts itself.

        `given`: what is known before, as options by question; the text may say otherwise.
        """
        words = self.words(text)
        meant = self._meaning.of(words)
        found = list(self._index.find(words))
        said = [one for one in found if meant(one.start, one.end)]
        signals = self._signalled(found, said, words)
        answers = ReadAnswers(given or {}, *_stated(said))
        long = len(words) >= _SILENCE_TELLS
        for clue in self.spec.reading.clues:
            if (not clue.assumed or (long and answers.many)) and self._holds(clue, signals, answers):
                answers.take(clue, {word for signal in clue.signals for word in signals[signal]})
        guess = answers.grounds if answers.guessed else set()
        dropped = answers.settle(self.spec.questions)
        known = answers.known
        sensible = {question.id for question in self.spec.questions if _makes_sense(question, known)}
        stated, implied, assumed = (
            {question: option for question, option in some.items() if question in sensible}
            for some in (answers.stated, answers.implied, answers.assumed)
        )
        sure = [one for one in said if one.key.kind != "chip" or _stem(words[one.start : one.end]) not in guess]
        return Description(stated, implied, assumed, self._circumstances(sure, words), signals, dropped)

    def said(self, text: str) -> dict[str, str]:
        """Return the answers that the words of a message carry, as options by question."""
        return self.read(text).said

    def claim(self, question: Question, text: str) -> str | None:
        """Return the one option of a question that a message means, if it is one."""
        given = {needed: options[0] for needed, options in question.needs.items()}
        return self.read(text, given).said.get(question.id)

    def asks(self, text: str) -> bool:
        """Return whether a text is a question rather than an answer."""
        opening = self._openings.find(self.words(text))
        return text.rstrip().endswith("?") or any(found.key == _ASKS and found.start == 0 for found in opening)

    def describes(self, text: str, *, doubts: int = 0) -> bool:
        """Return whether a message describes a project, whatever else it asks, and anything was read in it.

        `doubts`: reasons to take it for something else, an announcement or an error: for each it must tell more.
        """
        if self.spec.reading.project.points:
            least = self.spec.reading.project.least + _DOUBT * doubts
            read = self.read(text)
            return self._points(text, read) >= least and bool(read.answers) and self._says_what_is_built(read)
        claims = len(self.said(text))
        tells = any(found.key == _TELLS for found in self._openings.find(self.words(text)))
        if tells != self.asks(text):
            return claims >= (1 if tells else _PLENTY + 1)
        return claims >= _PLENTY

    def _says_what_is_built(self, read: Description) -> bool:
        built = self.spec.reading.project.built
        return not built or any(len(read.signals.get(signal, ())) >= least for signal, least in built.items())

    def points(self, text: str) -> float:
        """Return how much in a message points to the description of a project."""
        return self._points(text, self.read(text))

    def _points(self, text: str, read: Description) -> float:
        test = self.spec.reading.project
        length = min(len(text.split()), _MANY_WORDS)
        asks = "?" in text or any(signal in read.signals for signal in test.asking)
        return (
            sum(points for signal, points in test.points.items() if signal in read.signals)
            + test.answer * min(len(read.stated), _MANY_STATED)
            + test.implied * min(len(read.implied) + read.guessed, _MANY_IMPLIED)
            + test.ten_words * length / 10
            + (test.telling if length >= _FEW_WORDS and not asks else 0)
        )

    def _signalled(self, found: _Phrases, said: _Phrases, words: Sequence[str]) -> dict[str, set[str]]:
        signals: dict[str, set[str]] = defaultdict(set)
        for phrases, raw in ((found, True), (said, False)):
            for one in phrases:
                signal = self._signals.get(one.key.first) if one.key.kind == "signal" else None
                phrase = words[one.start : one.end]
                if signal and signal.raw is raw and _counts(phrase) >= (signal.least or 0):
                    signals[one.key.first].add(_stem(phrase))
        row = longest_row(words)
        signals.update({name: row for name, signal in self._signals.items() if signal.series and row})
        return dict(signals)

    def _circumstances(self, said: _Phrases, words: Sequence[str]) -> tuple[str, ...]:
        named = {one.key.first for one in said if one.key.kind == "chip"}
        people = max((_counts(words[one.start : one.end]) for one in said if one.key.kind == "people"), default=0)
        return tuple(chip.id for chip in self.spec.chips if chip.id in named or (chip.people and people >= chip.people))

    @staticmethod
    def _holds(clue: Clue, signals: Mapping[str, AbstractSet[str]], answers: ReadAnswers) -> bool:
        return (
            all(len(signals.get(signal, ())) >= least for signal, least in clue.signals.items())
            and not any(signal in signals for signal in clue.unless)
            and holds(clue.given, answers.known)
        )


def _makes_sense(question: Question, known: Mapping[str, str]) -> bool:
    """Return whether the guide would have a use for the answer."""
    return holds(question.needs, known) and not any(holds(skip.when, known) for skip in question.skip_if)


def _stated(said: _Phrases) -> tuple[dict[str, str], AbstractSet[str]]:
    """Return the options whose own phrases are said and that nothing said forbids, and the questions where two are."""
    vetoed = {(one.key.first, one.key.second) for one in said if one.key.kind == "unless"}
    claims: dict[str, list[Found[_Key]]] = defaultdict(list)
    for one in said:
        if one.key.kind == "option" and (one.key.first, one.key.second) not in vetoed:
            claims[one.key.first].append(one)
    options = {
        question: {one.key.second for one in claimed if not any(_inside(one, other) for other in claimed)}
        for question, claimed in claims.items()
    }
    stated = {question: next(iter(claimed)) for question, claimed in options.items() if len(claimed) == 1}
    return stated, options.keys() - stated.keys()


def _entries(spec: GuideSpec) -> Iterator[tuple[_Key, str]]:
    for question in spec.questions:
        for option in question.options:
            yield from ((_Key("option", question.id, option.id), pattern) for pattern in option.words)
            yield from ((_Key("unless", question.id, option.id), pattern) for pattern in option.unless)
    for chip in spec.chips:
        yield from ((_Key("chip", chip.id), pattern) for pattern in chip.words)
    for name, signal in spec.reading.signals.items():
        yield from ((_Key("signal", name), pattern) for pattern in signal.words)
    yield from ((_Key("people"), pattern) for pattern in spec.reading.people)


def _own_words(spec: GuideSpec) -> Iterator[str]:
    yield from (word for question in spec.questions for option in question.options for word in option.words)
    yield from (word for chip in spec.chips for word in chip.words)


def _counts(phrase: Sequence[str]) -> int:
    """Return the largest number in a phrase."""
    return max((int(word) for word in phrase if word.isdecimal()), default=0)


def _stem(phrase: Sequence[str]) -> str:
    """Return a phrase such that singular and plural count once."""
    last = phrase[-1]
    return " ".join((*phrase[:-1], last[:-3] + "y" if last.endswith("ies") else last.removesuffix("s")))


def _inside(inner: Found[_Key], outer: Found[_Key]) -> bool:
    same = (inner.start, inner.end) == (outer.start, outer.end)
    return not same and outer.start <= inner.start and inner.end <= outer.end


def longest_row(words: Sequence[str]) -> set[str]:
    """Return the items of the longest row of short items in plain words; a single item is a row as well."""
    longest: list[str] = []
    row: list[str] = []
    item: list[str] = []
    for word in (*words, BREAK):
        if word not in _BETWEEN_ITEMS and word != BREAK:
            item.append(word)
            continue
        if item:
            row = [] if len(item) > _LONGEST_ITEM else [*row, " ".join(item)]
        longest = max(longest, row, key=len)
        item = []
        if word == BREAK:
            row = []
    return set(longest)
