"""The words that a knowledge base knows: stems, synonyms, side marks, and mended typing errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Generic, Protocol, TypeVar

import numpy as np
import snowballstemmer

from bot.knowledge import Knowledge
from bot.matching.arrays import Ints, Texts
from bot.matching.config import DEFAULT, SpellingConfig
from bot.matching.message import plain, squeezed, words
from bot.matching.sides import BOTH, SideNames
from bot.matching.spelling import Speller


class HasStem(Protocol):
    """Anything that is compared by its stem."""

    @property
    def stem(self) -> str:
        """The canonical form."""


T = TypeVar("T", bound=HasStem)


class SynonymPhrases(Generic[T]):
    """Runs of stems, each with the words that replace it; the longest run wins."""

    def __init__(self) -> None:
        self._single: dict[str, Sequence[T]] = {}
        self._by_pair: dict[tuple[str, str], list[tuple[list[str], Sequence[T]]]] = {}

    def add(self, stems: Sequence[str], target: Sequence[T]) -> None:
        """Replace this run of stems by the target from now on; the first of two meanings holds."""
        if not stems or [word.stem for word in target] == list(stems):
            return
        if len(stems) == 1:
            self._single.setdefault(stems[0], target)
        else:
            runs = self._by_pair.setdefault((stems[0], stems[1]), [])
            runs.append((list(stems), target))
            runs.sort(key=lambda run: -len(run[0]))

    def replaced(self, found: list[T]) -> list[T]:
        """Return the words with every run replaced, reading from the left."""
        stems = [word.stem for word in found]
        if self._single.keys().isdisjoint(stems) and self._by_pair.keys().isdisjoint(pairwise(stems)):
            return found
        out: list[T] = []
        place = 0
        while place < len(found):
            length, target = self._run_at(stems, place) or (1, found[place : place + 1])
            out.extend(target)
            place += length
        return out

    def replaced_in(self, texts: Texts[T]) -> Texts[T]:
        """Return the texts with every run in them replaced."""
        words, before = list(texts.words), texts.numbers.tolist()
        stems = [word.stem for word in words]
        known = {id(word): number for number, word in enumerate(words)}
        for word in self._targets():
            if known.setdefault(id(word), len(words)) == len(words):
                words.append(word)
        after: list[int] = []
        lengths = texts.lengths
        places = self._places(texts)
        rows = texts.rows[places]
        done = 0
        for place, row, end in zip(places.tolist(), rows.tolist(), texts.starts[rows + 1].tolist(), strict=True):
            if place < done:
                continue
            run = self._run_at([stems[number] for number in before[place:end]], 0)
            if run is None:
                continue
            length, target = run
            after += before[done:place]
            after += [known[id(word)] for word in target]
            lengths[row] += len(target) - length
            done = place + length
        return Texts(words, np.array(after + before[done:], np.int64), np.append(0, np.cumsum(lengths)))

    def _targets(self) -> Iterator[T]:
        runs = chain.from_iterable(self._by_pair.values())
        return chain.from_iterable([*self._single.values(), *(target for _, target in runs)])

    def _places(self, texts: Texts[T]) -> Ints:
        """Return the places where runs may begin: at single stems and pairs that a run begins with."""
        stems = {stem: i for i, stem in enumerate(dict.fromkeys(word.stem for word in texts.words))}
        read = np.array([stems[word.stem] for word in texts.words], np.int64)[texts.numbers]
        single = np.array([stem in self._single for stem in stems], bool)
        pairs = [stems[a] * len(stems) + stems[b] for a, b in self._by_pair if a in stems and b in stems]
        begins = single[read]
        begins[:-1] |= np.isin(read[:-1] * len(stems) + read[1:], pairs)
        return np.flatnonzero(begins)

    def _run_at(self, stems: list[str], place: int) -> tuple[int, Sequence[T]] | None:
        if place + 1 < len(stems):
            for run, target in self._by_pair.get((stems[place], stems[place + 1]), ()):
                if stems[place : place + len(run)] == run:
                    return len(run), target
        single = self._single.get(stems[place])
        return None if single is None else (1, single)


MARK = "\u00a4"
"""Stands for the name of any side; doubled, for all of them at once."""
MARK_BOTH = MARK * 2
_INFLECTED = re.compile(r"(?:s|ed|ing|y|e|al|er|ic|ant|ent|ism|iti|ion|ful|li|ll|or|ist)$")
"""The endings that the stemmer may change: it is slow, and leaves every other word alone."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a message as the lexicon reads it."""

    stem: str
    """Canonical; what the word most likely is."""
    known: bool = True
    side: str | None = None
    """The side that it names, or "both"."""
    weight: float = 1.0
    """How surely it is this stem, 0 to 1."""
    others: tuple[tuple[str, float], ...] = ()
    """Other stems that a mended word may be, with their weights."""


