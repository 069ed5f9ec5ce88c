"""Reads a description of a project: what it says in so many words, and what its everyday words say together.

An option's own phrases come first. Where they are silent, signals are looked for (people who sign in, things that are
stored, words of a shop), and clues turn them into answers; the first clue that holds is taken. Where two options of a
question are stated at once, neither is read. What is negated, in doubt or about somebody else counts for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.guide.conditions import holds
from bot.guide.meaning import Meaning
from bot.guide.phrase_index import Found, PhraseIndex
from bot.guide.phrases import BREAK, plain_words, vocabulary
from bot.guide.spelling import Spelling
from bot.knowledge.guide_models import GuideSpec
from bot.knowledge.guide_signals import Clue, Signal

LONGEST = 6_000
"""Characters of a description that are read; the rest says little that is new."""


_FEW_WORDS, _MANY_WORDS, _MANY_ANSWERS = 10, 40, 3
"""What makes a message long enough to tell something, and what counts no further."""
_BETWEEN = {",", "and", "or", "+"}
"""What stands between the items of a list."""
_SHORT = 3
"""Words of an item of a list at most."""


class _Key(NamedTuple):
    kind: str
    """"option", "unless" or "signal"."""
    first: str
    """The question, or the signal."""
    second: str = ""
    """The option."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a text says of a project."""

    stated: Mapping[str, str] = field(default_factory=dict)
    """Answers in so many words: options by question."""
    implied: Mapping[str, str] = field(default_factory=dict)
    """Answers that follow from its words."""
    signals: Mapping[str, Set[str]] = field(default_factory=dict)
    """The words of every signal that was found."""

    @property
    def answers(self) -> dict[str, str]:
        """Everything that was read."""
        return {**self.stated, **self.implied}


class DescriptionReader:
    """Reads descriptions with the phrases, signals and clues of one guide. Takes time linear in the text's length."""

    def __init__(self, spec: GuideSpec) -> None:
        self._spec = spec
        self._signals = spec.reading.signals
        self._meaning = Meaning(spec.reading)
        self._index = PhraseIndex(list(_entries(spec)))
        words = vocabulary(pattern for signal in self._signals.values() for pattern in signal.words)
        self._spelling = Spelling(vocabulary(_stating(spec)), words | frozenset(spec.reading.spelled))

    def read(self, text: str) -> Description:
        """Return what a text states and implies; nothing where it is silent, in doubt or contradicts itself."""
        words = self._spelling.corrected(plain_words(text[:LONGEST])).split()
        meant = self._meaning.of(words)
        found = list(self._index.find(words))
        said = [one for one in found if meant(one.start, one.end)]
        signals = self._signalled(found, said, words)
        row = longest_row(words)
        signals.update({name: row for name, signal in self._signals.items() if signal.series and row})
        stated, contradicted = self._stated(found, said)
        implied = self._implied(signals, stated, contradicted)
        known = {**stated, **implied}
        sensible = {q.id for q in self._spec.questions if holds(q.needs, known)}
        return Description(
            {question: option for question, option in stated.items() if question in sensible},
            {question: option for question, option in implied.items() if question in sensible},
            signals,
        )

    def describes(self, text: str) -> bool:
        """Return whether a message describes a project, whatever else it asks."""
        return self.points(text) >= self._spec.reading.project.least

    def points(self, text: str) -> float:
        """Return how much in a message points to the description of a project."""
        test = self._spec.reading.project
        read = self.read(text)
        length = min(len(text.split()), _MANY_WORDS)
        asks = "?" in text or any(signal in read.signals for signal in test.asking)
        return (
            sum(points for signal, points in test.points.items() if signal in read.signals)
            + test.answer * min(len(read.stated), _MANY_ANSWERS)
            + test.ten_words * length / 10
            + (test.telling if length >= _FEW_WORDS and not asks else 0)
        )

    def _signalled(
        self, found: Sequence[Found[_Key]], said: Sequence[Found[_Key]], words: Sequence[str]
    ) -> dict[str, set[str]]:
        signals: dict[str, set[str]] = defaultdict(set)
        for pool, raw in ((found, True), (said, False)):
            for one in pool:
                if one.key.kind == "signal" and self._signals[one.key.first].raw is raw:
                    phrase = words[one.start : one.end]
                    if _enough(self._signals[one.key.first], phrase):
                        signals[one.key.first].add(_stem(phrase))
        return dict(signals)

    def _stated(self, found: Sequence[Found[_Key]], said: Sequence[Found[_Key]]) -> tuple[dict[str, str], set[str]]:
        vetoed = {(one.key.first, one.key.second) for one in found if one.key.kind == "unless"}
        spans: dict[str, list[Found[_Key]]] = defaultdict(list)
        for one in said:
            if one.key.kind == "option" and (one.key.first, one.key.second) not in vetoed:
                spans[one.key.first].append(one)
        options = {
            question: {one.key.second for one in claims if not any(_inside(one, other) for other in claims)}
            for question, claims in spans.items()
        }
        stated = {question: next(iter(claimed)) for question, claimed in options.items() if len(claimed) == 1}
        return stated, options.keys() - stated.keys()

    def _implied(
        self, signals: Mapping[str, Set[str]], stated: Mapping[str, str], contradicted: Set[str]
    ) -> dict[str, str]:
        implied: dict[str, str] = {}
        for clue in self._spec.reading.clues:
            known = {**stated, **implied}
            if clue.says.keys() <= (known.keys() | contradicted) or not self._holds(clue, signals, known):
                continue
            new = {q: option for q, option in clue.says.items() if q not in known and q not in contradicted}
            implied.update(new)
        return implied

    @staticmethod
    def _holds(clue: Clue, signals: Mapping[str, Set[str]], known: Mapping[str, str]) -> bool:
        return (
            all(len(signals.get(signal, ())) >= least for signal, least in clue.when.items())
            and not any(signal in signals for signal in clue.unless)
            and not any(question in known for question in clue.missing)
            and holds(clue.given, known)
        )


