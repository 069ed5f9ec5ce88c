"""Which specific question a message asks, once its topics are known, and which questions to offer where they are not.

Topic and question are chosen together: the likeliest topic may have no question of the kind, its neighbour the very
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.knowledge import Knowledge
from bot.matching.arrays import Floats
from bot.matching.choice import Candidate, Choice, choices, log_odds
from bot.matching.fusion import Decision
from bot.matching.interpretation import Interpretation, Ranked
from bot.matching.lexicon import Lexicon
from bot.matching.message import Message, Sentences, bounded, sentences, words
from bot.matching.question_form import fits_yes_or_no, form_of, tells_of_trouble
from bot.matching.questions import QuestionMatch, QuestionMatcher
from bot.matching.ranking import Ranker
from bot.matching.sides import named
from bot.matching.vectorizer import Query

_View = tuple[Query, Floats | None]
"""A text as features and as a vector."""


class QuestionReader:
    """Adds to the reading of a message which question of its topic it asks."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, ranker: Ranker, questions: QuestionMatcher) -> None:
        self._knowledge, self._lexicon, self._ranker = knowledge, lexicon, ranker
        self._questions, self._config = questions, ranker.config
        about = knowledge.about
        self._never_besides = knowledge.broad_topics | about.comparing | about.meta_topics

    def read(
        self, reading: Interpretation, message: Message, found: Sequence[str], vector: Floats | None = None
    ) -> Interpretation:
        """Return a reading with the question that is asked, and the form of what was asked.

        Of topics that would only be offered, a question that is asked beyond doubt is answered.

        Args:
            reading: the topics that the message may be about, and whether they are answered.
            message: the cleaned message.
            found: the words of its text.
            vector: its vector, where it has been made already.
        """
        text, config = message.text, self._config.questions
        form = form_of(text)
        reading = reading._replace(form=form)
        best = reading.ranked[0].confidence if reading.ranked else 0.0
        unsure = reading.outcome is Decision.SUGGEST and best >= config.likely_topic
        unsure = unsure and len(found) >= self._config.limits.asks
        if reading.outcome is not Decision.ANSWER and not unsure:
            return reading
        likely, asked = self._chosen(message, found, reading.ranked, vector)
        chosen = likely[0]
        if unsure and (asked is None or chosen.probability < config.likely):
            return reading
        fits = asked is not None and fits_yes_or_no(form, text, asked.wording)
        return reading._replace(
            outcome=Decision.ANSWER,
            ranked=self._ranked(likely, reading.ranked),
            question=asked,
            likelihood=chosen.probability,
            guessed=unsure,
            fits=fits,
        )

    def with_besides(self, reading: Interpretation, told: Sentences, length: int) -> Interpretation:
        """Return the reading of a story with what its sentences ask beside the one question that is answered.

        Args:
            reading: how the story is read as a whole.
            told: its sentences.
            length: its words. What is short asks for one answer, in two ways.
        """
        if reading.outcome is not Decision.ANSWER or reading.question is None:
            return reading
        if length < self._config.scoring.long_from:
            return reading
        taken = {(reading.ranked[0].topic, reading.question.question)}
        besides: list[Interpretation] = []
        for sentence in told.asking[: self._config.limits.questions]:
            one = self._beyond_doubt(sentence)
            if one and one.question and (one.ranked[0].topic, one.question.question) not in taken:
                taken.add((one.ranked[0].topic, one.question.question))
                besides.append(one)
        return reading._replace(besides=tuple(besides[: self._config.limits.parts - 1]))

    def _beyond_doubt(self, sentence: str) -> Interpretation | None:
        """Return the reading of a sentence that leaves no doubt about what it asks; None for any other."""
        found, config = bounded(words(sentence)), self._config.questions
        if len(found) < self._config.limits.asks:
            return None
        read = self._lexicon.read(found)
        side = named(self._ranker.mentions(read))
        ranking = self._ranker.rank(read, self._ranker.text(found), side=side)
        if ranking.outside or ranking.best < config.besides_topic or ranking.ranked[0].topic in self._never_besides:
            return None
        reading = Interpretation(Decision.ANSWER, side, ranking.ranked)
        reading = self.read(reading, Message(sentence), found, ranking.vector)
        return reading if reading.question and reading.likelihood >= config.besides else None

    def _ranked(self, likely: Sequence[Choice], ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
        """Return what is asked, the questions that may be meant instead, and the other topics."""
        chosen, confidence = likely[0], {one.topic: one.confidence for one in ranked}
        first = Ranked(chosen.topic, ranked[0].confidence, chosen.question or "")
        beside = [one for one in likely[1:] if one.question and one.probability >= self._config.questions.beside]
        questions = [Ranked(one.topic, confidence[one.topic], one.question or "") for one in beside]
        named = {chosen.topic, *(one.topic for one in questions)}
        others = (one for one in ranked if one.topic not in named)
        return (first, *questions, *others)[: self._config.limits.ranked]

    def asks_nothing_known(self, reading: Interpretation, text: str) -> bool:
        """Return whether a reading is half sure of a topic and no question of the many that it has is asked.

        Of somebody's trouble it must be quite sure: what a topic says in general does not help there.
        """
        if reading.outcome is not Decision.ANSWER:
            return False
        best, score = reading.ranked[0], reading.question.score if reading.question else 0.0
        config = self._config.questions
        least = config.trouble_from if tells_of_trouble(text) else config.unasked_from
        doubtful = not reading.tells and best.confidence < least and reading.likelihood < config.asked_likely
        return doubtful and self.has_many(best.topic) and score < config.asked_surely

    def has_many(self, topic: str) -> bool:
        """Return whether a topic has so many questions that its general answer is seldom what is asked."""
        return len(self._knowledge.topics[topic].questions) >= self._config.questions.many

    def offering(self, reading: Interpretation, found: Sequence[str]) -> Interpretation:
        """Return a reading that offers the nearest questions of its topics."""
        query, confidence = self._ranker.query(self._lexicon.read(found)), {one.topic: one for one in reading.ranked}
        vector, most = self._ranker.vector(found), self._config.replies.offered
        offered = self._questions.offered(tuple(confidence), query, vector, most)
        return reading._replace(ranked=tuple(confidence[topic]._replace(question=asked) for topic, asked in offered))

    def _chosen(
        self, message: Message, found: Sequence[str], ranked: Sequence[Ranked], vector: Floats | None
    ) -> tuple[list[Choice], QuestionMatch | None]:
        """Return what a message may ask, the likeliest first, and how that fits the sentence that asks it plainest.

        Of one sentence that is a phrasing, whose words say it plainly, or of which nothing else is known, it is the
        topic's question.
        """
        told, topic, config = sentences(message.text), ranked[0].topic, self._config.questions
        if told.tells:
            views, weights = self._views(message.text, told), config.story
        elif not self._knowledge.topics[topic].questions:
            return [Choice(topic, None, 1.0)], None
        else:
            tokens = self._lexicon.read(found)
            query = self._ranker.query(tokens)
            verbatim = self._questions.verbatim(topic, query) if self._ranker.repeated(tokens) == topic else None
            if verbatim == "":
                return [Choice(topic, None, 1.0)], None
            if verbatim:
                return [Choice(topic, verbatim, 1.0)], self._questions.matched(topic, verbatim, query)
            asked = self._questions.match(topic, query)
            plainly = asked is not None and asked.score >= config.sure_by_words
            vector = self._ranker.vector(found) if vector is None and not plainly else vector
            if plainly or vector is None:
                return [Choice(topic, asked.question if asked else None, 1.0 if plainly else config.by_words)], asked
            views, weights = [(query, vector)], config.plain
        rivals = [one for one in ranked if one.confidence >= config.rival * ranked[0].confidence]
        likely = choices([*self._candidates(message, views, rivals)], weights)
        chosen = likely[0]
        if chosen.question is None:
            return likely, None
        matches = [self._questions.matched(chosen.topic, chosen.question, *view) for view in views[1:] or views]
        return likely, max(matches, key=lambda match: match.score)

    def candidates(self, message: Message, ranked: Sequence[Ranked]) -> list[Candidate]:
        """Return the questions of these topics that a message may ask, and the topics as such, each with its features.

        They are: the log-odds of the topic; how well the question fits the whole message, and at best one of the
        sentences that ask; whether it is the topic as such; whether the topic is the likeliest; how much the whole is
        like the nearest wording; how likely the question is among those of all topics for the whole, and for the
        sentence that speaks most for it; how much of the message, with its code, is said about the question.
        """
        return [*self._candidates(message, self._views(message.text, sentences(message.text)), ranked)]

    def _views(self, text: str, told: Sentences) -> list[_View]:
        """Return the whole of a message, and the sentences of a story that ask."""
        asking = told.asking[: self._config.limits.questions] if told.tells else ()
        texts = [found for found in (bounded(words(each)) for each in (text, *asking)) if found]
        return [(self._ranker.query(self._lexicon.read(found)), self._ranker.vector(found)) for found in texts]

    def _candidates(self, message: Message, views: Sequence[_View], ranked: Sequence[Ranked]) -> Iterator[Candidate]:
        said = self._questions.index.scores([*words(message.text), *words(message.code)])
        whole, *asking = (self._questions.fits([one.topic for one in ranked], *view) for view in views)
        for topic, confidence, *_ in ranked:
            odds, first = log_odds(confidence), float(topic == ranked[0].topic)
            for question, fit in whole[topic].items():
                asked = [fits[topic][question] for fits in asking or [whole]]
                best, meant = max(each.score for each in asked), max(each.meaning for each in asked)
                as_such = float(question is None)
                about = self._questions.index.score(said, topic, question)
                features = (odds, fit.score, best, as_such, first, fit.likeness, fit.meaning, meant, about)
                yield Candidate(topic, question, features)
