"""Topics that somebody may be typing: for autocomplete, and for naming a topic in a command."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from bot.knowledge import Knowledge
from bot.knowledge.models import Topic
from bot.matching.config import DEFAULT
from bot.matching.message import clean, plain
from bot.matching.spelling import Speller

_CONFIG = DEFAULT.completion
_WORD = re.compile(r"[^\W_]+")


class Completion:
    """An index of the words of titles, keywords and phrasings by their beginnings."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._topics = tuple(knowledge.topics.values())
        self._starters = _starters(knowledge)
        self._names = _names(self._topics)
        weights: dict[str, dict[int, float]] = defaultdict(dict)
        for number, topic in enumerate(self._topics):
            for word, weight in _weighted(topic).items():
                weights[word][number] = weight
        self._weights = {word: _flattened(topics) for word, topics in weights.items()}
        self._sorted = sorted(self._weights)
        self._speller = Speller(self._sorted)

    def complete(self, typed: str, limit: int = 25) -> tuple[str, ...]:
        """Return ids of the topics that fit what was typed so far, best first; good starters for an empty text."""
        found = _WORD.findall(clean(typed).text[: _CONFIG.longest])[: _CONFIG.words]
        if not found:
            return self._starters[:limit]
        totals: dict[int, float] = defaultdict(float)
        for place, word in enumerate(found):
            for number, weight in self._fitting(word, last=place == len(found) - 1).items():
                totals[number] += weight
        begins = " ".join(found)
        for number, topic in enumerate(self._topics):
            if number in totals and plain(topic.title).startswith(begins):
                totals[number] += 2 * _CONFIG.title
        best = sorted(totals, key=lambda number: (-totals[number], number))
        return tuple(self._topics[number].id for number in best[:limit])

    def named(self, text: str) -> str | None:
        """Return the topic with exactly this id, title or keyword."""
        return self._names.get(" ".join(_WORD.findall(clean(text).text)))

    def _fitting(self, word: str, *, last: bool) -> dict[int, float]:
        words = {word: 1.0} if word in self._weights else {}
        if last or not words:
            begin = bisect_left(self._sorted, word)
            endings = [known for known in self._sorted[begin : begin + _CONFIG.endings] if known.startswith(word)]
            words |= {known: _CONFIG.begun + (1 - _CONFIG.begun) * len(word) / len(known) for known in endings}
        words = words or dict(self._speller.neighbours(word))
        best: dict[int, float] = {}
        for known, share in words.items():
            for number, weight in self._weights[known].items():
                best[number] = max(best.get(number, 0.0), weight * share)
        return best


def _weighted(topic: Topic) -> dict[str, float]:
    weights: dict[str, float] = {}
    sources = (
        (_CONFIG.phrasing, topic.all_phrasings),
        (_CONFIG.keyword, topic.keywords),
        (_CONFIG.title, (topic.title, topic.id)),
    )
    for weight, texts in sources:
        for word in {word for text in texts for word in _WORD.findall(plain(text))}:
            weights[word] = weight
    return weights


def _flattened(topics: dict[int, float]) -> dict[int, float]:
    """Return the weights of a word, less for a word that many topics have."""
    return {number: weight / (1 + len(topics)) ** 0.5 for number, weight in topics.items()}


def _names(topics: tuple[Topic, ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for texts in (
        [(t.id, t.id) for t in topics],
        [(t.title, t.id) for t in topics],
        [(k, t.id) for t in topics for k in t.keywords],
    ):
        for text, topic in texts:
            names.setdefault(" ".join(_WORD.findall(plain(text))), topic)
    return names


def _starters(knowledge: Knowledge) -> tuple[str, ...]:
    about = knowledge.about
    first = [topic for topic in (about.choosing, about.overview) if topic]
    rest = [topic for topic in knowledge.topics if topic not in about.meta_topics]
    return tuple(dict.fromkeys([*first, *rest, *([about.help] if about.help else [])]))
