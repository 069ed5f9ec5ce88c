"""Reads messages that ask nothing, or nothing but a side, with the help of a knowledge base and the conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from bot.context import Context
from bot.knowledge import Knowledge
from bot.matching.config import DEFAULT, FollowUpConfig
from bot.matching.fusion import Decision
from bot.matching.interpretation import Interpretation, Ranked
from bot.matching.lexicon import Lexicon
from bot.matching.message import plain, word_set, words
from bot.matching.out_of_scope import is_foreign
from bot.matching.ranking import Ranker
from bot.matching.remarks import Remark, about_the_answer, agrees, remark
from bot.matching.sides import BOTH, named

_ASKING_WHAT = word_set("what is are s the a an exactly who tell me about explain define does mean whats")
"""Words beside the name of a side in a phrasing that asks what that side is."""
_LONGEST = DEFAULT.limits.side_asked
_REPLIED = (Remark.STOP, Remark.LOST, Remark.NOTHING)
"""Remarks to which a knowledge base may have a reply of its own: an out-of-scope group that lists the very words."""


class RemarkReader:
    """Recognises what people say between their questions."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, ranker: Ranker, config: FollowUpConfig) -> None:
        self._knowledge, self._lexicon, self._ranker, self._config = knowledge, lexicon, ranker, config
        self._groups = frozenset(group.id for group in knowledge.out_of_scope)

    def read(self, text: str, found: Sequence[str], context: Context) -> Interpretation | None:
        """Return the reading of a message that asks nothing of the knowledge base; None for one that may.

        Args:
            text: the cleaned message.
            found: its words.
            context: what the conversation was about before.
        """
        about, known = self._knowledge.about, context.topic in self._knowledge.topics
        if len(context.suggested) == 1 and agrees(found) and context.suggested[0] in self._knowledge.topics:
            return self._answered(context.suggested[0], context.side)
        wish = about_the_answer(text) if known else None
        if wish:
            return self._answered(context.topic or "", context.side)._replace(continues=True, remark=wish)
        tokens = self._lexicon.read(found)
        repeated = self._ranker.repeated(tokens)
        if repeated in (about.greeting, about.thanks, about.help) and repeated:
            return None
        if tokens and all(token.side for token in tokens):
            return None if known else self._bare(named(self._ranker.mentions(tokens)))
        said = self._said(text, found, context)
        if said is Remark.LOST and known:
            return self._answered(context.topic or "", context.side)._replace(continues=True)
        topic = {Remark.PLEASED: about.thanks, Remark.HELP: about.help}.get(said) if said else None
        if topic in self._knowledge.topics:
            return self._answered(topic or "", None)
        if said in _REPLIED and repeated in self._groups:
            return Interpretation(Decision.UNKNOWN, None, out_of_scope=repeated)
        return Interpretation(Decision.EMPTY, None, remark=said) if said else None

    def _said(self, text: str, found: Sequence[str], context: Context) -> Remark | None:
        said = remark(found, offered=bool(context.suggested))
        if said is Remark.NOTED and text.endswith("?"):
            return None
        if said is None and is_foreign(text, [word for word in found if not self._lexicon.mark(word)]):
            return Remark.FOREIGN
        return said

    def _answered(self, topic: str, side: str | None) -> Interpretation:
        return Interpretation(Decision.ANSWER, side, (Ranked(topic, self._config.sure),))

    def _bare(self, side: str | None) -> Interpretation:
        """Return the reading of a message that is nothing but the name of a side, or of all of them."""
        topic = self._knowledge.about.overview if side == BOTH else self._telling.get(str(side))
        if topic in self._knowledge.topics:
            return self._answered(topic or "", side)
        return Interpretation(Decision.EMPTY, side, remark=Remark.TOPICS)

    @cached_property
    def _telling(self) -> dict[str, str]:
        """The topic that tells what each side is: most of its phrasings ask nothing else; else the overview."""
        asking: Counter[tuple[str, str]] = Counter()
        for topic in self._knowledge.topics.values():
            for phrasing in (topic.title, *topic.all_phrasings):
                found = words(plain(phrasing))
                if len(found) <= _LONGEST:
                    marks = [token.side for token in self._lexicon.sides(found)]
                    rest = [word for word in found if not self._lexicon.sides([word])]
                    if len(marks) == 1 and _ASKING_WHAT.issuperset(rest):
                        asking[str(marks[0]), topic.id] += 1
        overview = self._knowledge.about.overview
        told = dict.fromkeys(self._knowledge.side_names, overview) if overview else {}
        for (side, topic_id), _ in reversed(asking.most_common()):
            told[side] = topic_id
        return {side: topic for side, topic in told.items() if topic}
