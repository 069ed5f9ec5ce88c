"""What has to hold between the files of a knowledge base: ids exist, nothing is claimed twice, nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import Citation, Topic
from bot.knowledge.yaml_documents import Document, Problem

_WORD = re.compile(r"\w+")

Finding = tuple[str, tuple[object, ...], str, str]
"""File, place in it, what is wrong, how to mend it."""


@dataclass(frozen=True)
class Known:
    """Ids that exist, also in entries that have mistakes of their own, so that one mistake is reported once."""

    topics: frozenset[str]
    sources: frozenset[str] | None
    """None where the list of sources cannot be read, so that nothing can be said of any."""
    tasks: frozenset[str] = frozenset()


def contradictions(knowledge: Knowledge, known: Known, files: Mapping[str, Document]) -> list[Problem]:
    """Return every mistake that no file shows by itself."""
    findings: list[Finding] = []
    findings += _named_topics(knowledge, known)
    findings += _twice("knowledge.yaml", ("sides",), [side.id for side in knowledge.about.sides])
    findings += _twice("knowledge.yaml", ("areas",), [area.id for area in knowledge.about.areas])
    findings += _claimed_twice(knowledge)
    for topic in knowledge.topics.values():
        findings += _dangling(topic, knowledge, known)
        findings += _sides(topic, knowledge)
        findings += _questions(topic, knowledge)
        findings += _unknown_code(topic, known)
    return [_placed(finding, files) for finding in findings]


def _placed(finding: Finding, files: Mapping[str, Document]) -> Problem:
    name, place, what, mend = finding
    return files[name].problem(place, what, mend)


def topic_file(topic: str) -> str:
    """Return the file of a topic, relative to its knowledge base."""
    return f"topics/{topic}.yaml"


def _named_topics(knowledge: Knowledge, known: Known) -> Iterator[Finding]:
    about = knowledge.about
    for role in ("greeting", "thanks", "help", "choosing", "overview"):
        topic = getattr(about, role)
        if topic and topic not in known.topics:
            yield (
                "knowledge.yaml",
                (role,),
                f"`{role}` names `{topic}`, which is no topic",
                "Write that topic, or remove it.",
            )
    if about.article and known.sources is not None and about.article not in known.sources:
        what = f"`article` names `{about.article}`, which is no source"
        yield "knowledge.yaml", ("article",), what, "Add it to sources.yaml."


def _twice(name: str, place: tuple[object, ...], ids: list[str]) -> Iterator[Finding]:
    for index, identifier in enumerate(ids):
        if identifier in ids[:index]:
            yield name, (*place, index), f"the id `{identifier}` is there twice", "Give each a name of its own."


def _dangling(topic: Topic, knowledge: Knowledge, known: Known) -> Iterator[Finding]:
    name = topic_file(topic.id)
    if topic.area not in {area.id for area in knowledge.about.areas}:
        mend = "Use one of " + ", ".join(area.id for area in knowledge.about.areas) + "."
        yield name, ("area",), f"there is no area `{topic.area}`", mend
    for index, other in enumerate(topic.related):
        if other not in known.topics or other == topic.id:
            yield (
                name,
                ("related", index),
                f"`{other}` is no other topic",
                "Name a topic that exists, or remove the line.",
            )
    for place, citation in _citations(topic):
        if known.sources is not None and citation.source not in known.sources:
            mend = "Add it to sources.yaml, or name one that is there."
            yield name, place, f"there is no source `{citation.source}`", mend


def _citations(topic: Topic) -> Iterator[tuple[tuple[object, ...], Citation]]:
    for index, citation in enumerate(topic.sources):
        yield ("sources", index), citation
    for index, correction in enumerate(topic.corrections):
        yield ("corrections", index, "source"), correction.source
    for number, question in enumerate(topic.questions):
        for index, citation in enumerate(question.sources):
            yield ("questions", number, "sources", index), citation


def _sides(topic: Topic, knowledge: Knowledge) -> Iterator[Finding]:
    name, sides = topic_file(topic.id), knowledge.side_names
    for key in ("sides", "glance"):
        given = getattr(topic, key)
        unknown = [side for side in given if side not in sides]
        for side in unknown:
            yield name, (key, side), f"`{side}` is not one of the sides", "Use " + " and ".join(sides) + "."
        missing = [side for side in sides if given and side not in given]
        for side in missing[len(unknown) :]:  # as many as are unknown are misspelt, not forgotten
            yield name, (key,), f"`{key}` has nothing for `{side}`", f"Add `{side}:` with an answer for {sides[side]}."
    about = knowledge.about
    if topic.id in about.meta_topics:
        return
    if not topic.sides:
        yield name, (), "there is no answer for any side", "Add `sides:` with one answer for each."
    if not topic.sources:
        yield name, (), "no source is given", "Add `sources:`; every fact needs one."


def _questions(topic: Topic, knowledge: Knowledge) -> Iterator[Finding]:
    name, sides = topic_file(topic.id), knowledge.side_names
    yield from _twice(name, ("questions",), [question.id for question in topic.questions])
    corrections = {correction.id for correction in topic.corrections}
    owners: dict[str, str] = {}
    place: tuple[object, ...]
    for number, question in enumerate(topic.questions):
        for side in [side for side in question.sides if side not in sides]:
            place = ("questions", number, "sides", side)
            yield name, place, f"`{side}` is not one of the sides", "Use " + " and ".join(sides) + "."
        if question.correction and question.correction not in corrections:
            place = ("questions", number, "correction")
            yield name, place, f"no correction has the id `{question.correction}`", "Give the correction that `id`."
        for index, phrasing in enumerate(question.ask):
            owner = owners.setdefault(words_of(phrasing), question.id)
            if owner != question.id:
                what = f"“{phrasing}” also belongs to the question `{owner}`"
                yield name, ("questions", number, "ask", index), what, "Keep it where the answer fits best."


def _unknown_code(topic: Topic, known: Known) -> Iterator[Finding]:
    for number, question in enumerate(topic.questions):
        if question.code and question.code not in known.tasks:
            what = f"there is no task `{question.code}` below `code/`"
            yield topic_file(topic.id), ("questions", number, "code"), what, "Write it, or name one that is there."


def _claimed_twice(knowledge: Knowledge) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for topic in knowledge.topics.values():
        for place, phrasing in asked_in(topic):
            owner = owners.setdefault(words_of(phrasing), topic.id)
            if owner != topic.id:
                what = f"the phrasing “{phrasing}” also belongs to `{owner}`"
                yield topic_file(topic.id), place, what, "Keep it in the topic that answers it best."


def asked_in(topic: Topic) -> Iterator[tuple[tuple[object, ...], str]]:
    """Yield every phrasing of a topic, each with its place in the file."""
    for index, phrasing in enumerate(topic.phrasings):
        yield ("phrasings", index), phrasing
    for number, question in enumerate(topic.questions):
        for index, phrasing in enumerate(question.ask):
            yield ("questions", number, "ask", index), phrasing


def words_of(phrasing: str) -> str:
    """Return the words of a phrasing alone: two that agree in them are the same."""
    plain = phrasing.casefold()
    if plain.replace(" ", "").isalnum() and "  " not in plain:
        return plain  # most phrasings are nothing but words
    return " ".join(_WORD.findall(plain))
