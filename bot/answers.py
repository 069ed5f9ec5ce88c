"""From a topic of the knowledge base to the answer that a person reads.

People ask in a busy channel, so what is shown first, the lead, is at most `LEAD_LIMIT` words, and the first of them
answer. Where a specific question of the topic is asked, its answer is the lead; otherwise the form of what was asked
decides which of the topic's texts comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.context import SHORT_KEY, Context, question_key
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import LEAD_LIMIT, SENTENCE_END, Citation, Correction, Topic, TopicQuestion
from bot.matching.config import DEFAULT
from bot.matching.interpretation import Excerpt, Interpretation, Ranked, Remark
from bot.matching.question_form import QuestionForm, without_yes_or_no
from bot.matching.sides import BOTH
from bot.replies import Answer, Answers, Candidate, Certainty, CorrectionLine, Lead, SidePassage, SourceLine, TopicLink

_CONFIG = DEFAULT.replies
ALL_TOLD = "That is all I know about “{title}”. Its sources say more."
SOURCES = "That comes from: {sources}."
NO_SOURCE = "There is no source noted for that one."


class Answering:
    """Builds answers out of one knowledge base."""

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
            made,
            certainty=certainty,
            confidence=best.confidence,
            candidates=candidates(self._knowledge, reading.ranked),
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

    def together(self, parts: Sequence[Answer]) -> Answers:
        """Return several answers as one reply, each under its question where they share a topic."""
        topics = Counter(part.topic for part in parts)
        return Answers(tuple(self._under_question(part) if topics[part.topic] > 1 else part for part in parts))

    def _under_question(self, answer: Answer) -> Answer:
        question = self._knowledge.topics[answer.topic].question(answer.question or "")
        return replace(answer, title=question.ask[0]) if question else answer

    def continued(self, reading: Interpretation, context: Context) -> tuple[Answer, Context]:
        """Return more about the topic before, or about another side of it, never what was said already."""
        topic = self._knowledge.topics[reading.ranked[0].topic]
        before = topic.question(context.question or "")
        asked = topic.question(reading.question.question) if reading.question else None
        turned = reading.side not in (context.side, None)
        if reading.remark is Remark.SOURCES:
            key, lead, asked = "", self._where_from(topic, before, reading.side), before
        elif reading.remark is Remark.SHORTER:
            key, lead, asked = "", shorter(topic, before, reading.side), before
        elif reading.excerpt:
            key, lead, asked = "", self._part(reading.excerpt), before
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

    def _part(self, excerpt: Excerpt) -> Lead:
        """Return a part of an answer, with the name of the side where it is told of one side alone."""
        if excerpt.side is None:
            return Lead(excerpt.text)
        return Lead("", (SidePassage(excerpt.side, self._knowledge.side_names[excerpt.side], excerpt.text),))

    def _where_from(self, topic: Topic, question: TopicQuestion | None, side: str | None) -> Lead:
        """Return the sources of an answer in a sentence."""
        citations = question.sources if question and question.sources else topic.sources
        lines = self._cited(citations, side)[: _CONFIG.offered]
        if not lines:
            return Lead(NO_SOURCE)
        named = (f"{line.title}{f', {line.section}' if line.section else ''}" for line in lines)
        return Lead(SOURCES.format(sources="; ".join(named)))

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
            sources=self._cited(citations, side),
            related=links(self._knowledge, topic.related),
            checked=topic.checked,
            offers_guide=topic.guide and self._knowledge.guide is not None,
            code=task.id if task else None,
        )

    def _correction(self, correction: Correction) -> CorrectionLine:
        source = self._source(correction.source)
        return CorrectionLine(correction.says, correction.holds, correction.verdict.value, correction.since, source)

    def _cited(self, citations: Iterable[Citation], side: str | None) -> tuple[SourceLine, ...]:
        """Return the sources, each once; those whose title names another side than the one asked about come last."""
        names, sources = self._knowledge.side_names, self._knowledge.sources
        own = names.get(side or "")

        def of_another(citation: Citation) -> bool:
            title = sources[citation.source].title
            return own is not None and own not in title and any(name in title for name in names.values())

        return tuple(dict.fromkeys(map(self._source, sorted(citations, key=of_another))))

    def _source(self, citation: Citation) -> SourceLine:
        source = self._knowledge.sources[citation.source]
        url = citation.url or source.url
        address, reference = (str(url), None) if url else (None, source.reference)
        return SourceLine(source.title, source.kind.value, citation.section, address, source.checked, reference)


def specific_lead(question: TopicQuestion, side: str | None, names: Mapping[str, str], *, fits: bool) -> Lead:
    """Return the answer to a question of a topic.

    Args:
        question: what was asked.
        side: the side that was asked about; "both" or None where it was not one.
        names: the sides' names by id.
        fits: whether a Yes or No in front fits the way in which it was asked.
    """
    if side is not None and side in question.sides:
        text = question.sides[side]
        return Lead(text if fits else without_yes_or_no(text))
    text = question.answer if fits else without_yes_or_no(question.answer)
    names_all = all(name in text for name in names.values())
    shown = {} if side in names or names_all else question.sides  # what is said already is not said again
    lines = tuple(SidePassage(key, name, shown[key]) for key, name in names.items() if key in shown)
    return Lead(text, lines if _words(text, *(line.text for line in lines)) <= LEAD_LIMIT else ())


def general_lead(topic: Topic, side: str | None, names: Mapping[str, str], form: QuestionForm) -> Lead:
    """Return what comes first of a topic's own texts, by the form of what was asked."""
    if form is QuestionForm.HOW_TO and side is not None and side in topic.sides:
        return Lead(first_sentences(topic.sides[side]))
    if form is QuestionForm.CHOICE and topic.choice:
        return Lead(first_sentences(f"{topic.choice} {topic.short}"))
    text = first_sentences(topic.short)
    shown = [key for key in names if key in topic.glance and side in (None, BOTH, key)]
    lines = tuple(SidePassage(key, names[key], topic.glance[key]) for key in shown)
    return Lead(text, lines if _words(text, *(line.text for line in lines)) <= LEAD_LIMIT else ())


