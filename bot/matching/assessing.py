"""From the words of a message to the topics that it may be about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.knowledge import Knowledge
from bot.matching import corpus, fitting, scoring
from bot.matching.deciding import ALIKE, Evidence, confidence
from bot.matching.lexicon import Lexicon, Word
from bot.matching.readings import Ranked
from bot.matching.scope import Strange
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


class Assessor:
    """A trained scorer with the words that go with it."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon) -> None:
        self._corpus = corpus.gather(knowledge)
        self._sides = tuple(knowledge.side_names)
        texts = lexicon.learn(self._corpus.texts)
        self.stops = frozenset(stem for stop in knowledge.vocabulary.stop_words for stem in lexicon.stems(stop))
        fitted = fitting.fit(texts, self._corpus.labels, self._corpus.topics, self.stops)
        signatures = [self._signature(text) for text in texts]
        self._scorer = scoring.build(fitted, self._corpus.labels, self._corpus.topics, signatures)
        outside = self._corpus.labels >= self._corpus.topics
        self._shape = Shape(texts, outside, fitted.spread(), fitted.groups)
        self._groups = {group: i for i, group in enumerate(self._corpus.ids[: self._corpus.topics])}
        self._texts = texts

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
        strange: Strange = Strange(),  # noqa: B008 - frozen
    ) -> Assessment:
        """Return the topics that these words may be about.

        Args:
            words: a message as the lexicon read it.
            side: the side that the conversation is about, for a message that names none.
            favoured: topics that the conversation makes likelier, with what that counts.
            strange: the unknown products and pieces of code that it names.
        """
        evidence, outside = self.evidence(words, side=side, favoured=favoured, strange=strange)
        ranked = sorted((Ranked(topic, confidence(one)) for topic, one in evidence.items()), key=_by_confidence)
        explained = evidence[ranked[0].topic].explained if ranked else 0.0
        return Assessment(tuple(ranked[:5]), outside, explained)

    def evidence(
        self,
        words: Sequence[Word],
        *,
        side: str | None = None,
        favoured: Mapping[str, float] | None = None,
        strange: Strange = Strange(),  # noqa: B008 - frozen
    ) -> tuple[dict[str, Evidence], str | None]:
        """Return what speaks for each of the best topics, and the out-of-scope group that fits better, if any."""
        query = self._scorer.space.query(words, self.stops)
        mentions = self.mentions(words)
        extra = {self._groups[topic]: value for topic, value in (favoured or {}).items() if topic in self._groups}
        scores = self._scorer.scores(query, signature(mentions) or side or "", extra)
        order = list(zip(scores.groups.tolist(), scores.scores.tolist(), strict=True))
        topics = [(place, group, score) for place, (group, score) in enumerate(order) if self._corpus.is_topic(group)]
        beyond = max((score for group, score in order if not self._corpus.is_topic(group)), default=0.0)
        best, second = ([score for *_, score in topics] + [0.0, 0.0])[:2]
        against = self._shape.against(words)
        elsewhere = bool(strange.products) and not mentions and side is None
        found = {
            self._corpus.ids[group]: Evidence(
                margin=score - (second if place == topics[0][0] else best),
                in_scope=score - max(0.0, beyond),
                explained=float(scores.explained[place]),
                against=against,
                code=strange.code,
                elsewhere=elsewhere and not self._is_like(words, int(scores.rows[place])),
            )
            for place, group, score in topics
        }
        first = order[0][0] if order else 0
        return found, None if self._corpus.is_topic(first) else self._corpus.ids[first]

    def _is_like(self, words: Sequence[Word], row: int) -> bool:
        """Return whether a message is nearly this phrasing, word order aside."""
        message, phrasing = (" ".join(word.stem for word in text) for text in (words, self._texts[row]))
        return fuzz.token_sort_ratio(message, phrasing) >= ALIKE

    def _signature(self, words: Sequence[Word]) -> str:
        return signature(self.mentions(words))


def _by_confidence(one: Ranked) -> tuple[float, str]:
    return -one.confidence, one.topic
