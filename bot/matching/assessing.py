"""From the words of a message to the topics that it may be about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from bot.knowledge import Knowledge
from bot.matching import corpus, fitting, scoring
from bot.matching.deciding import ALIKE, Evidence, confidence
from bot.matching.lexicon import Lexicon, Word
from bot.matching.readings import Ranked
from bot.matching.scoring import Scores
from bot.matching.shape import Shape
from bot.matching.sides import BOTH, signature


@dataclass(frozen=True, slots=True)
class Assessment:
    """The topics that a message may be about, best first, and the out-of-scope group that fits it better, if any."""

    ranked: tuple[Ranked, ...]
    outside: str | None = None
    explained: float = 0.0
    """Share of the message that the best topic's own texts have words for."""

    @property
    def best(self) -> float:
        """Confidence of the best topic."""
        return self.ranked[0].confidence if self.ranked else 0.0


class _Lead(NamedTuple):
    """A topic among the best groups, and how far its score is before the best other topic and out-of-scope group."""

    place: int
    group: int
    margin: float
    in_scope: float


class Assessor:
    """A trained scorer with the words that go with it."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self._corpus = corpus.gather(knowledge)
        self._sides = tuple(knowledge.side_names)
        learnt = lexicon.learn(self._corpus.texts)
        self._labels = labels = self._corpus.labels[learnt.lengths > 0]
        self._texts = learnt.without_empty()
        self.stops = frozenset(stem for stop in knowledge.vocabulary.stop_words for stem in lexicon.stems(stop))
        fitted = fitting.fit(self._texts, labels, self._corpus.topics, self.stops)
        self._scorer = scoring.build(fitted, labels, self._corpus.topics, self._signatures())
        self._shape = Shape(self._texts, labels >= self._corpus.topics, fitted.spread(), fitted.groups)
        self._groups = {group: i for i, group in enumerate(self._corpus.ids[: self._corpus.topics])}

    def mentions(self, words: Sequence[Word]) -> list[str]:
        """Return the sides that these words name, in order."""
        found: list[str] = []
        for word in words:
            if word.side:
                found.extend(self._sides if word.side == BOTH else (word.side,))
        return found

    def assess(
        self,
        words: Sequence[Word],
        *,
        side: str | None = None,
        favoured: Mapping[str, float] | None = None,
        products: bool = False,
    ) -> Assessment:
        """Return the topics that these words may be about.

        Args:
            words: a message as the lexicon read it.
            side: the side that the conversation is about, for a message that names none.
            favoured: topics that the conversation makes likelier, with what that counts.
            products: whether it names other products.
        """
        evidence, outside = self.evidence(words, side=side, favoured=favoured, products=products)
        ranked = sorted((Ranked(topic, confidence(one)) for topic, one in evidence.items()), key=_by_confidence)
        explained = evidence[ranked[0].topic].explained if ranked else 0.0
        return Assessment(tuple(ranked[:5]), outside, explained)

    def evidence(
        self,
        words: Sequence[Word],
        *,
        side: str | None = None,
        favoured: Mapping[str, float] | None = None,
        products: bool = False,
    ) -> tuple[dict[str, Evidence], str | None]:
        """Return what speaks for each of the best topics, and the out-of-scope group that fits better, if any."""
        query = self._scorer.space.query(words, self.stops)
        mentions = self.mentions(words)
        extra = {self._groups[topic]: value for topic, value in (favoured or {}).items() if topic in self._groups}
        scores = self._scorer.scores(query, signature(mentions) or side or "", extra)
        elsewhere = products and not mentions and side is None
        against = self._shape.against(words)
        explained = scores.explained.tolist()
        found = {
            self._corpus.ids[lead.group]: Evidence(
                margin=lead.margin,
                in_scope=lead.in_scope,
                explained=explained[lead.place],
                against=against,
                elsewhere=elsewhere and not self._is_like(words, lead.group),
            )
            for lead in self._leads(scores)
        }
        first = int(scores.groups[0]) if len(scores.groups) else 0
        return found, None if self._corpus.is_topic(first) else self._corpus.ids[first]

    def _leads(self, scores: Scores) -> list[_Lead]:
        """Return each topic among the best groups with how far it is before the others."""
        order = list(zip(range(len(scores.groups)), scores.groups.tolist(), scores.scores.tolist(), strict=True))
        inside = self._corpus.topics
        topics = [one for one in order if one[1] < inside]
        beyond = max([score for _, group, score in order if group >= inside], default=0.0)
        best, second = ([score for *_, score in topics] + [0.0, 0.0])[:2]
        rivals = [second] + [best] * len(topics)
        return [
            _Lead(place, group, score - rival, score - max(0.0, beyond))
            for (place, group, score), rival in zip(topics, rivals, strict=False)
        ]

    def _is_like(self, words: Sequence[Word], group: int) -> bool:
        """Return whether a message is nearly a phrasing of this group, word order aside."""
        begin, end = np.searchsorted(self._labels, (group, group + 1)).tolist()
        phrasings = (" ".join(word.stem for word in self._texts[row]) for row in range(begin, end))
        message = " ".join(word.stem for word in words)
        return process.extractOne(message, phrasings, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE) is not None

    def _signatures(self) -> list[str]:
        """Return which sides each text names."""
        texts = self._texts
        places = np.flatnonzero(np.array([word.side is not None for word in texts.words], bool)[texts.numbers])
        naming: dict[int, list[Word]] = defaultdict(list)
        for row, number in zip(texts.rows[places].tolist(), texts.numbers[places].tolist(), strict=True):
            naming[row].append(texts.words[number])
        return [signature(self.mentions(naming.get(row, ()))) for row in range(len(texts.starts) - 1)]


def _by_confidence(one: Ranked) -> tuple[float, str]:
    return -one.confidence, one.topic
