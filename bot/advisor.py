"""The advisor: everything a platform can ask of the core, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import assert_never

from bot import actions, replies
from bot.answers import Answering, links
from bot.comparisons import code_comparison, comparison
from bot.context import Context, remembered
from bot.guide import Guide
from bot.guide.typed_answers import NOT_UNDERSTOOD, STILL_OPEN, is_unclear
from bot.guide_opening import GuideOpening
from bot.knowledge.knowledge_base import Knowledge
from bot.matching import Matcher, TrainedModel
from bot.matching.completion import Completion
from bot.matching.config import DEFAULT
from bot.matching.fusion import Decision
from bot.matching.interpretation import Explanation, Interpretation
from bot.matching.semantic import SentenceEncoder
from bot.matching.sides import BOTH
from bot.orientation import Orientation
from bot.other_matters import OtherMatters
from bot.replies import Aside, Interrupted, Notice, NoticeKind, Reply

_LIMITS = DEFAULT.limits
HEAD, TAIL = 4_000, 1_500
"""Characters that are read of the two ends of a long message; the matcher looks at fewer, the guide at all of these."""
TYPED = 2_000
"""Characters that are read of an answer to a question of the guide."""
STALE = "That button is out of date. Ask again, and you get a fresh one."
NO_GUIDE = "This knowledge base has no guide. Ask a question instead."
RECOMMEND = "recommend"
"""What help says to type to begin the guide; a knowledge base without one says so."""
NO_SUCH_TOPIC = "That topic is not there any more. Ask again in your own words."


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply, and what the conversation should remember for the next message."""

    reply: Reply
    context: Context


