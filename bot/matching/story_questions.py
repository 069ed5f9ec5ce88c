"""Which question of which topic a story asks.

The likeliest topic may have no question of the kind, its neighbour the very one: both are chosen together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.matching.arrays import Floats
from bot.matching.choice import Candidate, Choice, likeliest, log_odds
from bot.matching.config import MatcherConfig
from bot.matching.interpretation import Ranked
from bot.matching.lexicon import Lexicon
from bot.matching.message import bounded, sentences, words
from bot.matching.questions import QuestionMatch, QuestionMatcher
from bot.matching.ranking import Ranker
from bot.matching.semantic import SemanticReader
from bot.matching.vectorizer import Query

_View = tuple[Query, Floats | None]
"""A text as features and as a vector."""


class StoryQuestions:
    """Chooses the question that a message of several sentences asks."""

    def __init__(
        self, lexicon: Lexicon, ranker: Ranker, questions: QuestionMatcher, semantic: SemanticReader | None
    ) -> None:
        self._lexicon, self._ranker, self._questions, self._semantic = lexicon, ranker, questions, semantic
        self._config: MatcherConfig = ranker.config

    def choice(self, text: str, ranked: Sequence[Ranked]) -> Choice | None:
        """Return the topic and the question that a story asks; None where no topic is near.

        Args:
            text: the cleaned message.
            ranked: the topics that it may be about, best first.
        """
        return likeliest(self.candidates(text, ranked), self._config.questions.story)

    def candidates(self, text: str, ranked: Sequence[Ranked]) -> list[Candidate]:
        """Return the questions of these topics, and the topics as such, each with its features: arguments as above.

        They are: the log-odds of the topic; how well the question fits the whole message, and at best one of the
        sentences that ask; whether it is the topic as such; whether the topic is the likeliest.
        """
        asking = sentences(text).asking[: self._config.limits.questions]
        texts = [found for found in (bounded(words(each)) for each in (text, *asking)) if found]
        views = [(self._ranker.query(self._lexicon.read(found)), self._vector(found)) for found in texts]
        return [each for one in ranked for each in self._of_topic(one, views, first=one is ranked[0])]

    def _of_topic(self, ranked: Ranked, views: Sequence[_View], *, first: bool) -> Iterator[Candidate]:
        odds = log_odds(ranked.confidence)
        yield Candidate(ranked.topic, None, (odds, 0.0, 0.0, 1.0, float(first)))
        whole, *asking = (self._questions.nearest(ranked.topic, *view, count=None) for view in views)
        best: dict[str, QuestionMatch] = {}
        for match in (match for matches in asking or [whole] for match in matches):
            if match.question not in best or match.score > best[match.question].score:
                best[match.question] = match
        for match in whole:
            asked = best[match.question]
            yield Candidate(ranked.topic, asked, (odds, match.score, asked.score, 0.0, float(first)))

    def _vector(self, found: Sequence[str]) -> Floats | None:
        return self._semantic.vector(self._lexicon.mended(found, self._semantic.knows)) if self._semantic else None
