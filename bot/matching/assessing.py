"""From the words of a message to the topics that it may be about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.knowledge import Knowledge
from bot.matching import corpus, features, scoring
from bot.matching.deciding import Evidence, confidence
from bot.matching.lexicon import Lexicon, Word
from bot.matching.readings import Ranked
from bot.matching.scoring import Scores
from bot.matching.sides import BOTH, signature


@dataclass(frozen=True, slots=True)
class Assessment:
    """The topics that a message may be about, best first, and the out-of-scope group that fits it better, if any."""

    ranked: tuple[Ranked, ...]
    outside: str | None = None
    content: float = 0.0
    """How much the message says, in words of the rarest kind that the knowledge base knows."""

    @property
    def best(self) -> float:
        """Confidence of the best topic."""
        return self.ranked[0].confidence if self.ranked else 0.0


class Assessor:
    """A trained scorer with the words that go with it."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self._corpus = corpus.gather(knowledge)
        self._sides = tuple(knowledge.side_names)
        texts = lexicon.learn(self._corpus.texts)
        self.stops = frozenset(stem for stop in knowledge.vocabulary.stop_words for stem in lexicon.stems(stop))
        fitted = features.fit(texts, self._corpus.labels, self.stops)
        self._scorer = scoring.build(fitted, self._corpus.labels, [self._signature(text) for text in texts])
        self._groups = {group: i for i, group in enumerate(self._corpus.ids[: self._corpus.topics])}
        self._texts = [" ".join(word.stem for word in text) for text in texts]

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
        foreign: int = 0,
    ) -> Assessment:
        """Return the topics that these words may be about.

        Args:
            words: a message as the lexicon read it.
            side: the side that the conversation is about, for a message that names none.
            favoured: topics that the conversation makes likelier, with what that counts.
            foreign: how many unknown products and pieces of code it names.
        """
        query = self._scorer.space.query(words, self.stops)
        pattern = self._signature(words) or (side if side in self._sides else "")
        extra = {self._groups[topic]: value for topic, value in (favoured or {}).items() if topic in self._groups}
        scores = self._scorer.scores(query, pattern, extra)
        ranked = self._ranked(scores, query, " ".join(word.stem for word in words), foreign)
        first = int(scores.groups[0]) if len(scores.groups) else 0
        outside = None if self._corpus.is_topic(first) else self._corpus.ids[first]
        return Assessment(ranked, outside, query.content)

    def _ranked(self, scores: Scores, query: features.Query, text: str, foreign: int) -> tuple[Ranked, ...]:
        order = list(zip(scores.groups.tolist(), scores.scores.tolist(), strict=True))
        topics = [(place, group, score) for place, (group, score) in enumerate(order) if self._corpus.is_topic(group)]
        outside = max((score for group, score in order if not self._corpus.is_topic(group)), default=0.0)
        ranked = []
        for place, group, score in topics:
            rival = max((other for _, rest, other in topics if rest != group), default=0.0)
            evidence = Evidence(
                score=score,
                margin=score - rival,
                in_scope=score - max(0.0, outside),
                matched=query.matched,
                nearest=float(scores.nearest[place]),
                likeness=fuzz.token_sort_ratio(text, self._texts[int(scores.rows[place])]) / 100,
                foreign=foreign,
            )
            ranked.append(Ranked(self._corpus.ids[group], confidence(evidence)))
        return tuple(sorted(ranked, key=lambda one: -one.confidence)[:5])

    def _signature(self, words: Sequence[Word]) -> str:
        return signature(self.mentions(words))
