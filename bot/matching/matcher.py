"""The matcher: reads a message and says which topic it asks about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from bot.context import Context
from bot.knowledge import Knowledge
from bot.matching import continuation, project_description
from bot.matching.completion import Completion
from bot.matching.config import DEFAULT, MatcherConfig
from bot.matching.continuation import Continuation
from bot.matching.decision import Decision
from bot.matching.greetings import Greetings
from bot.matching.interpretation import Interpretation, Ranked
from bot.matching.lexical.arrays import Floats
from bot.matching.lexicon import Lexicon, Token
from bot.matching.message import Message, clean, divided, paired, parts
from bot.matching.model import TrainedModel
from bot.matching.out_of_scope import OutOfScopeSigns
from bot.matching.question_form import QuestionForm, choosing_in, form_of, is_turned_round
from bot.matching.questions import QuestionMatcher
from bot.matching.ranking import Ranker, Ranking
from bot.matching.semantic import SemanticReader, SentenceEncoder
from bot.matching.sides import BOTH, named
from bot.matching.tokenizer import bounded, words
from bot.matching.training import learn


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
        self.knowledge = knowledge
        model = model or learn(knowledge, encoder, config)
        self._semantic = SemanticReader(model.semantic, encoder) if encoder and model.semantic else None
        self._lexicon = Lexicon(knowledge, config.spelling)
        self._lexicon.recall(model.words, model.word_stems, model.word_sides)
        self._ranker = Ranker(knowledge, self._lexicon, model, self._semantic, config)
        self._config = config
        self._questions = QuestionMatcher(knowledge, model, config.questions)
        self._scope = OutOfScopeSigns(knowledge)
        self._greetings = Greetings(knowledge)

    def read(self, text: str, context: Context = Context()) -> Interpretation:  # noqa: B008 - frozen
        """Return what the message asks.

        Args:
            text: the message as the platform delivers it; only its first and last part are looked at if it is long.
            context: what the conversation was about before.
        """
        message = clean(text)
        pick = continuation.picked(message.text, context.suggested)
        if pick and pick in self.knowledge.topics:
            return Interpretation(Decision.ANSWER, context.side, (Ranked(pick, 1.0),))
        message = Message(self._greetings.stripped(message.text), message.code)
        found = bounded(words(message.text))
        if not found:
            return Interpretation(Decision.UNKNOWN if message.code else Decision.EMPTY, None)
        return self._parts(message, context) or self._single(message, found, context)

    def as_question(self, reading: Interpretation) -> Interpretation:
        """Return a description of a project read as a question: for one that the guided choice can make nothing of."""
        return reading._replace(outcome=self._ranker.decide(Ranking(reading.ranked)))

    def complete(self, typed: str, limit: int = 25) -> tuple[str, ...]:
        """Return ids of the topics that somebody may be typing, best first; good starters for an empty text."""
        return self._completion.complete(clean(typed).text, limit)

    def name(self, text: str) -> str | None:
        """Return the topic that is named by its id, its title, a keyword, or a question about it."""
        exact = self._completion.named(clean(text).text)
        if exact:
            return exact
        reading = self.read(text)
        return reading.ranked[0].topic if reading.outcome is Decision.ANSWER and not reading.parts else None

    @cached_property
    def _completion(self) -> Completion:
        return Completion(self.knowledge)

    def _single(self, message: Message, found: Sequence[str], context: Context) -> Interpretation:
        read = self._lexicon.read(found)
        reading, vector = self._interpreted(message, found, read, context)
        return self._with_question(reading, message.text, found, read, vector)

    def _with_question(
        self, reading: Interpretation, text: str, found: Sequence[str], read: Sequence[Token], vector: Floats | None
    ) -> Interpretation:
        """Return a reading with the specific question of its best topic, and the form of what was asked."""
        form = form_of(text)
        choosing = choosing_in(text, len(set(self._ranker.mentions(read))))
        reading = reading._replace(form=form, choosing=choosing)
        if reading.outcome is not Decision.ANSWER or reading.continues:
            return reading
        topic, query = reading.ranked[0].topic, self._ranker.query(read)
        asked = self._questions.match(topic, query)
        if self._semantic and (asked is None or asked.score < self._config.questions.sure_by_words):
            vector = self._semantic.vector(self._text(found)) if vector is None else vector
            asked = self._questions.match(topic, query, vector)
        fits = form is QuestionForm.YES_NO and asked is not None and not is_turned_round(text, asked.wording)
        return reading._replace(question=asked, fits=fits)

    def _interpreted(
        self, message: Message, found: Sequence[str], read: Sequence[Token], context: Context
    ) -> tuple[Interpretation, Floats | None]:
        """Return what a message asks, and its vector where one was made."""
        said = named(self._ranker.mentions(read))
        side = said
        signs = self._scope.signs(message)
        tie = self._tie(found, context)
        if tie is not Continuation.NONE:
            side = said or context.side
        alone = self._ranker.rank(read, self._text(found), side=side, products=signs.products)
        if signs.group:
            return Interpretation(Decision.UNKNOWN, side, alone.ranked, out_of_scope=signs.group), None
        if self._describes(message, found, alone):
            return Interpretation(Decision.DESCRIPTION, side, alone.ranked), None
        if tie is Continuation.SAME and context.topic:
            turned = self._other_side(side) if continuation.other(found) else side
            topic = self._counterpart(context.topic, context.side, turned)
            same = topic == context.topic
            ranked = (Ranked(topic, continuation.SURE),)
            return Interpretation(Decision.ANSWER, turned, ranked, continues=same), None
        if tie is Continuation.NONE or alone.best >= continuation.ITSELF[tie]:
            return self._decided(alone, said if self._compares(alone) else side), alone.vector
        joined = self._ranker.rank(read, side=side, favoured=self._favoured(context, tie), products=signs.products)
        best = joined if joined.explained >= continuation.SHARED else alone
        return self._decided(best, said if self._compares(best) else side), best.vector

    def _decided(self, ranking: Ranking, side: str | None) -> Interpretation:
        return Interpretation(self._ranker.decide(ranking), side, ranking.ranked, ranking.outside)

    def _text(self, found: Sequence[str]) -> str:
        """Return a message as the encoder reads it; empty where there is none."""
        return self._lexicon.mended(found, self._semantic.knows) if self._semantic else ""

    def _compares(self, assessment: Ranking) -> bool:
        """Return whether the best topic weighs the sides, which no earlier question may turn into advice for one."""
        about = self.knowledge.about
        return bool(assessment.ranked) and assessment.ranked[0].topic in (about.choosing, about.overview)

    def _tie(self, found: Sequence[str], context: Context) -> Continuation:
        if context.topic not in self.knowledge.topics:
            return Continuation.NONE
        marked = [self._lexicon.mark(word) or word for word in found]
        return continuation.tie(marked)

    def _favoured(self, context: Context, tie: Continuation) -> dict[str, float]:
        """Return the topics that a message which hangs on the one before is likelier to be about."""
        topic = self.knowledge.topics[context.topic or ""]
        gain = continuation.GAIN[tie]
        return {**dict.fromkeys(topic.related, gain / 4), topic.id: gain}

    def _counterpart(self, topic: str, before: str | None, side: str | None) -> str:
        """Return the topic that says of one side what another says of the other: its id names the other side."""
        sides = self.knowledge.side_names
        if side is None or side not in sides:
            return topic
        swapped = {"-".join(side if part == other else part for part in topic.split("-")) for other in sides}
        found = [other for other in swapped if other != topic and other in self.knowledge.topics]
        return found[0] if len(found) == 1 and before != side else topic

    def _other_side(self, side: str | None) -> str | None:
        others = [known for known in self.knowledge.side_names if known != side]
        return others[0] if len(others) == 1 else side

    def _parts(self, message: Message, context: Context) -> Interpretation | None:
        """Return the reading of a message whose sentences ask about different topics; None for any other."""
        if not divided(message.text):
            return None
        readings: list[Interpretation] = []
        for sentence in parts(message.text) or self._paired(message):
            found = bounded(words(sentence))
            reading = self._single(Message(sentence), found, context) if found else None
            if reading is None or reading.outcome is not Decision.ANSWER:
                return None
            if reading.ranked[0].confidence < self._config.scoring.certain:
                return None
            readings.append(reading)
        topics = [reading.ranked[0].topic for reading in readings]
        if len(readings) < 2 or len(set(topics)) < len(topics) or any(map(self._is_meta, topics)):  # noqa: PLR2004 - two parts
            return None
        sides = [reading.side for reading in readings if reading.side]
        return Interpretation(Decision.ANSWER, named(sides), readings[0].ranked, parts=tuple(readings))

    def _paired(self, message: Message) -> list[str]:
        """Return the two questions of "pros and cons of it"; of both sides together, that is one comparison."""
        pair = paired(message.text)
        return [] if pair and named(self._ranker.mentions(self._lexicon.read(words(message.text)))) == BOTH else pair

    def _describes(self, message: Message, found: Sequence[str], alone: Ranking) -> bool:
        if self.knowledge.about.choosing is None or alone.outside:
            return False
        if project_description.describes(message.text, found):
            return True
        return self._ranker.decide(alone) is not Decision.ANSWER and project_description.may_describe(
            message.text, found
        )

    def _is_meta(self, topic: str) -> bool:
        about = self.knowledge.about
        return topic in (about.greeting, about.thanks, about.help)
