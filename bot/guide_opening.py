"""Whether the guide opens from a message: it describes a project, and what it asks is which side to take."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.guide import Guide
from bot.knowledge.knowledge_base import Knowledge
from bot.matching.config import DEFAULT
from bot.matching.fusion import Decision
from bot.matching.interpretation import Interpretation
from bot.matching.question_form import Choosing, only_tells, tells_of_trouble, weighs
from bot.matching.sides import BOTH

_CONFIG, _LIMITS = DEFAULT.replies, DEFAULT.limits
_FOR = re.compile(r"\bfor\b", re.IGNORECASE)


class GuideOpening:
    """Decides whether messages open the guide. It remembers, in memory, how recent ones were read."""

    def __init__(self, guide: Guide, knowledge: Knowledge) -> None:
        self._guide, self._sides = guide, knowledge.side_names
        self._comparing = (knowledge.about.choosing, knowledge.about.overview)
        self._redescribes = lru_cache(maxsize=_LIMITS.readings)(self._describes)

    def tells_of_a_project(self, text: str, reading: Interpretation) -> bool:
        """Return whether the guide can begin from a message: it describes a project, or names one in a few words."""
        describes = self._redescribes if len(text) <= _LIMITS.remembered else self._describes
        doubts = self._doubts(text, reading)
        if doubts >= _CONFIG.doubts:
            return False
        if describes(text, doubts) and not (self._guide.asks(text) and _asked_so(text, reading)):
            return True
        between = reading.side == BOTH and _FOR.search(text) is not None
        nothing_else = reading.outcome in (Decision.SUGGEST, Decision.UNKNOWN) and not reading.out_of_scope
        nothing_else = nothing_else and " or " not in text
        asks_to_choose = reading.choosing is Choosing.YES and (between or nothing_else)
        plainly = not doubts or weighs(text.casefold())
        return asks_to_choose and plainly and self._guide.names_a_project(text)

    def asks_besides(self, text: str, reading: Interpretation) -> bool:
        """Return whether a message that describes a project asks something else than what to choose."""
        answered = reading.outcome is Decision.ANSWER
        if reading.tells and reading.out_of_scope is not None:
            return True
        if (reading.ranked and reading.ranked[0].topic in self._comparing) or only_tells(text):
            return False
        if reading.tells:
            near = (one.topic for one in reading.ranked if one.confidence >= _CONFIG.instead)
            compares = reading.side == BOTH or any(topic in self._comparing for topic in near)
            return answered or reading.choosing is Choosing.NO or not compares
        if reading.choosing is Choosing.YES:
            sure = answered and reading.ranked[0].confidence >= _CONFIG.not_choosing
            return sure and not self._guide.names_a_project(text)
        return answered or reading.choosing is Choosing.NO

    def _doubts(self, text: str, reading: Interpretation) -> int:
        """Return how many reasons there are to take a message for something else than a project to advise on."""
        elsewhere = reading.out_of_scope is not None and not reading.tells
        one_side = reading.side in self._sides and not weighs(text.casefold())
        return elsewhere + one_side + tells_of_trouble(text.casefold())

    def _describes(self, text: str, doubts: int) -> bool:
        return self._guide.describes(text, doubts=doubts)


def _asked_so(text: str, reading: Interpretation) -> bool:
    """Return whether a short message is, nearly word for word, a question that a topic answers."""
    sure = reading.outcome is Decision.ANSWER and reading.ranked[0].confidence >= _CONFIG.word_for_word
    return sure and len(text) <= _CONFIG.short
