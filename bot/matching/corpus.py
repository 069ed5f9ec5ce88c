"""The texts that the matcher learns from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bot.knowledge import Knowledge
from bot.knowledge.models import OutOfScope, Topic
from bot.matching.config import DEFAULT, CorpusConfig
from bot.matching.lexical.arrays import Ints

GENERAL, NO_PHRASING = -1, -2
FRAMED = 4
"""Names of each topic, its id and first keywords, that are put into the frames of comparisons."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts in groups: every topic is one, and after them every out-of-scope group."""

    topics: int
    """How many of the groups are topics."""
    texts: tuple[str, ...]
    labels: Ints
    """The group of each text, ascending."""
    questions: Ints
    """The number of the topic's question that each text asks, `GENERAL` for the topic's own phrasings, `NO_PHRASING`
    for titles, keywords and whatever nobody has written as a question."""


def gather(knowledge: Knowledge, config: CorpusConfig = DEFAULT.corpus) -> Corpus:
    """Return the phrasings, titles and keywords of a knowledge base with what they stand for."""
    groups = [[*_of_topic(topic, config), *_comparisons(topic, knowledge)] for topic in knowledge.topics.values()]
    phrasings = sum(len(topic.all_phrasings) for topic in knowledge.topics.values())
    beyond = [_sampled(group, phrasings * config.beyond, knowledge) for group in knowledge.out_of_scope]
    groups += [[(text, NO_PHRASING) for text in texts] for texts in beyond]
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    texts, questions = zip(*(entry for group in groups for entry in group), strict=True)
    return Corpus(len(knowledge.topics), texts, labels, np.array(questions, np.int64))


def _sampled(group: OutOfScope, most: float, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the examples of an out-of-scope group, evenly thinned out where all groups have more than `most`."""
    texts = group.phrasings or (group.title,)
    share = most / max(1, sum(len(one.phrasings) or 1 for one in knowledge.out_of_scope))
    if share >= 1:
        return texts
    kept = max(1, round(len(texts) * share))
    return tuple(texts[place * len(texts) // kept] for place in range(kept))


def _of_topic(topic: Topic, config: CorpusConfig) -> Iterator[tuple[str, int]]:
    yield from ((phrasing, GENERAL) for phrasing in topic.phrasings)
    for number, question in enumerate(topic.questions):
        yield from ((ask, number) for ask in question.ask)
    yield topic.title, NO_PHRASING
    if len(topic.all_phrasings) < config.introduced:
        yield f"{topic.title}. {topic.short}", NO_PHRASING
    yield from ((keyword, NO_PHRASING) for keyword in _long_keywords(topic))


def _long_keywords(topic: Topic) -> Iterator[str]:
    yield from (keyword for keyword in topic.keywords if len(keyword) > 1)


def _comparisons(topic: Topic, knowledge: Knowledge) -> Iterator[tuple[str, int]]:
    """Yield comparisons of the sides in respect of a topic, by its names.

    Topics that speak of the sides as a whole have none: their area is that of the overview.
    """
    overview = knowledge.topics.get(knowledge.about.overview or "")
    if not topic.sides or (overview and topic.area == overview.area):
        return
    sides = {name.casefold() for side in knowledge.about.sides for name in (side.name, *side.aliases)}
    names = dict.fromkeys((topic.id.replace("-", " "), *topic.keywords))
    subjects = [name for name in names if not any(side in name.casefold() for side in sides)]
    for subject in subjects[:FRAMED]:
        yield from ((frame.replace("{}", subject), NO_PHRASING) for frame in knowledge.vocabulary.frames)
