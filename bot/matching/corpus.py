"""The texts that the matcher learns from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bot.knowledge import Knowledge
from bot.knowledge.models import Topic
from bot.matching.sparse import Ints


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts in groups: every topic is one, and after them every out-of-scope group."""

    topics: int
    """How many of the groups are topics."""
    texts: tuple[str, ...]
    labels: Ints
    """The group of each text, ascending."""


def gather(knowledge: Knowledge) -> Corpus:
    """Return the phrasings, titles and keywords of a knowledge base with what they stand for."""
    groups = [*map(_of_topic, knowledge.topics.values())]
    groups += [list(group.phrasings or (group.title,)) for group in knowledge.out_of_scope]
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return Corpus(len(knowledge.topics), tuple(text for group in groups for text in group), labels)


def _of_topic(topic: Topic) -> list[str]:
    return [*topic.phrasings, topic.title, *_long_keywords(topic)]


def _long_keywords(topic: Topic) -> Iterator[str]:
    yield from (keyword for keyword in topic.keywords if len(keyword) > 1)
