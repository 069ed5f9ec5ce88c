"""Ranks the topics of a message of several sentences: those that ask decide, the story around them is context.

Each sentence is ranked alone, and so is the message as a whole. A topic is meant unless all of these are wrong about
it, each with the probability that its own confidence leaves (the noisy-or of Pearl, 1988); what is told counts for
less than what is asked. A story of two hundred words dilutes every confidence, its question alone often lacks the
subject: together they find it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.knowledge import Knowledge
from bot.matching.config import DEFAULT, MatcherConfig
from bot.matching.interpretation import Ranked
from bot.matching.lexicon import Lexicon
from bot.matching.message import Sentences, bounded, words
from bot.matching.ranking import Ranker, Ranking


class SentenceRanker:
    """Ranks messages sentence by sentence."""

    def __init__(
        self,
        knowledge: Knowledge,
        ranker: Ranker,
        lexicon: Lexicon,
        config: MatcherConfig = DEFAULT,
    ) -> None:
        """Make one.

        Args:
            knowledge: names the topics that no story is about: greeting, thanks, help.
            ranker: ranks a single text.
            lexicon: reads its words.
            config: its numbers.
        """
        self._meta, self._choosing = knowledge.about.meta_topics, knowledge.about.choosing
        self._ranker, self._lexicon = ranker, lexicon
        self._scoring, self._limits = config.scoring, config.limits

    def rank(
        self, told: Sentences, whole: Ranking, products: frozenset[str] = frozenset(), *, one_side: bool = False
    ) -> Ranking:
        """Return the topics of a message.

        Args:
            told: its sentences, at least two, one of which asks.
            whole: the topics of all of it, read as one text. Whether it is out of scope, this alone says, unless the
                sentences leave no doubt.
            products: other products that it names.
            one_side: whether it is about one side: "which one?" then means the libraries that it speaks of.
        """
        asking = self._long_enough(told.asking)
        if not asking or (whole.ranked and whole.ranked[0].topic in self._meta):
            return whole
        asked = [self._alone(found, products, encoded=True) for found in asking]
        story = [self._alone(found, products) for found in self._long_enough(told.story)]
        doubts: defaultdict[str, float] = defaultdict(lambda: 1.0)
        for ranking, share in (
            (whole, 1.0),
            *((one, 1.0 if one.outside is None else self._scoring.asked_outside) for one in asked),
            *((one, self._scoring.told if one.outside is None else 0.0) for one in story),
        ):
            for one in ranking.ranked:
                doubts[one.topic] *= 1 - share * one.confidence
        meant = (Ranked(topic, round(1 - doubt, 4)) for topic, doubt in doubts.items() if topic not in self._meta)
        ranked = sorted(meant, key=_likeliest_first)
        undoubted = bool(ranked) and ranked[0].confidence >= self._scoring.undoubted
        read = whole._replace(
            ranked=tuple(ranked[: self._limits.ranked]),
            outside=None if undoubted else whole.outside,
            linked=frozenset(one.topic for ranking in (whole, *asked) for one in ranking.offered),
            harder=self._harder(1 + len(asked) + len(story)),
        )
        return self._without_choosing(read) if one_side else read

    def _without_choosing(self, ranking: Ranking) -> Ranking:
        """Return the topics without the choice between the sides, if the second is sure enough."""
        first, second = ranking.ranked[:1], ranking.ranked[1:2]
        if not second or first[0].topic != self._choosing:
            return ranking
        sure = second[0].confidence >= self._ranker.thresholds[0] + ranking.harder
        return ranking._replace(ranked=ranking.ranked[1:]) if sure else ranking

    def harder(self, told: Sentences) -> float:
        """Return what is added to the confidence from which a message of these sentences is answered."""
        return self._harder(1 + len(self._long_enough(told.asking)) + len(self._long_enough(told.story)))

    def _harder(self, texts: int) -> float:
        return min(self._scoring.pooled_most, self._scoring.pooled * texts)

    def _long_enough(self, sentences: Sequence[str]) -> list[list[str]]:
        found = (bounded(words(sentence)) for sentence in sentences)
        return [one for one in found if len(one) >= self._limits.asks][: self._limits.sentences]

    def _alone(self, found: Sequence[str], products: frozenset[str], *, encoded: bool = False) -> Ranking:
        text = self._ranker.text(found) if encoded else ""
        return self._ranker.rank(self._lexicon.read(found), text, products=products)


def _likeliest_first(one: Ranked) -> tuple[float, str]:
    return -one.confidence, one.topic
