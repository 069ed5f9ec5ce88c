"""How much of a message stands in what is written about a question: in its wordings, and in its answer.

Wordings are short, and say how people ask. A story, and the code in it, often shares more with the answer: the setting
that is wrong, the function that mends it. What the words weigh is Okapi BM25 (Robertson and Zaragoza, 2009), over words
and pairs of neighbouring words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from bot.knowledge import Knowledge
from bot.matching.arrays import Floats, Ints, starts_of
from bot.matching.learning_config import QuestionIndexConfig
from bot.matching.lexicon import Lexicon
from bot.matching.message import NUMBER, plain, words
from bot.matching.model import TrainedModel

_Term = str | tuple[str, str]


class IndexedQuestions(NamedTuple):
    """The questions of all topics, one after another, by the terms that are written about them."""

    stems: tuple[str, ...]
    terms: Ints
    """Ascending: a stem by its number, a pair of them by (first + 1) x stems + second."""
    starts: Ints
    """Where the questions of each term begin, and where the last ones end."""
    questions: Ints
    weights: Floats
    """What each term adds for each of its questions."""


def index_questions(knowledge: Knowledge, lexicon: Lexicon, config: QuestionIndexConfig) -> IndexedQuestions:
    """Return the questions of a knowledge base by their terms.

    Args:
        knowledge: the knowledge base.
        lexicon: reads its words.
        config: the numbers of BM25, and how common a pair must be.
    """
    stops = lexicon.stop_stems(knowledge.vocabulary.stop_words)
    asked = [question for topic in knowledge.topics.values() for question in topic.questions]
    counts: list[Counter[_Term]] = []
    for question in asked:
        texts = (*question.ask, question.answer, *question.sides.values())
        counts.append(Counter(chain.from_iterable(_terms(_telling(lexicon, words(plain(t)), stops)) for t in texts)))
    spread = Counter(chain.from_iterable(counts))
    known = {term for term, count in spread.items() if isinstance(term, str) or count >= config.common_pair}
    stems = {term: number for number, term in enumerate(sorted(term for term in known if isinstance(term, str)))}
    found = sorted(
        (_number(term, stems), question, count, spread[term])
        for question, terms in enumerate(counts)
        for term, count in terms.items()
        if term in known
    )
    numbers, questions, often, among = np.array(found or np.zeros((0, 4)), np.int64).reshape(-1, 4).T
    terms, rows = np.unique(numbers, return_inverse=True)
    lengths = np.bincount(questions, weights=often, minlength=len(asked))
    length = lengths[questions] / max(float(lengths.mean()) if len(lengths) else 0.0, 1.0)
    rarity = np.log1p((len(asked) - among + 0.5) / (among + 0.5))
    slowed = config.saturation * (1 - config.by_length + config.by_length * length)
    weights = rarity * often * (config.saturation + 1) / (often + slowed)
    return IndexedQuestions(
        tuple(stems), terms, starts_of(rows, len(terms)), questions.copy(), weights.astype(np.float32)
    )


class QuestionIndex:
    """Looks up which questions say what a message says."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, model: TrainedModel) -> None:
        self._lexicon = lexicon
        self._stops = lexicon.stop_stems(knowledge.vocabulary.stop_words)
        self._stems = {stem: number for number, stem in enumerate(model.index_stems)}
        self._terms, self._starts = model.index_terms, model.index_starts
        self._questions, self._weights = model.index_questions, model.index_weights
        asked = ((topic.id, question.id) for topic in knowledge.topics.values() for question in topic.questions)
        self._places = {each: place for place, each in enumerate(asked)}

    def scores(self, found: Sequence[str]) -> Floats:
        """Return how much of these words, as they are written, is said about each question, by its place."""
        told = dict.fromkeys(_terms(self.telling(found)))
        numbers = np.array([_number(term, self._stems) for term in told if self._is_known(term)], np.int64)
        rows = np.searchsorted(self._terms, numbers)
        scores = np.zeros(len(self._places), np.float32)
        for number, row in zip(numbers.tolist(), rows.tolist(), strict=True):
            if row < len(self._terms) and self._terms[row] == number:
                begin, end = self._starts[row : row + 2]
                scores[self._questions[begin:end]] += self._weights[begin:end]
        return scores

    def telling(self, found: Sequence[str]) -> list[str]:
        """Return the stems of those of these words that say something by themselves, taken as they are written."""
        return _telling(self._lexicon, found, self._stops)

    def _is_known(self, term: _Term) -> bool:
        return all(stem in self._stems for stem in ((term,) if isinstance(term, str) else term))

    def place(self, topic: str, question: str | None) -> int | None:
        """Return the place of a question in the scores; None for a topic as such."""
        return self._places.get((topic, question or ""))

    def score(self, scores: Floats, topic: str, question: str | None) -> float:
        """Return what these scores have for a question; 0 for a topic as such."""
        place = self.place(topic, question)
        return 0.0 if place is None else float(scores[place])


def _telling(lexicon: Lexicon, found: Sequence[str], stops: frozenset[str]) -> list[str]:
    """Return the stems of words that say something by themselves."""
    return [stem for stem in lexicon.as_written(found) if stem not in stops and stem != NUMBER]


def _terms(stems: Sequence[str]) -> Iterator[_Term]:
    yield from stems
    yield from pairwise(stems)


def _number(term: _Term, stems: dict[str, int]) -> int:
    return stems[term] if isinstance(term, str) else (stems[term[0]] + 1) * len(stems) + stems[term[1]]
