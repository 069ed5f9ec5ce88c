"""Advice on the prose of a topic: what reads badly alone, what is too long to come first, what no text answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.knowledge.checks import topic_file
from bot.knowledge.models import LEAD_LIMIT, Topic

Place = tuple[object, ...]
Found = tuple[str, Place, str, str]
"""File, place in it, what could be better, and how."""

LEAST_LIKENESS = 45.0
"""From 0 to 100. Below it, a phrasing shares hardly a word with any question, so nobody thought of an answer to it."""
FEWEST_ASKS = 10
"""With fewer ways of asking its questions, a topic is answered by its general text on purpose."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`“\"'(])")
_LEANS = re.compile(
    r"^(?:it,? too\b|also\b|likewise\b|similarly\b|the same\b|as well\b|(?:here|there),? (?:too|as well)\b)"
    r"|\b(?:it,? too|also (?:here|there)|(?:here|there),? (?:too|as well)|likewise)(?=[ .,:;]|$)"
    r"|\b(?:is|are|does|has|have|runs?|needs?|works?|comes?|holds?)(?: \w+)? as well(?=[.,:;]|$)"
    r"|\bthe same (?:goes|holds|applies|is true|ground|set|jobs?|way)\b"
    r"|\b(?:those|these) (?:\w+ )?(?:decisions|costs|parts|things|points|reasons|features|jobs)\b",
    re.IGNORECASE,
)


def prose_advice(topic: Topic) -> Iterator[Found]:
    """Yield what could be better in the prose of one topic."""
    name = topic_file(topic.id)
    for place, text in side_texts(topic):
        opening = _SENTENCE.split(text)[0]
        if found := _LEANS.search(opening):
            what = f"“{opening[:40]}...” leans on another text (“{found[0]}”)"
            yield name, place, what, "Name what is meant: each side's text is read alone."
    for place, text in leads(topic):
        words = len(text.split())
        if words > LEAD_LIMIT:
            what = f"“{text[:40]}...” has {words} words, and {LEAD_LIMIT} can come first"
            yield name, place, what, "Shorten it, or divide the sentence."
    yield from _unanswered(topic, name)


def side_texts(topic: Topic) -> Iterator[tuple[Place, str]]:
    """Yield the texts that hold for one side only, each with its place."""
    yield from ((("sides", side), text) for side, text in topic.sides.items())
    for number, question in enumerate(topic.questions):
        yield from ((("questions", number, "sides", side), text) for side, text in question.sides.items())


def leads(topic: Topic) -> Iterator[tuple[Place, str]]:
    """Yield what can be shown first: answers as a whole, of the general texts the first sentence."""
    yield ("short",), _SENTENCE.split(topic.short)[0]
    yield ("choice",), _SENTENCE.split(topic.choice or "")[0]
    yield from ((place, _SENTENCE.split(text)[0] if place[0] == "sides" else text) for place, text in side_texts(topic))
    yield from ((("questions", number, "answer"), question.answer) for number, question in enumerate(topic.questions))


def _unanswered(topic: Topic, name: str) -> Iterator[Found]:
    asked = [] if topic.meta else [_plain(ask) for question in topic.questions for ask in question.ask]
    for number, phrasing in enumerate(topic.phrasings if len(asked) >= FEWEST_ASKS else ()):
        if not process.extractOne(_plain(phrasing), asked, scorer=fuzz.token_set_ratio, score_cutoff=LEAST_LIKENESS):
            what = f"“{phrasing}” is like no question of the topic, so no text answers it"
            yield name, ("phrasings", number), what, "Write a question that does, or move it to where it is answered."


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