def longest_row(words: Sequence[str]) -> set[str]:
    """Return the items of the longest row of short items in a list: "rooms, guests, late fees and staff" are four."""
    longest: list[str] = []
    row: list[str] = []
    item: list[str] = []
    for word in (*words, BREAK):
        if word not in _BETWEEN and word != BREAK:
            item.append(word)
            continue
        if len(item) > _SHORT:
            row = []
        elif item:
            row.append(" ".join(item))
        longest = max(longest, row, key=len)
        item = []
        if word == BREAK:
            row = []
    return set(longest)


def _entries(spec: GuideSpec) -> list[tuple[_Key, str]]:
    options = [(question.id, option) for question in spec.questions for option in question.options]
    return [
        *((_Key("option", question, option.id), pattern) for question, option in options for pattern in option.words),
        *((_Key("unless", question, option.id), pattern) for question, option in options for pattern in option.unless),
        *((_Key("signal", name), pattern) for name, signal in spec.reading.signals.items() for pattern in signal.words),
    ]


def _stating(spec: GuideSpec) -> list[str]:
    own = [word for question in spec.questions for option in question.options for word in option.words]
    return [*own, *(word for chip in spec.chips for word in chip.words)]


def _enough(signal: Signal, phrase: Sequence[str]) -> bool:
    if signal.least is None:
        return True
    return any(word.isdecimal() and int(word) >= signal.least for word in phrase)


def _stem(phrase: Sequence[str]) -> str:
    """Return a phrase such that singular and plural count once."""
    last = phrase[-1]
    return " ".join((*phrase[:-1], last[:-3] + "y" if last.endswith("ies") else last.removesuffix("s")))


def _inside(inner: Found[_Key], outer: Found[_Key]) -> bool:
    same = (inner.start, inner.end) == (outer.start, outer.end)
    return not same and outer.start <= inner.start and inner.end <= outer.end
