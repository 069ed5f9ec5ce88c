"""From a topic of the knowledge base to the reply that a person reads."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context, question_key
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import Citation, Correction, Topic, TopicQuestion
from bot.lead import first_sentences, further_leads, general_lead, sentences_naming, shorter, specific_lead
from bot.matching.config import DEFAULT
from bot.matching.interpretation import Interpretation, Ranked, Remark
from bot.matching.question_form import QuestionForm
from bot.matching.sides import BOTH
from bot.replies import (
    Answer,
    AreaTopics,
    Candidate,
    Certainty,
    Comparison,
    ComparisonRow,
    CorrectionLine,
    Help,
    Lead,
    NotKnown,
    SidePassage,
    SourceLine,
    Suggestions,
    TopicLink,
    TopicList,
    Unknown,
)

_CONFIG = DEFAULT.replies
ALL_TOLD = "That is all I know about “{title}”. Its sources say more."
NOTHING_TO_READ = "I could not find a question in that. Ask me something, or say `help` to see what I can do."
NOT_FOUND = "I don't know that one. I know about {subject}."
FOREIGN = "I read English only, sorry. Ask me about {title} in English, and I'll do my best."
LOST = "Sorry, that was unclear. Ask me about {title} in other words, or say `help` to see what I can do."
UNDECIDED = "That's fine. Say `help` and I'll show you what you can ask."
UNDECIDED_GUIDED = "That's fine. Say `recommend` and I'll ask you a few questions, or `topics` for what I know."
READY = "All right. Ask me whenever the next question comes up."
SOURCES = "That comes from: {sources}."
NO_SOURCE = "There is no source noted for that one."
NONE_OF_THESE = "Then I don't know, and I have noted it so that it can be added. Other words may help."


class Answering:
    """Builds replies out of one knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def answer(self, reading: Interpretation) -> Answer:
        """Return the answer to a message that was read as a question about a topic."""
        best = reading.ranked[0]
        topic = self._knowledge.topics[best.topic]
        asked = topic.question(reading.question.question) if reading.question else None
        names = self._knowledge.side_names
        if asked:
            lead = specific_lead(asked, reading.side, names, fits=reading.fits)
        else:
            lead = general_lead(topic, reading.side, names, reading.form)
        sure = best.confidence >= _CONFIG.sure and reading.likelihood >= _CONFIG.sure_question
        certainty = Certainty.SURE if sure else Certainty.LIKELY
        made = self._made(topic, reading.side, asked, lead)
        return replace(
            made, certainty=certainty, confidence=best.confidence, candidates=self._candidates(reading.ranked)
        )

    def topic(self, topic: Topic, side: str | None = None, question: str = "", *, turned: bool = False) -> Answer:
        """Return what a topic says; about `side`, and in answer to one of its questions, where these are given.

        Where the reader `turned` to this side from another, what they have read is not said again.
        """
        names = self._knowledge.side_names
        asked = topic.question(question)
        found = self._turned(topic, asked, side) if turned and side else None
        if found:
            key, lead = found
            return self._made(topic, side, None if key else asked, lead)
        if asked:
            return self._made(topic, side, asked, specific_lead(asked, side, names, fits=False))
        return self._made(topic, side, None, general_lead(topic, side, names, QuestionForm.OTHER))

    def continued(self, reading: Interpretation, context: Context) -> tuple[Answer, Context]:
        """Return more about the topic before, or about another side of it, never what was said already."""
        topic = self._knowledge.topics[reading.ranked[0].topic]
        before = topic.question(context.question or "")
        asked = topic.question(reading.question.question) if reading.question else None
        turned = reading.side not in (context.side, None)
        if reading.remark is Remark.SOURCES:
            key, lead, asked = "", self._where_from(topic, before), before
        elif reading.remark is Remark.SHORTER:
            key, lead, asked = "", shorter(topic, before, reading.side), before
        elif asked:
            key = question_key(asked.id)
            lead = specific_lead(asked, reading.side, self._knowledge.side_names, fits=reading.fits)
        else:
            found = self._turned(topic, before, str(reading.side)) if turned else None
            key, lead = found or self._further(topic, reading, context.told)
            asked = before if found and not key else None
        answer = replace(self._made(topic, reading.side, asked, lead), confidence=reading.ranked[0].confidence)
        if reading.form is QuestionForm.CHOICE:
            answer = replace(answer, offers_guide=self._knowledge.guide is not None)
        told = context.told if not key else (*context.told, key)
        question = asked.id if asked else context.question
        return answer, Context(topic.id, reading.side, question=question, told=told)

    def _turned(self, topic: Topic, before: TopicQuestion | None, side: str) -> tuple[str, Lead] | None:
        """Return what holds for another side: of the question before, else of the topic, with its key."""
        names = self._knowledge.side_names
        if before and (side in before.sides or (side == BOTH and before.sides)):
            return "", specific_lead(before, side, names, fits=True)
        if before and (about := sentences_naming(before.answer, names.get(side, ""))):
            return "", Lead(about)
        if before and not any(name in before.answer for name in names.values()):
            return "", specific_lead(before, side, names, fits=True)
        return (side, Lead(first_sentences(topic.sides[side]))) if side in topic.sides else None

    def _further(self, topic: Topic, reading: Interpretation, told: tuple[str, ...]) -> tuple[str, Lead]:
        """Return the next thing that was not told of a topic, with its key."""
        further = further_leads(topic, reading.side, self._knowledge.side_names, reading.form)
        return next((pair for pair in further if pair[0] not in told), ("", Lead(ALL_TOLD.format(title=topic.title))))

    def _where_from(self, topic: Topic, question: TopicQuestion | None) -> Lead:
        """Return the sources of an answer in a sentence."""
        citations = question.sources if question and question.sources else topic.sources
        lines = tuple(dict.fromkeys(map(self._source, citations)))[: _CONFIG.offered]
        if not lines:
            return Lead(NO_SOURCE)
        named = (f"{line.title}{f', {line.section}' if line.section else ''}" for line in lines)
        return Lead(SOURCES.format(sources="; ".join(named)))

    def remark(self, reading: Interpretation) -> NotKnown | TopicList:
        """Return the reply to somebody who asked nothing."""
        title = self._knowledge.about.title
        match reading.remark:
            case Remark.TOPICS:
                return self.topics()
            case Remark.NONE_OF_THESE:
                return self.none_of_these()
            case Remark.FOREIGN:
                return NotKnown(Unknown.EMPTY, FOREIGN.format(title=title))
            case Remark.LOST:
                return NotKnown(Unknown.EMPTY, LOST.format(title=title))
            case Remark.UNDECIDED:
                return NotKnown(Unknown.EMPTY, UNDECIDED_GUIDED if self._knowledge.guide else UNDECIDED)
            case Remark.STOP | Remark.NOTED | Remark.PLEASED:
                return NotKnown(Unknown.EMPTY, READY)
            case _:
                return NotKnown(Unknown.EMPTY, NOTHING_TO_READ)

    def _made(self, topic: Topic, side: str | None, asked: TopicQuestion | None, lead: Lead) -> Answer:
        passages = tuple(
            SidePassage(s, n, topic.sides[s]) for s, n in self._knowledge.side_names.items() if topic.sides
        )
        shown = tuple(p for p in passages if side in (None, BOTH, p.side))
        touched = [c for c in topic.corrections if asked and asked.correction and c.id == asked.correction]
        citations = (*asked.sources, *topic.sources) if asked else topic.sources
        task = self._knowledge.shown_by(topic.id, asked)
        return Answer(
            topic=topic.id,
            title=topic.title,
            side=side,
            certainty=Certainty.SURE,
            confidence=1.0,
            lead=replace(lead, correction=self._correction(touched[0])) if touched else lead,
            short=topic.short,
            question=asked.id if asked else None,
            passages=shown,
            other_sides=tuple(p for p in passages if p not in shown),
            choice=topic.choice,
            corrections=tuple(map(self._correction, topic.corrections)),
            sources=tuple(dict.fromkeys(map(self._source, citations))),
            related=self.links(topic.related),
            checked=topic.checked,
            offers_guide=topic.guide and self._knowledge.guide is not None,
            code=task.id if task else None,
        )

    def suggestions(self, reading: Interpretation) -> Suggestions | NotKnown:
        """Return the three best candidates of a reading; nobody who has to be asked back meant a greeting."""
        about = self._knowledge.about
        small_talk = (about.greeting, about.thanks)
        meant = tuple(r for r in reading.ranked if r.topic not in small_talk and r.confidence >= _CONFIG.near)
        if not meant:
            return self.unknown(reading)
        return Suggestions(self._candidates(meant[: _CONFIG.offered]), reading.side)

    def unknown(self, reading: Interpretation) -> NotKnown:
        """Return an honest "I don't know" for a reading that no topic answers."""
        group = next((g for g in self._knowledge.out_of_scope if g.id == reading.out_of_scope), None)
        near = self.links(tuple(r.topic for r in reading.ranked[:2] if r.confidence >= _CONFIG.near))
        reason = Unknown.OUT_OF_SCOPE if group else Unknown.NOT_FOUND
        text = group.reply if group else NOT_FOUND.format(subject=self._knowledge.about.subject)
        return NotKnown(reason, text, nearest=near, candidates=self._candidates(reading.ranked))

    def none_of_these(self) -> NotKnown:
        """Return the reply to somebody who turned the suggestions down."""
        return NotKnown(Unknown.NONE_OF_THESE, NONE_OF_THESE)

    def help(self) -> Help:
        """Return what the knowledge base says of itself."""
        about = self._knowledge.about
        topic = self._knowledge.topics.get(about.help or "")
        text = topic.short if topic else f"Ask me about {about.subject}."
        return Help(text, about.examples, offers_guide=self._knowledge.guide is not None)

    def comparison(self) -> Comparison:
        """Return every topic that says each side in a few words, as a table."""
        about, names = self._knowledge.about, self._knowledge.side_names
        overview = self._knowledge.topics.get(about.overview or "")
        compared = sorted((t for t in self._knowledge.topics.values() if t.glance), key=self._place_in_overview)
        rows = (ComparisonRow(t.id, t.title, tuple(t.glance[side] for side in names)) for t in compared)
        return Comparison(
            title=" and ".join(names.values()),
            short=overview.short if overview else about.subject,
            sides=tuple(names.values()),
            rows=tuple(rows),
            offers_guide=self._knowledge.guide is not None,
        )

    def _place_in_overview(self, topic: Topic) -> tuple[bool, int]:
        """Order topics by area; what speaks of the sides as a whole, as the overview itself does, comes last."""
        about = self._knowledge.about
        overview = self._knowledge.topics.get(about.overview or "")
        places = {area.id: place for place, area in enumerate(about.areas)}
        return overview is not None and topic.area == overview.area, places.get(topic.area, len(places))

    def topics(self, only: str | None = None) -> TopicList:
        """Return the topics by area; `only` opens one area."""
        about = self._knowledge.about
        hidden = about.meta_topics
        by_area = {area.id: [t for t in self._knowledge.topics.values() if t.area == area.id] for area in about.areas}
        areas = (
            AreaTopics(area.id, area.title, self.links(tuple(t.id for t in by_area[area.id] if t.id not in hidden)))
            for area in about.areas
            if only in (None, area.id)
        )
        return TopicList(tuple(area for area in areas if area.topics), only)

    def links(self, topics: tuple[str, ...]) -> tuple[TopicLink, ...]:
        """Return links to topics, in the same order."""
        return tuple(TopicLink(t, self._knowledge.topics[t].title) for t in topics)

    def _candidates(self, ranked: tuple[Ranked, ...]) -> tuple[Candidate, ...]:
        return tuple(self._candidate(each) for each in ranked)

    def _candidate(self, ranked: Ranked) -> Candidate:
        topic = self._knowledge.topics[ranked.topic]
        question = topic.question(ranked.question)
        asks = question.ask[0] if question else ""
        return Candidate(topic.id, topic.title, ranked.confidence, ranked.question, asks)

    def _correction(self, correction: Correction) -> CorrectionLine:
        source = self._source(correction.source)
        return CorrectionLine(correction.says, correction.holds, correction.verdict.value, correction.since, source)

    def _source(self, citation: Citation) -> SourceLine:
        source = self._knowledge.sources[citation.source]
        url = citation.url or source.url
        address, reference = (str(url), None) if url else (None, source.reference)
        return SourceLine(source.title, source.kind.value, citation.section, address, source.checked, reference)