class Advisor:
    """Answers questions and leads through the guide, from one knowledge base.

    It keeps nothing of a conversation and may be shared by any number of them, and of threads; it only remembers, in
    memory, how recent messages were read. `owner` is an opaque mark of the person who speaks; only that person can go
    on with a guide. The terminal uses the empty mark.
    """

    def __init__(
        self, knowledge: Knowledge, model: TrainedModel | None = None, encoder: SentenceEncoder | None = None
    ) -> None:
        """Make an advisor.

        Args:
            knowledge: what it answers from.
            model: what was learned from this very knowledge base; without it, that is done here.
            encoder: makes the vectors of messages; without it, they are read by their words alone.
        """
        self.knowledge = knowledge
        self.guide = Guide(knowledge.guide, knowledge) if knowledge.guide else None
        self._other_matters = OtherMatters(knowledge.about)
        self._opening = GuideOpening(self.guide, knowledge, self._other_matters) if self.guide else None
        self._matcher = Matcher(knowledge, model, encoder)
        self.by_words_alone = self._matcher.by_words_alone
        self._reread = lru_cache(maxsize=_LIMITS.readings)(self._matcher.read)
        self._answering = Answering(knowledge)
        self._orientation = Orientation(knowledge)

    def ask(self, text: str, context: Context | None = None, *, owner: str = "") -> Turn:
        """Answer a message, read in the light of what was said before."""
        context, text = context or Context(), _bounded(text)
        guided = self._guided(text, context, owner)
        if guided:
            return _turn(guided, context)
        turn = self._asked(text, context, owner)
        return self._resumed(turn, text, context, owner) if context.guide else turn

    def _guided(self, text: str, context: Context, owner: str) -> Reply | None:
        """Return what a message means to the guide: a result code, an answer to it, a wish to begin it."""
        if self.guide is None:
            return Notice(NoticeKind.NO_GUIDE, NO_GUIDE) if text.strip(" /.!").casefold() == RECOMMEND else None
        reply = self.guide.reopen_in(text, owner)
        if reply is None and context.guide:
            reply = self.guide.answer_text(context.guide, text[:TYPED], owner)
        if reply is None and context.result:
            reply = self.guide.follow_up(context.result, text[:TYPED], owner)
        if reply is None and self.guide.starts(text[:TYPED]) and not (context.topic and _points_back(text)):
            return self.guide.begin(owner=owner)
        return reply

    def _resumed(self, turn: Turn, text: str, context: Context, owner: str) -> Turn:
        """Return a reply to something else with the open question of the guide below it: nobody loses their place."""
        if self.guide is None or context.guide is None or not isinstance(turn.reply, Aside):
            return turn
        unclear = is_unclear(turn.reply, text)
        waiting = self.guide.still_open(context.guide, owner, NOT_UNDERSTOOD if unclear else STILL_OPEN)
        if waiting is None:
            return Turn(turn.reply, replace(turn.context, guide=context.guide))
        reply = waiting if unclear else Interrupted(turn.reply, waiting)
        return Turn(reply, replace(turn.context, guide=waiting.token))

    def _asked(self, text: str, context: Context, owner: str) -> Turn:
        """Answer a message that is no step of the guide, unless it describes a project: that begins one."""
        reading = self._read(text, context)
        after = context.topic is not None
        if self.guide and self._opening and self._opening.tells_of_a_project(text, reading, after=after):
            begun = self.guide.begin(text=text, owner=owner)
            besides = self._besides(text, reading)
            if besides is None:
                return _turn(begun, context)
            if isinstance(begun, replies.GuideReview):
                turn = self._answer(besides._replace(besides=()), context)
                at_stake = self._opening.is_at_stake(text, reading)
                return replace(turn, reply=_offering(turn.reply, begun.token)) if at_stake else turn
        if reading.outcome in (Decision.UNKNOWN, Decision.SUGGEST):
            reading = self._read(self._other_matters.without_background(text), context)
        turn = self._answer(self._as_question(reading), context)
        return _unoffered(turn) if self._opening and self._opening.is_trouble(text) else turn

    def _besides(self, text: str, reading: Interpretation) -> Interpretation | None:
        """Return what a description of a project asks beside what to choose; None where it asks nothing else."""
        if self._opening is None:
            return None
        if self._opening.asks_besides(text, reading):
            others = self._opening.without_choosing(reading.parts)
            return others[0] if len(others) == 1 else self._as_question(reading)
        return self._opening.asked_first(text, lambda clause: self._read(clause, Context()))

    def _as_question(self, reading: Interpretation) -> Interpretation:
        """Return a reading that may be a description as one of a question."""
        return self._matcher.as_question(reading) if reading.outcome is Decision.DESCRIPTION else reading

    def _read(self, text: str, context: Context) -> Interpretation:
        """Read a message; what many people ask in the same words is read once."""
        return self._reread(text, context) if len(text) <= _LIMITS.remembered else self._matcher.read(text, context)

    def _answer(self, reading: Interpretation, context: Context) -> Turn:
        if len(asked := reading.asked) > 1:
            return _turn(self._answering.together([self._part(part, context) for part in asked]), context)
        if reading.shows:
            shown = code_comparison(self.knowledge, reading.ranked[0].topic, reading.side, context.question or "")
            return _turn(shown, context)
        if reading.continues and reading.outcome is Decision.ANSWER:
            return Turn(*self._answering.continued(reading, context))
        match reading.outcome:
            case Decision.ANSWER:
                if reading.ranked[0].topic == self.knowledge.about.help:
                    return _turn(self.help(), context)
                return _turn(self._answering.answer(reading), context)
            case Decision.SUGGEST:
                return _turn(self._orientation.suggestions(reading), context)
            case Decision.UNKNOWN | Decision.DESCRIPTION:
                return _turn(self._orientation.unknown(reading), context)
            case Decision.EMPTY:
                return _turn(self._orientation.remark(reading), context)
        assert_never(reading.outcome)

    def _part(self, reading: Interpretation, context: Context) -> replies.Answer:
        return self._answering.continued(reading, context)[0] if reading.continues else self._answering.answer(reading)

    def explain(self, text: str, context: Context | None = None) -> Explanation:
        """Return why a message is read as it is."""
        return self._matcher.explain(text, context or Context())

    def topic(
        self, topic: str, side: str | None = None, question: str = "", *, turned: bool = False
    ) -> replies.Answer | Notice:
        """Return what a topic says, to one of its questions if that is given; a notice where there is none such.

        `turned` tells that the reader comes from the same answer about another side.
        """
        known = self.knowledge.topics.get(topic)
        if known is None or not (side in (None, BOTH) or side in self.knowledge.side_names):
            return Notice(NoticeKind.STALE, NO_SUCH_TOPIC)
        return self._answering.topic(known, side, question, turned=turned)

    def compare(self, text: str = "") -> Reply:
        """Put the sides next to each other: on what `text` names, or on everything where it is empty."""
        text = _bounded(text)
        if not text.strip():
            return comparison(self.knowledge)
        named = self._named(text)
        if named:
            return self.topic(named, BOTH)
        reply = self.ask(text).reply
        if isinstance(reply, replies.Answer) and not reply.meta:
            return self.topic(reply.topic, BOTH)
        return reply

    def _named(self, text: str) -> str | None:
        """Return the topic that is named by its id, its title, a keyword, or a question about it."""
        exact = self._completion.named(text)
        if exact:
            return exact
        reading = self._matcher.read(text)
        return reading.ranked[0].topic if reading.outcome is Decision.ANSWER and not reading.parts else None

    def topics(self, area: str | None = None) -> replies.TopicList:
        """List what can be asked about, by area."""
        return self._orientation.topics(area)

    def help(self) -> replies.Help:
        """Say what can be asked."""
        return self._orientation.help()

    def complete(self, typed: str, limit: int = 25) -> tuple[replies.TopicLink, ...]:
        """Return topics for what somebody is typing, best first."""
        return links(self.knowledge, self._completion.complete(_bounded(typed), limit))

    @cached_property
    def _completion(self) -> Completion:
        return Completion(self.knowledge)

    def begin_guide(self, text: str = "", given: Mapping[str, str] | None = None, *, owner: str = "") -> Reply:
        """Begin the guide, with what a description or earlier answers say; a result code reopens a result."""
        if self.guide is None:
            return Notice(NoticeKind.NO_GUIDE, NO_GUIDE)
        text = _bounded(text)
        reopened = self.guide.reopen_in(text, owner)
        return reopened or self.guide.begin(given or {}, "" if self.guide.starts(text) else text, owner)

    def press(self, press: actions.Action, *, owner: str = "", on: date | None = None) -> Reply:
        """Do what a button says. Presses that need more than the core (rating, sharing, ...) are not for here.

        `on` is the day that a decision record bears.

        Raises:
            ValueError: the press belongs to an adapter.
        """
        match press:
            case actions.ShowTopic(topic, question=question):
                return self.topic(topic, None, question)
            case actions.ShowSide(topic, side, question=question):
                return self.topic(topic, side, question, turned=True)
            case actions.ShowMore(topic, side, question):
                answer = self.topic(topic, side or None, question)
                return replies.AnswerDetails(answer) if isinstance(answer, replies.Answer) else answer
            case actions.ShowCode(topic, side, question):
                return code_comparison(self.knowledge, topic, side or None, question)
            case actions.ShareTopic(topic, side, question):
                return self.topic(topic, side or None, question)
            case actions.ShareAnswers(parts):
                return self._shared(parts)
            case actions.ShareResult(token):
                return self.guide.reopen(token, owner) if self.guide else Notice(NoticeKind.NO_GUIDE, NO_GUIDE)
            case actions.NoneOfThese():
                return self._orientation.none_of_these()
            case actions.OpenGuide(token):
                return self.guide.resume(token, owner) if self.guide else Notice(NoticeKind.NO_GUIDE, NO_GUIDE)
            case actions.ShowArea(area):
                return self.topics(area or None)
            case actions.ShowHelp():
                return self.help()
            case actions.Rate() | actions.Delete() | actions.ShowPrivacy() | actions.ForgetMe() | actions.AskPerson():
                raise ValueError(f"{press!r} needs an adapter")
            case actions.JoinTeam() | actions.RevealTeam():
                raise ValueError(f"{press!r} needs an adapter")
            case _:
                return self.guide.press(press, owner, on) if self.guide else Notice(NoticeKind.NO_GUIDE, NO_GUIDE)

    def _shared(self, parts: str) -> Reply:
        """Return the answers that a button to share them names; a notice where one is not there any more."""
        named = ((*part.split(".", 2), "", "")[:3] for part in parts.split("~"))
        found = [self.topic(topic, side or None, question) for topic, side, question in named]
        gone = next((reply for reply in found if isinstance(reply, Notice)), None)
        return gone or self._answering.together([reply for reply in found if isinstance(reply, replies.Answer)])


def _points_back(text: str) -> bool:
    """Return whether a wish to choose may be about what was talked of before: "which one should I use?"."""
    return text.lstrip().casefold().startswith(("which", "what"))


def _offering(reply: Reply, token: str) -> Reply:
    """Return an answer with the offer to go on with the guide, from what was read."""
    return replace(reply, offers_guide=True, guide_token=token) if isinstance(reply, replies.Answer) else reply


def _unoffered(turn: Turn) -> Turn:
    """Return an answer without the offer of the guide: there is nothing to choose."""
    reply = turn.reply
    return replace(turn, reply=replace(reply, offers_guide=False)) if isinstance(reply, replies.Answer) else turn


def _bounded(text: str) -> str:
    """Return a message of a length that costs nobody else the time to wait for."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"


def _turn(reply: Reply, context: Context) -> Turn:
    return Turn(reply, remembered(reply, context))
