"""From a topic of the knowledge base to the reply that a person reads."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import Citation, Correction, Topic, TopicQuestion
from bot.lead import first_sentences, further_leads, general_lead, sentences_naming, specific_lead
from bot.matching.interpretation import Interpretation, Ranked
from bot.matching.question_form import QuestionForm
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

SURE = 0.8
"""From this confidence on, an answer is given without "I think you mean"."""
SUGGESTED = 3
"""Topics that are offered at most."""
NEAR = 0.05
"""Confidence from which a topic is a way on from a message that is out of scope."""
BOTH = "both"
ALL_TOLD = "That is all I know about “{title}”. Its sources say more."
NOTHING_TO_READ = "I could not find a question in that. Ask me something, or say `help` to see what I can do."
NOT_FOUND = "I don't know that one. I know about {subject}."
NONE_OF_THESE = "Then I don't know, and I have noted it so that it can be added. Other words may help."


class Answering:
    """Builds replies out of one knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def answer(self, reading: Interpretation) -> Answer:
        """Return the answer to a message that was read as a question about a topic."""
        best = reading.ranked[0]
        topic = self._knowledge.topics[best.topic]
        asked = _question(topic, reading.question.question) if reading.question else None
        names = self._knowledge.side_names
        if asked:
            lead = specific_lead(asked, reading.side, names, fits=reading.fits)
        else:
            lead = general_lead(topic, reading.side, names, reading.form)
        certainty = Certainty.SURE if best.confidence >= SURE else Certainty.LIKELY
        made = self._made(topic, reading.side, asked, lead)
        return replace(
            made, certainty=certainty, confidence=best.confidence, candidates=self._candidates(reading.ranked)
        )

    def topic(self, topic: Topic, side: str | None = None, question: str = "") -> Answer:
        """Return what a topic says; about `side`, and in answer to one of its questions, where these are given."""
        names = self._knowledge.side_names
        asked = _question(topic, question)
        if asked:
            return self._made(topic, side, asked, specific_lead(asked, side, names, fits=False))
        return self._made(topic, side, None, general_lead(topic, side, names, QuestionForm.OTHER))

    def continued(self, reading: Interpretation, context: Context) -> tuple[Answer, Context]:
        """Return more about the topic before, or about another side of it, never what was said already."""
        topic, names = self._knowledge.topics[reading.ranked[0].topic], self._knowledge.side_names
        turned = reading.side not in (context.side, None)
        asked = _question(topic, context.question or "")
        told = () if turned else context.told
        if turned and asked and reading.side in asked.sides:
            key, lead = "", specific_lead(asked, reading.side, names, fits=True)
        elif turned and asked and (about := sentences_naming(asked.answer, names.get(str(reading.side), ""))):
            key, lead = "", Lead(about)
        elif turned and reading.side in topic.sides:
            key, lead = str(reading.side), Lead(first_sentences(topic.sides[str(reading.side)]))
            asked = None
        else:
            skipped = {*told, *(() if asked else ("short",))}
            further = (pair for pair in further_leads(topic, reading.side, names) if pair[0] not in skipped)
            key, lead = next(further, ("", Lead(ALL_TOLD.format(title=topic.title))))
            asked = None
        answer = replace(self._made(topic, reading.side, asked, lead), confidence=reading.ranked[0].confidence)
        kept = Context(topic.id, reading.side, question=context.question, told=(*told, *([key] if key else [])))
        return answer, kept

    def _made(self, topic: Topic, side: str | None, asked: TopicQuestion | None, lead: Lead) -> Answer:
        passages = tuple(
            SidePassage(s, n, topic.sides[s]) for s, n in self._knowledge.side_names.items() if topic.sides
        )
        shown = tuple(p for p in passages if side in (None, BOTH, p.side))
        touched = [c for c in topic.corrections if asked and asked.correction and c.id == asked.correction]
        citations = (*asked.sources, *topic.sources) if asked else topic.sources
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
        )

    def suggestions(self, reading: Interpretation) -> Suggestions | NotKnown:
        """Return the three best candidates of a reading; nobody who has to be asked back meant a greeting."""
        about = self._knowledge.about
        small_talk = (about.greeting, about.thanks)
        meant = tuple(r for r in reading.ranked if r.topic not in small_talk and r.confidence >= NEAR)
        if not meant:
            return self.unknown(reading)
        return Suggestions(self._candidates(meant[:SUGGESTED]), reading.side)

    def unknown(self, reading: Interpretation) -> NotKnown:
        """Return an honest "I don't know" for a reading that no topic answers."""
        group = next((g for g in self._knowledge.out_of_scope if g.id == reading.out_of_scope), None)
        candidates = self._candidates(reading.ranked)
        if group:
            near = self.links(tuple(r.topic for r in reading.ranked[:2] if r.confidence >= NEAR))
            return NotKnown(Unknown.OUT_OF_SCOPE, group.reply, nearest=near, candidates=candidates)
        text = NOT_FOUND.format(subject=self._knowledge.about.subject)
        near = self.links(tuple(r.topic for r in reading.ranked[:2]))
        return NotKnown(Unknown.NOT_FOUND, text, nearest=near, candidates=candidates)

    def empty(self) -> NotKnown:
        """Return the reply to a message with nothing to read in it."""
        return NotKnown(Unknown.EMPTY, NOTHING_TO_READ)

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
        hidden = {about.greeting, about.thanks, about.help}
        shelves = {area.id: [t for t in self._knowledge.topics.values() if t.area == area.id] for area in about.areas}
        areas = (
            AreaTopics(area.id, area.title, self.links(tuple(t.id for t in shelves[area.id] if t.id not in hidden)))
            for area in about.areas
            if only in (None, area.id)
        )
        return TopicList(tuple(area for area in areas if area.topics), only)

    def links(self, topics: tuple[str, ...]) -> tuple[TopicLink, ...]:
        """Return links to topics, in the same order."""
        return tuple(TopicLink(t, self._knowledge.topics[t].title) for t in topics)

    def _candidates(self, ranked: tuple[Ranked, ...]) -> tuple[Candidate, ...]:
        return tuple(Candidate(r.topic, self._knowledge.topics[r.topic].title, r.confidence) for r in ranked)

    def _correction(self, correction: Correction) -> CorrectionLine:
        source = self._source(correction.source)
        return CorrectionLine(correction.says, correction.holds, correction.verdict.value, correction.since, source)

    def _source(self, citation: Citation) -> SourceLine:
        source = self._knowledge.sources[citation.source]
        url = citation.url or source.url
        return SourceLine(source.title, source.kind.value, citation.section, str(url) if url else None, source.checked)


def _question(topic: Topic, question: str) -> TopicQuestion | None:
    return next((known for known in topic.questions if known.id == question), None)