def further_leads(
    topic: Topic, side: str | None, names: Mapping[str, str], form: QuestionForm = QuestionForm.OTHER
) -> Iterator[tuple[str, Lead]]:
    """Yield what else can be said of a topic, in the order of "tell me more", each with a key.

    Somebody who asks how gets what holds for the sides before the point of the topic; somebody who chooses, what
    follows for the choice.
    """
    short = [(SHORT_KEY, Lead(first_sentences(topic.short)))]
    passages = [
        (key, Lead("", (SidePassage(key, names[key], first_sentences(topic.sides[key])),)))
        for key in sorted(names, key=lambda each: each != side)
        if key in topic.sides
    ]
    choice = [("choice", Lead(first_sentences(topic.choice)))] if topic.choice else []
    match form:
        case QuestionForm.HOW_TO:
            yield from (*passages, *short, *choice)
        case QuestionForm.CHOICE:
            yield from (*choice, *short, *passages)
        case _:
            yield from (*short, *passages, *choice)
    for question in topic.questions:
        yield question_key(question.id), Lead(without_yes_or_no(question.answer))


def shorter(topic: Topic, question: TopicQuestion | None, side: str | None) -> Lead:
    """Return an answer in one sentence."""
    text = topic.short
    if question:
        text = question.sides.get(side or "", question.answer)
    return Lead(first_sentences(text, words=1))


def first_sentences(text: str, words: int = LEAD_LIMIT) -> str:
    """Return the first sentences of a text that have at most so many words together; always one at least."""
    kept: list[str] = []
    for sentence in SENTENCE_END.split(text.strip()):
        if kept and _words(*kept, sentence) > words:
            break
        kept.append(sentence)
    return " ".join(kept)


def sentences_naming(text: str, name: str) -> str:
    """Return the sentences of a text, and the clauses between semicolons, that name something; empty if none does."""
    clauses = [clause for sentence in SENTENCE_END.split(text) for clause in sentence.split("; ")]
    named = [clause.rstrip(".;") + "." for clause in clauses if name and name in clause]
    return " ".join(clause[:1].upper() + clause[1:] for clause in named)


def _words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def links(knowledge: Knowledge, topics: Iterable[str]) -> tuple[TopicLink, ...]:
    """Return links to topics, in the same order."""
    return tuple(TopicLink(topic, knowledge.topics[topic].title) for topic in topics)


def candidates(knowledge: Knowledge, ranked: Iterable[Ranked]) -> tuple[Candidate, ...]:
    """Return what a message may be about, as readers see it, in the same order."""
    return tuple(_candidate(knowledge.topics[each.topic], each) for each in ranked)


def _candidate(topic: Topic, ranked: Ranked) -> Candidate:
    question = topic.question(ranked.question)
    asks = question.ask[0] if question else ""
    return Candidate(topic.id, topic.title, ranked.confidence, ranked.question, asks)
