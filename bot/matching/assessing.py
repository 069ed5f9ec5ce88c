"""From the words of a message to the topics that it may be about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bot.knowledge import Knowledge
from bot.matching.deciding import ALIKE, Evidence, confidence
from bot.matching.learnt import Learnt
from bot.matching.lexicon import Lexicon, Word
from bot.matching.readings import Ranked
from bot.matching.scoring import Scorer, Scores
from bot.matching.shape import Shape, Shapes
from bot.matching.sides import mentioned, signature


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
    """A topic among the best groups, and how far its score is before the best other topic and out-of-scope group.

    No out-of-scope group counts for less than nothing, which is what the groups have on average.
    """

    place: int
    group: int
    margin: float
    in_scope: float


class Assessor:
    """A trained scorer with the words that go with it."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, learnt: Learnt) -> None:
        self._knowledge, self._lexicon = knowledge, lexicon
        self._ids = (*knowledge.topics, *(group.id for group in knowledge.out_of_scope))
        self._topics = len(knowledge.topics)
        self._groups = {topic: group for group, topic in enumerate(knowledge.topics)}
        self._sides = tuple(knowledge.side_names)
        self._stops = lexicon.stop_stems(knowledge.vocabulary.stop_words)
        self._scorer = Scorer(learnt, self._topics)
        self._shape = Shape(learnt.stems, Shapes(learnt.common, learnt.runs, learnt.runs_against))
        self._asked: dict[str, list[str]] = {}

    def mentions(self, words: Sequence[Word]) -> list[str]:
        """Return the sides that these words name, in order."""
        return mentioned((word.side for word in words), self._sides)

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
        query = self._scorer.space.query(words, self._stops)
        mentions = self.mentions(words)
        extra = {self._groups[topic]: value for topic, value in (favoured or {}).items() if topic in self._groups}
        scores = self._scorer.scores(query, signature(mentions) or side or "", extra)
        elsewhere = products and not mentions and side is None
        against = self._shape.against(words)
        explained = scores.explained.tolist()
        found = {
            self._ids[lead.group]: Evidence(
                margin=lead.margin,
                in_scope=lead.in_scope,
                explained=explained[lead.place],
                against=against,
                elsewhere=elsewhere and not self._is_like(words, self._ids[lead.group]),
            )
            for lead in self._leads(scores)
        }
        first = int(scores.groups[0]) if len(scores.groups) else 0
        return found, None if first < self._topics else self._ids[first]

    def _leads(self, scores: Scores) -> list[_Lead]:
        """Return each topic among the best groups with how far it is before the others."""
        order = list(zip(range(len(scores.groups)), scores.groups.tolist(), scores.scores.tolist(), strict=True))
        inside = self._topics
        topics = [one for one in order if one[1] < inside]
        beyond = max([score for _, group, score in order if group >= inside], default=0.0)
        best, second = ([score for *_, score in topics] + [0.0, 0.0])[:2]
        rivals = [second] + [best] * len(topics)
        return [
            _Lead(place, group, score - rival, score - max(0.0, beyond))
            for (place, group, score), rival in zip(topics, rivals, strict=False)
        ]

    def _is_like(self, words: Sequence[Word], topic: str) -> bool:
        """Return whether a message is nearly a phrasing of this topic, word order aside."""
        if topic not in self._asked:
            self._asked[topic] = [" ".join(self._lexicon.stems(p)) for p in self._knowledge.topics[topic].phrasings]
        message = " ".join(word.stem for word in words)
        found = process.extractOne(message, self._asked[topic], scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        return found is not None


def _by_confidence(one: Ranked) -> tuple[float, str]:
    return -one.confidence, one.topic
