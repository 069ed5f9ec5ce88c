"""Replace runs of words by what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Generic, Protocol, TypeVar

import numpy as np

from bot.matching.lexical.arrays import Ints, Texts


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
