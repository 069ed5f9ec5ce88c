"""What is shown first of an answer: at most `LONGEST` words, and the first of them answer.

People ask in a busy channel. Where a specific question of the topic is asked, its answer is the lead; otherwise the
form of what was asked decides which of the topic's texts comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.context import SHORT_KEY, question_key
from bot.knowledge.models import LEAD_LIMIT, SENTENCE_END, Topic, TopicQuestion
from bot.matching.question_form import QuestionForm, without_yes_or_no
from bot.matching.sides import BOTH
from bot.replies import Lead, SidePassage

LONGEST: Final = LEAD_LIMIT


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
    return Lead(text, lines if _words(text, *(line.text for line in lines)) <= LONGEST else ())


def general_lead(topic: Topic, side: str | None, names: Mapping[str, str], form: QuestionForm) -> Lead:
    """Return what comes first of a topic's own texts, by the form of what was asked."""
    if form is QuestionForm.HOW_TO and side is not None and side in topic.sides:
        return Lead(first_sentences(topic.sides[side]))
    if form is QuestionForm.CHOICE and topic.choice:
        return Lead(first_sentences(f"{topic.choice} {topic.short}"))
    text = first_sentences(topic.short)
    shown = [key for key in names if key in topic.glance and side in (None, BOTH, key)]
    lines = tuple(SidePassage(key, names[key], topic.glance[key]) for key in shown)
    return Lead(text, lines if _words(text, *(line.text for line in lines)) <= LONGEST else ())


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


def first_sentences(text: str, words: int = LONGEST) -> str:
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
