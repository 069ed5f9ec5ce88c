"""What a message asks of the topic before: the same of another side, more of it, or one of its questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from bot.context import TOLD_CODE, Context, offered
from bot.knowledge import Knowledge
from bot.knowledge.models import SENTENCE_END
from bot.matching import message
from bot.matching.arrays import Floats
from bot.matching.choice import Candidate, Choice
from bot.matching.continuation import GAIN, IT, Continuation, only_shows, other, tie
from bot.matching.follow_up_ranker import FollowUp, FollowUpRanker
from bot.matching.fusion import Decision
from bot.matching.interpretation import Excerpt, Interpretation, Ranked
from bot.matching.lexicon import Lexicon
from bot.matching.question_form import QuestionForm, fits_yes_or_no, form_of
from bot.matching.questions import QuestionMatch, QuestionMatcher
from bot.matching.ranking import Ranker, Ranking
from bot.matching.sides import BOTH
from bot.matching.vectorizer import Query


class FollowUps:
    """Finds out what is asked of the topic before."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, ranker: Ranker, questions: QuestionMatcher) -> None:
        self._knowledge, self._lexicon, self._ranker, self._questions = knowledge, lexicon, ranker, questions
        self._config, self._choosing = ranker.config.follow_ups, knowledge.about.choosing
        self._meta = knowledge.about.meta_topics
        self._ranking = FollowUpRanker(knowledge, lexicon, ranker, questions)

    def assumed(self, context: Context) -> Context:
        """Return the context of a message after an offer that nobody took: as if its first suggestion had been."""
        topic, question = offered(context.suggested[0]) if context.suggested else ("", "")
        if topic not in self._knowledge.topics:
            return context
        return replace(context, topic=topic, question=question or None, told=())

    def tie(self, found: Sequence[str], context: Context) -> Continuation:
        """Return how a message with these words hangs on the one before."""
        if context.topic not in self._knowledge.topics:
            return Continuation.NONE
        how = tie(self._marked(found))
        if how is Continuation.WEIGHS and self.whole(context):
            return Continuation.SHORT if len(found) <= self._config.short else Continuation.NONE
        return how

    def closed(self, found: Sequence[str], context: Context) -> Context:
        """Return what counts of a conversation for a message that begins with thanks: nothing for a whole question."""
        tie = self.tie(found, context)
        whole = tie is Continuation.NONE or (tie is Continuation.SHORT and len(found) >= self._config.whole)
        return Context() if whole else context

    def corrected(self, found: Sequence[str], context: Context) -> Context:
        """Return what counts of a conversation for a message that corrects how the one before was read."""
        keeps = self.tie(found, context) in (Continuation.SAME, Continuation.COMPARES)
        return context if keeps else Context(side=context.side)

    def whole(self, context: Context) -> bool:
        """Return whether the topic before is about the sides as such, and not about a subject."""
        return context.topic in self._knowledge.broad_topics

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
        last = self._knowledge.topics[context.topic or ""].question(context.question or "")
        name = self._knowledge.side_names.get(side or "", "")
        told = last is not None and (side in last.sides or side == BOTH or name in last.answer)
        topic = str(context.topic) if told else self._counterpart(context.topic or "", context.side, side)
        moves = topic != context.topic
        shows = not moves and _told_code(context)
        said = told or shows or last is None
        same = None if said and not moves else self._same_of(topic, name, context)
        continues = not (moves or same or shows)
        ranked = (Ranked(topic, self._config.sure),)
        return Interpretation(Decision.ANSWER, side, ranked, question=same, continues=continues, shows=shows)

    def _same_of(self, topic: str, name: str, context: Context) -> QuestionMatch | None:
        """Return the question of this topic that asks of a side, by its name, what the last one asked of another."""
        names = {each.casefold() for each in self._knowledge.side_names.values()}
        last = message.words(self._ranking.wording(context).casefold())
        found = [name.casefold() if each in names else each for each in last]
        found += [] if name.casefold() in found else [name.casefold()]
        stays = topic == context.topic
        return self._questions.match(
            topic,
            self._ranker.query(self._lexicon.read(found)),
            self._ranker.vector(found),
            skipped={context.question} if stays and context.question else (),
            least=self._config.same_from if stays else None,
        )

    def shown(self, found: Sequence[str], context: Context, said: str | None) -> Interpretation | None:
        """Return the reading of a message that asks for the code to what was answered; None where there is none."""
        if not only_shows(self._marked(found), again=_told_code(context)):
            return None
        if self._knowledge.code_after(context.topic or "", context.question or "") is None:
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

    def nearest(
        self, found: Sequence[str], context: Context, side: str | None, likely: Sequence[Choice]
    ) -> Interpretation:
        """Return the reading of a message that hangs on the last question and asks none that is surely known.

        It is answered with the question that comes nearest, unsurely, with the next ones beside it: the topic as such,
        or the last answer once more, would help nobody.

        Args:
            found: its words.
            context: what was answered.
            side: the side that it is about.
            likely: what it may ask, from `likely`.
        """
        answered = {(context.topic, question) for question in context.answered}
        near = [one for one in likely if one.question and (one.topic, one.question) not in answered]
        ranked = [Ranked(one.topic, self._config.unsure, one.question or "") for one in near[: self._config.questions]]
        if not ranked:
            topic = Ranked(str(context.topic), self._config.sure)
            return Interpretation(Decision.ANSWER, side, (topic,), continues=True)
        return Interpretation(Decision.ANSWER, side, (*ranked,), question=self.matched(near[0], found, context))

    def again(self, found: Sequence[str], context: Context, likely: Sequence[Choice]) -> Interpretation:
        """Return the reading of a message that asks once more what was answered last: with the sentence that tells it.

        Where no sentence of the last answer does, the nearest other questions are offered, if there are any. Arguments
        as in `nearest`.
        """
        excerpt = self._excerpt(found, context)
        if excerpt is None:
            near = self.nearest(found, context, context.side, likely)
            return near._replace(outcome=Decision.SUGGEST, continues=True) if near.question else near
        ranked = (Ranked(str(context.topic), self._config.guessed, str(context.question)),)
        return Interpretation(Decision.ANSWER, context.side, ranked, continues=True, excerpt=excerpt)

    def _excerpt(self, found: Sequence[str], context: Context) -> Excerpt | None:
        """Return the part of the last answer that a message is most like; None where none is near.

        Of the text that was shown that is the rest from there on, or its first sentence; of another all of it.
        """
        last = self._knowledge.topics[context.topic or ""].question(context.question or "")
        vector = self._ranker.vector(found)
        if last is None or vector is None:
            return None
        shown = context.side if context.side in last.sides else None
        sides = [(shown, last.sides[shown])] if shown else [*last.sides.items()]
        parts = list(_parts([*sides, (None, last.answer)], shown))
        telling = {*self._questions.index.telling(found)}
        likeness = [self._likeness(sentence, telling, vector) for sentence, _ in parts]
        best = int(np.argmax(likeness))
        return parts[best][1] if likeness[best] >= self._config.excerpt_from else None

    def _likeness(self, sentence: str, telling: AbstractSet[str], vector: Floats) -> float:
        """Return how near a sentence is to a message, in meaning and by the telling words that they share."""
        told = message.words(message.plain(sentence))
        meant = self._ranker.vector(told)
        shared = len(telling & {*self._questions.index.telling(told)})
        return (0.0 if meant is None else float(meant @ vector)) + self._config.excerpt_shared * shared

    def asked(self, found: Sequence[str], query: Query, context: Context) -> QuestionMatch | None:
        """Return the question of the topic before that a message asks, read after the wording of the last one.

        It is none that was answered already.
        """
        topic, vector = context.topic or "", self._ranking.vector(found, context)
        least = self._config.asked_from
        return self._questions.match(topic, query, vector, skipped=context.answered, least=least)

    def likely(self, found: Sequence[str], context: Context, alone: Ranking, said: str | None) -> list[Choice]:
        """Return what a message after an answer may ask, the likeliest first; nothing where it stands for itself.

        Args:
            found: its words.
            context: what was answered.
            alone: the topics that it is about if nothing was said before.
            said: the side that it names.
        """
        if context.topic not in self._knowledge.topics or self._stands_for_itself(alone):
            return []
        if len(found) > self._config.longest or only_shows(self._marked(found)):
            return []
        return self._ranking.choices(self._follow_up(found, context, alone, said))

    def target(self, likely: Sequence[Choice], context: Context) -> Choice | None:
        """Return what a message asks, if that is likely enough; None for the last topic as such."""
        target = likely[0] if likely else None
        if target is None or target.probability < self._config.likely:
            return None
        stays = target.topic == context.topic
        nothing_new = stays and target.question == context.question and self.whole(context)
        return None if nothing_new or (stays and target.question is None) else target

    def _stands_for_itself(self, alone: Ranking) -> bool:
        """Return whether a message is small talk, or asks which side to take, whatever was said before."""
        topic = alone.ranked[0].topic if alone.ranked else None
        small_talk = topic in self._meta and self._ranker.decide(alone) is Decision.ANSWER
        return small_talk or (topic == self._choosing and alone.best >= self._config.guessed)

    def repeats(self, target: Choice, context: Context, said: str | None) -> bool:
        """Return whether a message asks what was answered last, of no other side alone: then there is more to say."""
        last = (context.topic, context.question)
        return (target.topic, target.question) == last and said in (None, BOTH, context.side)

    def candidates(
        self, found: Sequence[str], context: Context, alone: Ranking, said: str | None
    ) -> tuple[list[Candidate], bool]:
        """Return all that `likely` chooses from, and whether the message points back; arguments as there."""
        follow_up = self._follow_up(found, context, alone, said)
        return self._ranking.candidates(follow_up), follow_up.points

    def _follow_up(self, found: Sequence[str], context: Context, alone: Ranking, said: str | None) -> FollowUp:
        points = self.tie(found, context) in (Continuation.POINTS, Continuation.SHOWS)
        return FollowUp(found, alone, points, said not in (None, context.side), self.whole(context), context)

    def matched(self, target: Choice, found: Sequence[str], context: Context) -> QuestionMatch | None:
        """Return how a message, in the sense of the last question, fits what it asks; None for a topic as such."""
        if target.question is None:
            return None
        query, vector = self._ranker.query(self._lexicon.read(found)), self._ranking.vector(found, context)
        return self._questions.matched(target.topic, target.question, query, vector)

    def answered(
        self, topic: str, question: QuestionMatch | None, text: str, side: str | None, confidence: float
    ) -> Interpretation:
        """Return the reading of a message that asks this question of this topic, or for the topic as such."""
        form = form_of(text)
        fits = question is not None and fits_yes_or_no(form, text, question.wording)
        ranked = (Ranked(topic, max(confidence, self._config.guessed)),)
        return Interpretation(Decision.ANSWER, side, ranked, question=question, form=form, fits=fits)

    def favoured(self, context: Context, tie: Continuation) -> dict[str, float]:
        """Return the topics that a message which hangs on the one before is likelier to be about."""
        topic = self._knowledge.topics[context.topic or ""]
        gain = GAIN[tie]
        return {**dict.fromkeys(topic.related, gain * self._config.related), topic.id: gain}

    def _marked(self, found: Sequence[str]) -> list[str]:
        """Return the words of a message with names of sides as the mark."""
        return [self._lexicon.mark(word) or word for word in found]

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


def _parts(told: Sequence[tuple[str | None, str]], shown: str | None) -> Iterator[tuple[str, Excerpt]]:
    """Yield every sentence of an answer's texts, by side, with what is given to somebody who asks for it."""
    for side, text in told:
        sentences = SENTENCE_END.split(text.strip())
        for place, sentence in enumerate(sentences):
            rest = sentences[:1] if place == 0 else sentences[place:]
            yield sentence, Excerpt(" ".join(rest if side == shown else sentences), side)


def _told_code(context: Context) -> bool:
    """Return whether code was shown last."""
    return context.told[-1:] == (TOLD_CODE,)
