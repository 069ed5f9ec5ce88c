"""The matcher: reads a message and says which topic it asks about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.knowledge import Knowledge
from bot.matching import continuation
from bot.matching.choice import Candidate, Choice
from bot.matching.config import DEFAULT, MatcherConfig
from bot.matching.continuation import Continuation
from bot.matching.follow_ups import FollowUps
from bot.matching.fusion import Decision
from bot.matching.interpretation import Explanation, Interpretation, WordExplained
from bot.matching.lexicon import Lexicon, Token
from bot.matching.message import TAIL, THANKING, Greetings, Message, bounded, clean, divided, paired, sentences, words
from bot.matching.model import TrainedModel
from bot.matching.question_form import choosing_in, describes, may_describe
from bot.matching.question_reader import QuestionReader
from bot.matching.questions import QuestionMatcher
from bot.matching.ranking import Ranker, Ranking
from bot.matching.remarks import RemarkReader
from bot.matching.semantic import SemanticReader, SentenceEncoder
from bot.matching.sentence_ranker import SentenceRanker
from bot.matching.sides import BOTH, OwnSide, named
from bot.matching.training import learn

SEVERAL = 2
"""Questions from which on a message asks several."""


class Matcher:
    """Reads messages with one knowledge base. Nothing in it changes what it answers later."""

    def __init__(
        self,
        knowledge: Knowledge,
        model: TrainedModel | None = None,
        encoder: SentenceEncoder | None = None,
        config: MatcherConfig = DEFAULT,
    ) -> None:
        """Make a matcher.

        Args:
            knowledge: what it reads messages with.
            model: what was learned from this very knowledge base; without it, that is done here.
            encoder: makes the vectors of messages; without it, they are read by their words alone.
            config: its numbers.
        """
        self.knowledge, self._comparing = knowledge, knowledge.about.comparing
        model = model or learn(knowledge, encoder, config)
        self._semantic = SemanticReader(model.semantic, encoder) if encoder and model.semantic else None
        self._lexicon = Lexicon(knowledge, config.spelling)
        self._lexicon.recall(model.words, model.word_stems, model.word_sides)
        self._ranker = Ranker(knowledge, self._lexicon, model, self._semantic, config)
        self._config = config
        self._sentence_ranker = SentenceRanker(knowledge, self._ranker, self._lexicon, config)
        questions = QuestionMatcher(knowledge, self._lexicon, model, config.questions)
        self._asked = QuestionReader(knowledge, self._lexicon, self._ranker, questions)
        self._follow_ups = FollowUps(knowledge, self._lexicon, self._ranker, questions)
        self._own_side = OwnSide(knowledge.about.sides)
        self._greetings = Greetings(knowledge)
        self._remarks = RemarkReader(knowledge, self._lexicon, self._ranker, config.follow_ups)

    @property
    def by_words_alone(self) -> bool:
        """Whether messages are read without a sentence encoder."""
        return self._semantic is None

    def read(self, text: str, context: Context = Context()) -> Interpretation:  # noqa: B008 - frozen
        """Return what the message asks.

        Args:
            text: the message as the platform delivers it; only its first and last part are looked at if it is long.
            context: what the conversation was about before.
        """
        message = clean(text)
        thanked = not THANKING.isdisjoint(words(message.text)[:2])
        message = replace(message, text=self._greetings.stripped(message.text))
        found = bounded(words(message.text))
        if not found:
            return Interpretation(Decision.UNKNOWN if message.code else Decision.EMPTY, None)
        if without_question := self._remarks.read(message.text, found, context):
            return without_question
        context = self._follow_ups.assumed(context)
        context = self._follow_ups.closed(found, context) if thanked else context
        meant = continuation.corrected(message.text)
        if meant != message.text and words(meant):
            message = replace(message, text=meant)
            context = self._follow_ups.corrected(words(meant), context)
        reading = self._several(message, context) or self._single(message, context)
        sides = self._ranker.mentions(self._lexicon.sides(words(message.text)))
        asked = f"{'? '.join(sentences(message.text).asking)}?" if reading.tells else message.text
        if reading.outcome is Decision.SUGGEST and not reading.continues:
            reading = self._asked.offering(reading, found)
        return reading._replace(choosing=choosing_in(asked, len(set(sides)), self.knowledge.about.kind))

    def explain(self, text: str, context: Context = Context()) -> Explanation:  # noqa: B008 - frozen
        """Return what is made of a message, and why."""
        message, reading = clean(text), self.read(text, context)
        found = bounded(words(message.text))
        seen = [(word, token) for word in found for token in self._lexicon.read([word])[:1]]
        told, (answer_from, suggest_from) = sentences(message.text), self._ranker.thresholds
        return Explanation(
            tuple(WordExplained(word, token.stem, token.known, token.side) for word, token in seen),
            told.asking,
            self._ranker.nearest(self._lexicon.read(found), self._ranker.text(found), reading.ranked[:3]),
            reading,
            answer_from + (self._sentence_ranker.harder(told) if reading.tells else 0.0),
            suggest_from,
        )

    def follow_up_candidates(self, text: str, context: Context) -> tuple[list[Candidate], bool]:
        """Return what a message after an answer may ask, and whether it points back: for learning."""
        found = bounded(words(self._greetings.stripped(clean(text).text)))
        read = self._lexicon.read(found)
        tie, said = self._follow_ups.tie(found, context), named(self._ranker.mentions(read))
        alone = self._ranker.rank(read, self._ranker.text(found), side=said or (context.side if tie else None))
        return self._follow_ups.candidates(found, context, alone, said)

    def question_candidates(self, text: str) -> tuple[list[Candidate], bool]:
        """Return what a message may ask, and whether it tells a story: for learning."""
        message = clean(text)
        message = replace(message, text=self._greetings.stripped(message.text))
        found, told = bounded(words(message.text)), sentences(message.text)
        ranking = self._ranker.rank(self._lexicon.read(found), self._ranker.text(found))
        ranked = self._sentence_ranker.rank(told, ranking).ranked if told.tells else ranking.ranked
        return self._asked.candidates(message, ranked), told.tells

    def as_question(self, reading: Interpretation) -> Interpretation:
        """Return a description of a project read as a question: for one that the guide can make nothing of."""
        return reading._replace(outcome=self._ranker.decide(Ranking(reading.ranked)))

    def _several(self, message: Message, context: Context) -> Interpretation | None:
        """Return the reading of a message that asks about several topics, each read by itself; None for any other.

        Where a story is told around them, one of them must be what the message as a whole is about.
        """
        if not divided(message.text):
            return None
        told = sentences(message.text)
        asking = told.asking if 1 < len(told.asking) <= self._config.limits.questions else ()
        readings = self._apart(asking or self._paired(message), context, story=bool(told.story))
        topics = {reading.ranked[0].topic for reading in readings}
        if len(topics) < len(readings) or topics & self.knowledge.about.meta_topics:
            return None
        if len(readings) >= SEVERAL and asking and told.story:
            readings = self._supported(readings, self._single(message, context))
        if len(readings) < SEVERAL:
            return None
        readings = readings[: self._config.limits.parts]
        sides = [reading.side for reading in readings if reading.side]
        return Interpretation(Decision.ANSWER, named(sides), readings[0].ranked, parts=tuple(readings), tells=True)

    def _apart(self, parts: Sequence[str], context: Context, *, story: bool) -> list[Interpretation]:
        """Return the readings of the parts that surely ask something; none if one does not and is no story either."""
        readings: list[Interpretation] = []
        for part in parts:
            if not words(part):
                return []
            if readings and continuation.only_points(words(part)):
                continue
            reading = self._single(Message(part), Context() if readings else context)
            best = reading.ranked[0].confidence if reading.ranked else 0.0
            if reading.outcome is Decision.ANSWER and best >= self._config.scoring.certain:
                readings.append(reading)
            elif not story:
                return []
        return readings

    def _supported(self, readings: list[Interpretation], whole: Interpretation) -> list[Interpretation]:
        """Return the questions of a story that the story as a whole speaks for; none if it is about something else."""
        answered = whole.ranked[0].topic if whole.outcome is Decision.ANSWER else None
        if answered not in {one.ranked[0].topic for one in readings}:
            return []
        near = {one.topic for one in whole.ranked if one.confidence >= self._config.scoring.beside}
        return [one for one in readings if one.ranked[0].topic in near]

    def _paired(self, message: Message) -> list[str]:
        """Return the two questions of "pros and cons of it"; of both sides together, that is one comparison."""
        pair = paired(message.text)
        return [] if pair and self._sides_of(message.text) == BOTH else pair

    def _single(self, message: Message, context: Context) -> Interpretation:
        found = bounded(words(message.text))
        read = self._lexicon.read(found)
        tie, said = self._follow_ups.tie(found, context), named(self._mentions(message, read))
        said = (self._own_side.of(message.text) or said) if said == BOTH and context.topic else said
        signs = self._ranker.scope.signs(message)
        if shown := self._follow_ups.shown(found, context, said):
            return shown
        if not signs.group and tie in (Continuation.SAME, Continuation.COMPARES):
            return self._follow_ups.turned(found, context, said or context.side, tie)
        if not signs.group and tie in (Continuation.MORE, Continuation.ASKS, Continuation.WEIGHS):
            return self._follow_ups.more(found, self._ranker.query(read), context, context.side, tie)
        alone = self._ranker.rank(
            read, self._ranker.text(found), side=said or (context.side if tie else None), products=signs.products
        )
        told = sentences(message.text)
        tells = not tie and told.tells
        if tells:
            alone = self._sentence_ranker.rank(told, alone, signs.products, one_side=said in self.knowledge.side_names)
        side = said if self._compares(alone) or not tie else said or context.side
        answers = self._ranker.decide(alone) is Decision.ANSWER
        likely = [] if signs.products else self._follow_ups.likely(found, context, alone, said)
        asked = self._follow_ups.target(likely, context)
        if asked and self._follow_ups.repeats(asked, context, said):
            return self._follow_ups.again(found, context, likely)
        if asked:
            match = self._follow_ups.matched(asked, found, context)
            return self._follow_ups.answered(asked.topic, match, message.text, said or context.side, alone.best)
        if signs.group and not self._is_undoubted(alone, len(found)) and tie is not Continuation.SHOWS:
            return Interpretation(Decision.UNKNOWN, side, alone.ranked, out_of_scope=signs.group, tells=tells)
        if self._describes(message, found, alone, answers=answers):
            reading = self._asked.read(self._decided(alone, side), message, found, alone.vector)
            return reading._replace(outcome=Decision.DESCRIPTION)
        if tie and alone.best < continuation.ITSELF[tie]:
            return self._about_side(message, context, said) or self._joined(message, context, tie, alone, likely)
        reading = self._decided(alone, side, len(found))._replace(tells=tells)
        reading = self._asked.read(reading, message, found, alone.vector)
        asks_back = self._asked.asks_nothing_known(reading, message.text)
        if asks_back:
            return reading._replace(outcome=Decision.SUGGEST)
        return self._asked.with_besides(reading, told, len(found)) if tells else reading

    def _is_undoubted(self, ranking: Ranking, length: int) -> bool:
        """Return whether a message of so many words is about its topic, though a word in it is a sign of another."""
        config = self._config.scoring
        least = config.despite_signs if length >= config.long_from else config.despite_signs_short
        return ranking.outside is None and ranking.best >= least

    def _about_side(self, message: Message, context: Context, said: str | None) -> Interpretation | None:
        """Return the reading of "what speaks for it?", where "it" is a side that was talked of; None for any other."""
        if said or context.side not in self.knowledge.side_names or not self._follow_ups.whole(context):
            return None
        found = self._follow_ups.named(bounded(words(message.text)), context)
        read = self._lexicon.read(found)
        ranking = self._ranker.rank(read, self._ranker.text(found))
        reading = self._decided(ranking, context.side, len(found))
        if reading.outcome is not Decision.ANSWER:
            return None
        return self._asked.read(reading, message, found, ranking.vector)

    def _joined(
        self, message: Message, context: Context, tie: Continuation, alone: Ranking, likely: Sequence[Choice]
    ) -> Interpretation:
        """Return the reading of a message that does not stand for itself: together with the one before."""
        found = bounded(words(message.text))
        read = self._lexicon.read(found)
        said = named(self._mentions(message, read))
        side, products = said or context.side, self._ranker.scope.signs(message).products
        favoured = self._follow_ups.favoured(context, tie)
        joined = self._ranker.rank(read, side=side, favoured=favoured, products=products)
        best = joined if joined.explained >= self._config.follow_ups.shared else alone
        reading = self._decided(best, said if self._compares(best) else side)
        if reading.outcome is Decision.SUGGEST and reading.ranked[0].topic == context.topic:
            reading = reading._replace(outcome=Decision.ANSWER)
        asked = self._follow_ups.asked(found, self._ranker.query(read), context)
        answered = reading.ranked[0].topic if reading.outcome is Decision.ANSWER else None
        if asked and answered in (None, context.topic) and tie is not Continuation.OPENS:
            return self._follow_ups.answered(context.topic or "", asked, message.text, side, alone.best)
        if tie is Continuation.SHOWS and reading.outcome is not Decision.ANSWER:
            return self._follow_ups.more(found, self._ranker.query(read), context, context.side, tie)
        reading = self._asked.read(reading, message, found, best.vector)
        if reading.outcome is not Decision.ANSWER or reading.question or reading.ranked[0].topic != context.topic:
            return reading
        lost = context.question and not self._follow_ups.whole(context) and self._asked.has_many(context.topic)
        return self._follow_ups.nearest(found, context, side, likely) if lost else reading

    def _sides_of(self, text: str) -> str | None:
        """Return the side that a text names, or that it names both."""
        return named(self._ranker.mentions(self._lexicon.read(words(text))))

    def _mentions(self, message: Message, read: Sequence[Token]) -> list[str]:
        """Return the sides that a message names, also in parts that are too long to be read word by word."""
        mentions = self._ranker.mentions(read)
        text = message.whole or message.text
        if len(text) < TAIL:
            return mentions
        return [*mentions, *self._ranker.mentions(self._lexicon.sides(words(text)))]

    def _decided(self, ranking: Ranking, side: str | None, length: int = 0) -> Interpretation:
        outcome = self._ranker.decide(ranking, length)
        named = ranking.offered if outcome is Decision.SUGGEST else ranking.ranked
        return Interpretation(outcome, side, named, ranking.outside)

    def _compares(self, assessment: Ranking) -> bool:
        """Return whether the best topic weighs the sides, which no earlier question may turn into advice for one."""
        return bool(assessment.ranked) and assessment.ranked[0].topic in self._comparing

    def _describes(self, message: Message, found: Sequence[str], alone: Ranking, *, answers: bool) -> bool:
        if self.knowledge.about.choosing is None or alone.outside:
            return False
        return describes(message.text, found) or (not answers and may_describe(message.text, found))
