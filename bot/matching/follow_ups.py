"""What a message asks of the topic before: the same of another side, more of it, or one of its questions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import TOLD_CODE, TOLD_QUESTION, Context
from bot.knowledge import Knowledge
from bot.matching import message
from bot.matching.arrays import Floats
from bot.matching.continuation import GAIN, IT, Continuation, only_shows, other, tie
from bot.matching.fusion import Decision
from bot.matching.interpretation import Interpretation, Ranked
from bot.matching.lexicon import Lexicon
from bot.matching.question_form import QuestionForm, fits_yes_or_no, form_of
from bot.matching.questions import QuestionMatch, QuestionMatcher
from bot.matching.ranking import Ranker
from bot.matching.semantic import SemanticReader
from bot.matching.sides import BOTH
from bot.matching.vectorizer import Query


class FollowUps:
    """Finds out what is asked of the topic before."""

    def __init__(
        self,
        knowledge: Knowledge,
        lexicon: Lexicon,
        ranker: Ranker,
        questions: QuestionMatcher,
        semantic: SemanticReader | None,
    ) -> None:
        self._knowledge, self._lexicon, self._ranker = knowledge, lexicon, ranker
        self._questions, self._semantic, self._config = questions, semantic, ranker.config.follow_ups

    def tie(self, found: Sequence[str], context: Context) -> Continuation:
        """Return how a message with these words hangs on the one before."""
        if context.topic not in self._knowledge.topics:
            return Continuation.NONE
        how = tie(self._marked(found))
        if how is Continuation.WEIGHS and self.whole(context):
            return Continuation.SHORT if len(found) <= self._config.short else Continuation.NONE
        return how

    def corrected(self, found: Sequence[str], context: Context) -> Context:
        """Return what counts of a conversation for a message that corrects how the one before was read."""
        keeps = self.tie(found, context) in (Continuation.SAME, Continuation.COMPARES)
        return context if keeps else Context(side=context.side)

    def whole(self, context: Context) -> bool:
        """Return whether the topic before is about the sides as such, as the overview is, and not about a subject."""
        topics = self._knowledge.topics
        overview, before = topics.get(self._knowledge.about.overview or ""), topics.get(context.topic or "")
        return overview is not None and before is not None and overview.area == before.area

    def named(self, found: Sequence[str], context: Context) -> list[str]:
        """Return the words of a message with the side that was talked of in the place of "it"; else at the end."""
        name = message.words(message.plain(self._knowledge.side_names[str(context.side)]))
        place = next((place for place, word in enumerate(found) if word in IT), None)
        return [*found, *name] if place is None else [*found[:place], *name, *found[place + 1 :]]

    def turned(self, found: Sequence[str], context: Context, side: str | None, tie: Continuation) -> Interpretation:
        """Return the reading of a message that only changes the side."""
        if tie is Continuation.COMPARES:
            side = BOTH
        elif other(found):
            side = self._other_side(side)
        topic = self._counterpart(context.topic or "", context.side, side)
        ranked = (Ranked(topic, self._config.sure),)
        continues = topic == context.topic
        shows = continues and _told_code(context)
        return Interpretation(Decision.ANSWER, side, ranked, continues=continues and not shows, shows=shows)

    def shown(self, found: Sequence[str], context: Context, said: str | None) -> Interpretation | None:
        """Return the reading of a message that asks for the code to what was answered; None where there is none."""
        code = self._knowledge.code_after(context.topic or "", context.question or "")
        if code is None or not only_shows(self._marked(found), again=_told_code(context)):
            return None
        side = said or (self._other_side(context.side) if other(found) else context.side)
        ranked = (Ranked(context.topic or "", self._config.sure),)
        return Interpretation(Decision.ANSWER, side, ranked, shows=True)

    def more(
        self, found: Sequence[str], query: Query, context: Context, side: str | None, tie: Continuation
    ) -> Interpretation:
        """Return the reading of a message that asks for more, or only how, why, since when."""
        asked = None if tie is Continuation.MORE else self.asked(found, query, context)
        form = QuestionForm.CHOICE if tie is Continuation.WEIGHS else QuestionForm.OTHER
        ranked = (Ranked(context.topic or "", self._config.sure),)
        return Interpretation(Decision.ANSWER, side, ranked, question=asked, continues=True, form=form)

    def asked(
        self, found: Sequence[str], query: Query, context: Context, *, again: bool = False
    ) -> QuestionMatch | None:
        """Return the question of the topic before that a message asks, read after the wording of the last one.

        `again`: whether it may be what was asked already.
        """
        told = {key.removeprefix(TOLD_QUESTION) for key in context.told if key.startswith(TOLD_QUESTION)}
        skipped = set() if again else told | ({context.question} if context.question else set())
        return self._questions.match(
            context.topic or "", query, self.vector(found, context), skipped=skipped, least=self._config.asked_from
        )

    def asked_surely(self, found: Sequence[str], context: Context, *, again: bool) -> tuple[str, QuestionMatch] | None:
        """Return the topic and the question that a message asks beyond doubt if it is read after the last question.

        Either one of the topic before, or one of the topic that both texts together are about: after one on slow
        queries, "how do I notice that in tests?" is a question about testing. `again`: failing that, the last one may
        be meant once more.
        """
        if context.topic not in self._knowledge.topics or len(found) > self._config.longest:
            return None
        query = self._ranker.query(self._lexicon.read(found))
        same = self.asked(found, query, context)
        candidates = [(context.topic or "", same)] if same else []
        candidates += [] if self.whole(context) else self._asked_together(found, context)
        candidates = [each for each in candidates if each[1].score >= self._config.asked_surely]
        if not candidates and again:
            last = self.asked(found, query, context, again=True)
            candidates = [(context.topic or "", last)] if last and last.score >= self._config.asked_surely else []
        return max(candidates, key=lambda each: each[1].score, default=None)

    def _asked_together(self, found: Sequence[str], context: Context) -> list[tuple[str, QuestionMatch]]:
        """Return the question that the last one and this message ask together, with its topic, if it is another."""
        both = message.bounded([*message.words(message.plain(self._wording(context))), *found])
        read = self._lexicon.read(both)
        ranking = self._ranker.rank(read, self._lexicon.mended(both, self._semantic.knows) if self._semantic else "")
        if not ranking.ranked:
            return []
        topic, skipped = ranking.ranked[0].topic, {context.question} if context.question else set()
        asked = self._questions.match(topic, self._ranker.query(read), ranking.vector, skipped=skipped)
        return [(topic, asked)] if asked else []

    def answered(
        self, asked: tuple[str, QuestionMatch], text: str, side: str | None, confidence: float
    ) -> Interpretation:
        """Return the reading of a message that asks this question of this topic."""
        topic, question = asked
        form = form_of(text)
        fits = fits_yes_or_no(form, text, question.wording)
        ranked = (Ranked(topic, max(confidence, self._config.guessed)),)
        return Interpretation(Decision.ANSWER, side, ranked, question=question, form=form, fits=fits)

    def vector(self, found: Sequence[str], context: Context) -> Floats | None:
        """Return the vector of the last question and this message together."""
        if self._semantic is None:
            return None
        return self._semantic.vector(f"{self._wording(context)}? {self._lexicon.mended(found, self._semantic.knows)}")

    def favoured(self, context: Context, tie: Continuation) -> dict[str, float]:
        """Return the topics that a message which hangs on the one before is likelier to be about."""
        topic = self._knowledge.topics[context.topic or ""]
        gain = GAIN[tie]
        return {**dict.fromkeys(topic.related, gain * self._config.related), topic.id: gain}

    def _marked(self, found: Sequence[str]) -> list[str]:
        """Return the words of a message with names of sides as the mark."""
        return [self._lexicon.mark(word) or word for word in found]

    def _wording(self, context: Context) -> str:
        topic = self._knowledge.topics[context.topic or ""]
        asked = topic.question(context.question or "")
        return asked.ask[0] if asked else topic.title

    def _counterpart(self, topic: str, before: str | None, side: str | None) -> str:
        """Return the topic that says of one side what another says of the other: its id names the other side."""
        sides = self._knowledge.side_names
        if side is None or side not in sides:
            return topic
        swapped = {"-".join(side if part == other else part for part in topic.split("-")) for other in sides}
        found = [other for other in swapped if other != topic and other in self._knowledge.topics]
        return found[0] if len(found) == 1 and before != side else topic

    def _other_side(self, side: str | None) -> str | None:
        """Return the side that is not this one, where there are two."""
        others = [known for known in self._knowledge.side_names if known != side]
        return others[0] if len(others) == 1 else side


def _told_code(context: Context) -> bool:
    """Return whether code was shown last."""
    return context.told[-1:] == (TOLD_CODE,)
