"""From the words of a message to the topics that it may be about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.knowledge import Knowledge
from bot.matching.decision import ALIKE, TopicEvidence, confidence
from bot.matching.interpretation import Ranked
from bot.matching.lexical import exact_match
from bot.matching.lexical.exact_match import ExactMatch
from bot.matching.lexical.function_words import FunctionWordScorer, FunctionWordWeights
from bot.matching.lexical.scoring import Scored, Scorer
from bot.matching.lexical.vectorizer import Query
from bot.matching.lexicon import Lexicon, Token
from bot.matching.message import plain
from bot.matching.model import TrainedModel
from bot.matching.sides import mentioned, signature


class Ranking(NamedTuple):
    """The topics that a message may be about, best first, and the out-of-scope group that fits it better, if any."""

    ranked: tuple[Ranked, ...]
    outside: str | None = None
    explained: float = 0.0
    """Share of the message that the best topic's own texts have words for."""

    @property
    def best(self) -> float:
        """Confidence of the best topic."""
        return self.ranked[0].confidence if self.ranked else 0.0


class Ranker:
    """A trained scorer with the words that go with it."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, model: TrainedModel) -> None:
        self._knowledge, self._lexicon = knowledge, lexicon
        self._ids = (*knowledge.topics, *(group.id for group in knowledge.out_of_scope))
        self._topics = len(knowledge.topics)
        self._groups = {topic: group for group, topic in enumerate(knowledge.topics)}
        self._sides = tuple(knowledge.side_names)
        self._stops = lexicon.stop_stems(knowledge.vocabulary.stop_words)
        self._scorer = Scorer(model, self._topics)
        self._verbatim = ExactMatch(model.asked, model.asked_groups)
        self._shape = FunctionWordScorer(model.stems, FunctionWordWeights(model.common, model.runs, model.runs_against))

    def query(self, words: Sequence[Token]) -> Query:
        """Return a message as features."""
        return self._scorer.space.query(words, self._stops)

    def mentions(self, words: Sequence[Token]) -> list[str]:
        """Return the sides that these words name, in order."""
        return mentioned((word.side for word in words), self._sides)

    def assess(
        self,
        words: Sequence[Token],
        *,
        side: str | None = None,
        favoured: Mapping[str, float] | None = None,
        products: frozenset[str] = frozenset(),
    ) -> Ranking:
        """Return the topics that these words may be about.

        Args:
            words: a message as the lexicon read it.
            side: the side that the conversation is about, for a message that names none.
            favoured: topics that the conversation makes likelier, with what that counts.
            products: other products that it names.
        """
        evidence, outside = self.evidence(words, side=side, favoured=favoured, products=products)
        ranked = sorted((Ranked(topic, confidence(one)) for topic, one in evidence.items()), key=_by_confidence)
        explained = evidence[ranked[0].topic].explained if ranked else 0.0
        return Ranking(tuple(ranked[:5]), outside, explained)

    def evidence(
        self,
        words: Sequence[Token],
        *,
        side: str | None = None,
        favoured: Mapping[str, float] | None = None,
        products: frozenset[str] = frozenset(),
    ) -> tuple[dict[str, TopicEvidence], str | None]:
        """Return what speaks for each of the best topics, and the out-of-scope group that fits better, if any."""
        mentions = self.mentions(words)
        query = self.query(words)
        extra = {self._groups[topic]: value for topic, value in (favoured or {}).items() if topic in self._groups}
        asked = self._verbatim.group(words)
        if asked is not None:
            extra[asked] = extra.get(asked, 0.0) + exact_match.GAIN
        scored = self._scorer.scores(query, signature(mentions) or side or "", extra)
        elsewhere = bool(products) and not mentions and side is None
        outside = scored and scored[0].group >= self._topics
        found = self._weighed(words, scored, products if elsewhere else frozenset())
        return found, self._ids[scored[0].group] if outside else None

    def _weighed(
        self, words: Sequence[Token], scored: list[Scored], products: frozenset[str]
    ) -> dict[str, TopicEvidence]:
        """Return the evidence for each topic among the groups; `products` only where there is nothing else."""
        topics = [one for one in scored if one.group < self._topics]
        if not topics:
            return {}
        best, second = topics[0].score, topics[1].score if len(topics) > 1 else 0.0
        # no group counts for less than nothing, which is what the groups have on average
        beyond = max([0.0, *[one.score for one in scored if one.group >= self._topics]])
        elsewhere = bool(products) and not self._is_asked(words, self._ids[topics[0].group], products)
        against = self._shape.against(words)
        found: dict[str, TopicEvidence] = {}
        for group, score, explained in topics:
            rival = best if found else second
            found[self._ids[group]] = TopicEvidence(score - rival, score - beyond, explained, against, elsewhere)
        return found

    def _is_asked(self, words: Sequence[Token], topic: str, products: frozenset[str]) -> bool:
        """Return whether a phrasing of this topic names one of these products and is nearly the same message."""
        message = " ".join(sorted(word.stem for word in words))
        for phrasing in self._knowledge.topics[topic].all_phrasings:
            said = plain(phrasing)
            if any(product in said for product in products):
                asked = " ".join(sorted(self._lexicon.stems(phrasing)))
                if fuzz.ratio(message, asked, score_cutoff=ALIKE):
                    return True
        return False


def _by_confidence(one: Ranked) -> tuple[float, str]:
    return -one.confidence, one.topic