class Lexicon:
    """Learns the words of a knowledge base, then reads messages with them."""

    def __init__(self, knowledge: Knowledge, config: SpellingConfig = DEFAULT.spelling) -> None:
        self._config = config
        self._sides = SideNames(knowledge.about.sides, config)
        self._stemmer = snowballstemmer.stemmer("english")
        self._learnt: dict[str, Token] = {}
        self._synonyms: dict[str, Token] = {}
        self._phrases: SynonymPhrases[Token] = SynonymPhrases()
        self._learn_phrases(knowledge)

    def learn(self, texts: Iterable[str]) -> Texts[Token]:
        """Return these texts read, and know all their words from now on."""
        split = [words(plain(text)) for text in texts]
        flat = list(chain.from_iterable(split))
        numbers = {word: number for number, word in enumerate(dict.fromkeys(flat))}
        read = np.fromiter(map(numbers.__getitem__, flat), np.int64, len(flat))
        for word, count in zip(numbers, np.bincount(read).tolist(), strict=True):
            if word not in self._learnt:
                self._learnt[word] = self._taught(word, count)
        starts = np.cumsum([0, *map(len, split)])
        return self._phrases.replaced_in(Texts([self._learnt[word] for word in numbers], read, starts))

    def known(self) -> Mapping[str, Token]:
        """Return what every known word stands for."""
        return self._learnt

    def recall(self, known: Iterable[str], stems: Iterable[str], sides: Iterable[str]) -> None:
        """Know these words, what they stand for, and the side they name, as they were learned before."""
        read: dict[tuple[str, str], Token] = {}
        for word, *meaning in zip(known, stems, sides, strict=True):
            stem, side = meaning
            if (stem, side) not in read:
                read[stem, side] = Token(stem, side=side or None)
            self._learnt.setdefault(word, read[stem, side])

    def stop_stems(self, stop_words: Iterable[str]) -> frozenset[str]:
        """Return the stems of words that carry no topic."""
        return frozenset(stem for stop in stop_words for stem in self.stems(stop))

    def read(self, found: Iterable[str]) -> list[Token]:
        """Return the words of a message, unknown ones mended where something is near enough."""
        return self._phrases.replaced([self._learnt.get(word) or self._recognised(word) for word in found])

    def mended(self, found: Iterable[str], knows: Callable[[str], bool]) -> str:
        """Return the words of a message as a text in which typing errors are mended: for the sentence encoder.

        `knows` says whether a word needs no mending though no phrasing has it.
        """
        return " ".join(self._mended(word, knows) for word in found)

    def _mended(self, word: str, knows: Callable[[str], bool]) -> str:
        short = squeezed(word)
        if word in self._learnt or short in self._learnt:
            return word if word in self._learnt else short
        if knows(word):
            return word
        side = self._sides.exact(short) or self._sides.mended(short)
        if side:
            return self._sides.name(side)
        near = self._speller.neighbours(short)
        return near[0][0] if near else word

    def sides(self, found: Iterable[str]) -> list[Token]:
        """Return those of these words that name a side as it is written."""
        named = ((word, self._sides.exact(word)) for word in found)
        return [Token(MARK, side=side) for _, side in named if side]

    def mark(self, word: str) -> str | None:
        """Return the mark that stands for this word if it names a side, or all of them."""
        read = self.read([word])
        return read[0].stem if read and read[0].side else None

    def stems(self, text: str) -> tuple[str, ...]:
        """Return the canonical stems of a text, taken as it is written."""
        return tuple(self.as_written(words(plain(text))))

    def as_written(self, found: Iterable[str]) -> Iterator[str]:
        """Yield the canonical stems of words, taken as they are written."""
        return ((self._learnt.get(word) or self._word(self._stem(word))).stem for word in found)

    @cached_property
    def _speller(self) -> Speller:
        return Speller((word for word, token in self._learnt.items() if not token.side), self._config)

    def _stem(self, word: str) -> str:
        stem: str = self._stemmer.stemWord(word) if _INFLECTED.search(word) else word
        return stem

    def _taught(self, word: str, count: int) -> Token:
        side = self._sides.exact(word) or (self._sides.mended(word) if count <= self._config.rare else None)
        return Token(MARK, side=side) if side else self._word(self._stem(word))

    def _word(self, stem: str) -> Token:
        return self._synonyms.get(stem) or Token(stem)

    def _recognised(self, word: str) -> Token:
        short = squeezed(word)
        if short in self._learnt:
            return self._learnt[short]
        side = self._sides.exact(short) or self._sides.mended(short)
        if side:
            return Token(MARK, side=side)
        near = self._speller.neighbours(short)
        if not near:
            return self._synonyms.get(self._stem(short)) or Token(self._stem(short), known=False)
        weights: dict[str, float] = {}
        for known, similarity in near:
            weights.setdefault(self._learnt[known].stem, similarity * similarity)
        (best, weight), *others = weights.items()
        return Token(best, weight=weight, others=tuple(others))

    def _learn_phrases(self, knowledge: Knowledge) -> None:
        groups = [
            (words(plain(group.word)), [words(plain(also)) for also in group.also])
            for group in knowledge.vocabulary.synonyms
        ]
        for target, others in groups:
            for also in others:
                if len(target) == len(also) == 1:
                    self._learn_synonym(also[0], target[0])
        for target, others in groups:
            for also in others:
                if len(target) > 1 or len(also) > 1:
                    self._phrases.add([self._canonical(word).stem for word in also], list(map(self._canonical, target)))
        for both in knowledge.vocabulary.both:
            stems = [self._canonical(word).stem for word in words(plain(both))]
            self._phrases.add(stems, [Token(MARK_BOTH, side=BOTH)])

    def _learn_synonym(self, word: str, target: str) -> None:
        stem, meant = self._stem(word), self._stem(target)
        if stem != meant and stem not in self._synonyms:
            self._synonyms[stem] = Token(meant)

    def _canonical(self, word: str) -> Token:
        if word not in self._learnt:
            self._learnt[word] = self._taught(word, self._config.rare + 1)
        return self._learnt[word]
