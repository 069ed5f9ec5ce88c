"""Messages that ask nothing, by what people mean with them. The lists are English, of no knowledge base."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from bot.context import Context, offered
from bot.knowledge import Knowledge
from bot.matching.choice import FollowUpConfig
from bot.matching.config import DEFAULT
from bot.matching.continuation import picked
from bot.matching.fusion import Decision
from bot.matching.interpretation import Interpretation, Ranked, Remark
from bot.matching.lexicon import Lexicon
from bot.matching.message import THANKING, is_courtesy, plain, word_set, words
from bot.matching.out_of_scope import is_foreign
from bot.matching.questions import QuestionMatch
from bot.matching.ranking import Ranker
from bot.matching.sides import BOTH, named

_ASKING_WHAT = word_set("what is are s the a an exactly who tell me about explain define does mean whats")
"""Words beside the name of a side in a phrasing that asks what that side is."""
_POINTING = word_set("it they this that these")
"""Words for a side that phrasings have in its place."""
_WEIGHING = word_set("or better best should choose use take pick prefer i we you")
_COMPARING = word_set("vs versus and against compare compared comparing comparison difference differences between")
_COMPARING |= word_set("with to differ which what is are the a of how do does from or me")
"""Words beside the names of all sides in a message that asks nothing else of them: to weigh them, or to compare."""
_LONGEST = DEFAULT.limits.side_asked
_REPLIED = (Remark.STOP, Remark.LOST, Remark.NOTHING)
"""Remarks to which a knowledge base may have a reply of its own: an out-of-scope group that lists the very words."""


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in listed.split("|"))


_SAID = {
    Remark.LOST: _phrases(
        "huh|what|wat|wut|hm|hmm|eh|pardon|come again|sorry what|excuse me|what do you mean|what does that mean|"
        "i am lost"
        "|i do not get it|i do not get that|i do not understand|i do not understand that|confused|i am confused"
        "|that makes no sense|say again|i do not follow"
    ),
    Remark.UNDECIDED: _phrases(
        "idk|dunno|i dunno|i do not know|do not know|not sure|i am not sure|no idea|i have no idea|no clue|"
        "unsure|beats me"
        "|hard to say|no preference"
    ),
    Remark.STOP: _phrases(
        "stop|cancel|quit|exit|abort|never mind|nevermind|nvm|forget it|forget about it|leave it|drop it|that is all"
        "|that is it|no thanks|no thank you|nothing|enough|end|stop it|stop that|go away|be quiet|shut up|not now|later"
        "|skip it|done|i am done|nah"
    ),
    Remark.PLEASED: _phrases(
        "perfect|awesome|great|excellent|brilliant|nice|very nice|nice one|good job|well done|good bot|that helps"
        "|that helped|that helps a lot|very helpful|helpful|so helpful|good answer|great answer|exactly what i needed"
        "|that is what i needed|just what i needed|makes sense|that makes sense|love it|amazing|super|sweet|lovely"
        "|appreciate it|appreciated|you are the best|you rock|legend"
    ),
    Remark.NOTED: _phrases(
        "lol|lmao|rofl|xd|ok|okay|k|kk|cool|got it|i see|good to know|fair|fair enough|alright|all right|right|sure|wow"
        "|noted|understood|interesting|sounds good|fine|yes|yep|yeah|yup|no|nope|ah|oh|ah ok|oh ok|ok cool|yay|hehe"
        "|funny|true|agreed|gotcha|roger|whatever|meh|oops|sorry|my bad|omg|wtf|damn|test|testing testing|ping"
    ),
    Remark.HELP: _phrases(
        "faq|faqs|menu|main menu|commands|command list|list of commands|show menu|show commands|options|start|usage"
        "|instructions|manual|what now|how does this work|how do you work|how do i use this|how do i use you"
    ),
}
_REFUSED = _phrases(
    "no|nope|nah|none|neither|none of these|none of those|none of them|not these|no none|nothing|something else|"
    "no neither"
)
_AGREED = _phrases(
    "yes|yep|yeah|yup|yes please|right|exactly|correct|sure|that one|this one|that|yes that|yes that one"
)
_SOURCES = re.compile(
    r"(?:(?:and |so |ok |any |your |the |got (?:an? |any )?|do you have (?:an? |any )?|can i (?:see|have|get) "
    r"(?:the |an? )?"
    r"|what(?:'s| is| are) (?:the |your )|show (?:me )?(?:the |your )?|give me (?:the |an? )?)?"
    r"(?:sources?|references?|citations?|links?|proof|evidence)(?: (?:for (?:that|this|it)|please|pls|of (?:that|"
    r"this)))*"
    r"|where (?:is|does|did|do) (?:that|this|it|you) (?:come from|from|get (?:that|this|it)(?: from)?)"
    r"|where do you (?:have|know) (?:that|this|it) from|how do you know(?: that| this)?|is that official)\W*"
)
_SHORTER = re.compile(
    r"(?:(?:the |a |can i (?:have|get) (?:the |a )|give me (?:the |a )|make it |can you make it |in )?"
    r"(?:shorter|short|briefly|brief|one sentence|one line|a sentence|a nutshell|tl;?dr|tldr|summary|fewer words)"
    r"(?: (?:version|answer|one|summary|form))?(?: of (?:that|this|it))?|too long|sum (?:it|that|this) up|summari[sz]e"
    r"(?: (?:it|that|this))?)(?:,? (?:please|pls|plz))?\W*"
)
_LAUGHS = re.compile(r"(?:a?(?:ha|he|hi){2,}h?|lo+l+|x+d+|hm+|o+h+|a+h+|wo+w+)")
_FILLERS = frozenset({"please", "pls", "then", "so", "um", "uh", "ok", "oh", "ah", "man", "mate"})


def remark(found: Sequence[str], *, offered: bool = False) -> Remark | None:
    """Return what these words of a message amount to if they ask nothing.

    Args:
        found: the words of the cleaned message.
        offered: whether topics were offered just before, so that "no" turns them down.
    """
    if all(len(word) == 1 and word != "k" for word in found):
        return Remark.NOTHING
    if not THANKING.isdisjoint(found) and is_courtesy(found):
        return Remark.PLEASED
    if len(found) > DEFAULT.limits.bare_remark:
        return None
    bare = [word for word in found if word not in _FILLERS] or list(found)
    forms = {tuple(found), tuple(bare)}
    if offered and not forms.isdisjoint(_REFUSED):
        return Remark.NONE_OF_THESE
    known = next((kind for kind, phrases in _SAID.items() if not forms.isdisjoint(phrases)), None)
    return Remark.NOTED if known is None and all(map(_LAUGHS.fullmatch, found)) else known


def agrees(found: Sequence[str]) -> bool:
    """Return whether these words say yes to the one topic that was offered."""
    return tuple(found) in _AGREED


def about_the_answer(text: str) -> Remark | None:
    """Return what a cleaned message wants of the answer before: its sources, or fewer words."""
    if _SOURCES.fullmatch(text):
        return Remark.SOURCES
    return Remark.SHORTER if _SHORTER.fullmatch(text) else None


class RemarkReader:
    """Recognises what people say between their questions."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon, ranker: Ranker, config: FollowUpConfig) -> None:
        self._knowledge, self._lexicon, self._ranker, self._config = knowledge, lexicon, ranker, config
        self._groups = frozenset(group.id for group in knowledge.out_of_scope)
        self._meta = knowledge.about.meta_topics

    def read(self, text: str, found: Sequence[str], context: Context) -> Interpretation | None:
        """Return the reading of a message that asks nothing of the knowledge base; None for one that may.

        Args:
            text: the cleaned message.
            found: its words.
            context: what the conversation was about before.
        """
        about, known = self._knowledge.about, context.topic in self._knowledge.topics
        if chosen := self._chosen(text, found, context):
            return chosen
        wish = about_the_answer(text) if known else None
        if wish:
            return self._answered(context.topic or "", context.side)._replace(continues=True, remark=wish)
        tokens = self._lexicon.read(found)
        repeated = self._ranker.repeated(tokens)
        if repeated in self._meta:
            return None
        if tokens and all(token.side for token in tokens):
            return None if known else self._sides_alone(found, set())
        if not known and repeated is None and (alone := self._sides_alone(found, self._beside_sides(found))):
            return alone
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

    def _chosen(self, text: str, found: Sequence[str], context: Context) -> Interpretation | None:
        """Return the reading of a message that takes what was offered: "2", "the second one", "yes" to a single one."""
        only = context.suggested[0] if len(context.suggested) == 1 and agrees(found) else None
        taken = only or picked(text, context.suggested)
        if taken is None:
            return None
        topic, question = offered(taken)
        return self._asked(topic, question, context.side, 1.0) if topic in self._knowledge.topics else None

    def _answered(self, topic: str, side: str | None) -> Interpretation:
        return self._asked(topic, "", side, self._config.sure)

    def _asked(self, topic: str, question: str, side: str | None, confidence: float) -> Interpretation:
        """Return the reading of a message that plainly asks this question of a topic, or for the topic as such."""
        asked = self._knowledge.topics[topic].question(question)
        match = QuestionMatch(asked.id, 1.0, asked.ask[0]) if asked else None
        return Interpretation(Decision.ANSWER, side, (Ranked(topic, confidence),), question=match)

    def _beside_sides(self, found: Sequence[str]) -> set[str]:
        return {word for word in found if not self._lexicon.sides([word])}

    def _sides_alone(self, found: Sequence[str], rest: AbstractSet[str]) -> Interpretation | None:
        """Return the reading of a message that asks of nothing but sides: what one is, or how they compare.

        `rest` are its other words.
        """
        side = named(self._ranker.mentions(self._lexicon.read(found)))
        if side is None or not rest <= (_WEIGHING | _COMPARING if side == BOTH else _ASKING_WHAT):
            return None
        about = self._knowledge.about
        weighs = not rest.isdisjoint(_WEIGHING)
        both = (about.choosing, about.overview) if weighs else (about.overview, about.choosing if rest else None)
        told = [(topic, "") for topic in both] if side == BOTH else [self._telling.get(side, (None, ""))]
        for topic, question in told:
            if topic in self._knowledge.topics:
                return self._asked(topic or "", question, side, self._config.sure)
        return Interpretation(Decision.EMPTY, side, remark=Remark.TOPICS)

    @cached_property
    def _telling(self) -> dict[str, tuple[str, str]]:
        """The topic, and its question, that tells what each side is; else the overview.

        Most of its phrasings ask nothing else. The question is empty for a topic as such.
        """
        asking: Counter[tuple[str, str, str]] = Counter()
        for topic in self._knowledge.topics.values():
            asked = {"": (topic.title, *topic.phrasings)} | {each.id: each.ask for each in topic.questions}
            for question, phrasing in ((question, text) for question, texts in asked.items() for text in texts):
                asking.update((side, topic.id, question) for side in self._sides_told(phrasing))
        overview = self._knowledge.about.overview
        told = dict.fromkeys(self._knowledge.side_names, (overview, "")) if overview else {}
        return told | {side: (topic, question) for (side, topic, question), _ in reversed(asking.most_common())}

    def _sides_told(self, phrasing: str) -> list[str]:
        """Return the sides of which a phrasing asks what they are: the one that it names, or all for "what is it"."""
        found = words(plain(phrasing))
        if len(found) > _LONGEST:
            return []
        marks, rest = [token.side for token in self._lexicon.sides(found)], self._beside_sides(found)
        if len(marks) == 1 and rest <= _ASKING_WHAT:
            return [str(marks[0])]
        points = not marks and not rest.isdisjoint(_POINTING) and rest <= _ASKING_WHAT | _POINTING
        return [*self._knowledge.side_names] if points else []
