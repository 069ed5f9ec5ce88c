"""What every knowledge base inherits: general words of a chat, and messages that nobody can answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import About, OutOfScope, Synonyms, Vocabulary

SUBJECT = "{subject}"
"""In a shared reply: stands for what the knowledge base says of itself."""


@dataclass(frozen=True)
class Shared:
    """What is shared among knowledge bases."""

    vocabulary: Vocabulary
    out_of_scope: tuple[OutOfScope, ...]


def inheriting(knowledge: Knowledge, shared: Shared, fingerprint: str) -> Knowledge:
    """Return a knowledge base with what it inherits; where both say something, its own word counts.

    Args:
        knowledge: what it says itself.
        shared: what it inherits.
        fingerprint: a hash of the files of both.
    """
    groups = tuple(_groups(knowledge, shared))
    return replace(
        knowledge,
        vocabulary=_vocabulary(knowledge.vocabulary, shared.vocabulary),
        out_of_scope=(*knowledge.out_of_scope, *groups),
        inherited=frozenset(group.id for group in groups),
        fingerprint=fingerprint,
    )


def _vocabulary(own: Vocabulary, shared: Vocabulary) -> Vocabulary:
    taken = {word for group in own.synonyms for word in _written(group)}
    synonyms = (group for group in shared.synonyms if taken.isdisjoint(_written(group)))
    return own.model_copy(
        update={
            "synonyms": (*own.synonyms, *synonyms),
            "stop_words": _together(own.stop_words, shared.stop_words),
            "both": _together(own.both, shared.both),
            "frames": own.frames or shared.frames,
        }
    )


def _written(group: Synonyms) -> set[str]:
    return {word.casefold() for word in (group.word, *group.also)}


def _together(own: tuple[str, ...], shared: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *shared)))


def _groups(knowledge: Knowledge, shared: Shared) -> Iterator[OutOfScope]:
    """Yield the shared groups without what the knowledge base can be asked after all: a topic's words, or a side."""
    about = knowledge.about
    own = {group.id for group in knowledge.out_of_scope}
    asked = {text.casefold() for topic in knowledge.topics.values() for text in topic.all_phrasings}
    sides = _names(about)
    for group in shared.out_of_scope:
        kept = tuple(
            text
            for text in group.phrasings
            if text.casefold() not in asked and sides.isdisjoint(text.casefold().split())
        )
        if kept and group.id not in own:
            reply = group.reply.replace(SUBJECT, about.subject)
            yield group.model_copy(update={"reply": reply, "phrasings": kept})


def _names(about: About) -> set[str]:
    return {name.casefold() for side in about.sides for name in (side.id, side.name, *side.aliases)}
