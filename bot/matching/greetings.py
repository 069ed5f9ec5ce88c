"""Greetings and thanks in front of a question."""

from __future__ import annotations

import re
from itertools import islice

from bot.knowledge import Knowledge
from bot.matching.message import plain

_LONGEST = 5
"""Words of a greeting or thanks that is taken off."""
_LEFT = 3
"""Words that must be left for it to be taken off."""
_AND = re.compile(r"^(?:and|but|so|now)[ ,]+(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


class Greetings:
    """The greetings and thanks of a knowledge base: short phrasings of those two topics."""

    def __init__(self, knowledge: Knowledge) -> None:
        about = knowledge.about
        ids = (about.greeting, about.thanks)
        topics = [topic for topic in knowledge.topics.values() if topic.id in ids]
        self._known = {tuple(_WORD.findall(plain(phrasing))) for topic in topics for phrasing in topic.all_phrasings}
        self._openers = {words[0] for words in self._known if words}

    def stripped(self, text: str) -> str:
        """Return the text without the greeting or thanks that it begins with, unless there is nothing else."""
        begins = _WORD.search(text)
        if begins is None or begins.group() not in self._openers:
            return text
        found = list(islice(_WORD.finditer(text), _LONGEST + _LEFT))
        for length in range(min(_LONGEST, len(found) - _LEFT), 0, -1):
            if tuple(word.group() for word in found[:length]) in self._known:
                rest = text[found[length - 1].end() :].lstrip(" ,.!:;-\n\t")
                return _AND.sub("", rest) or text
        return text
