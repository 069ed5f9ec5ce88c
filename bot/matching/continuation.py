"""How a short message hangs on what was said before it. The word lists are English, not of any knowledge base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from bot.context import TOLD_QUESTION, Context
from bot.knowledge import Knowledge
from bot.matching import message
from bot.matching.arrays import Floats
from bot.matching.config import DEFAULT, FollowUpConfig
from bot.matching.fusion import Decision
from bot.matching.interpretation import Interpretation, Ranked
from bot.matching.lexicon import MARK, MARK_BOTH, Lexicon
from bot.matching.message import word_set
from bot.matching.question_form import QuestionForm
from bot.matching.questions import QuestionMatch, QuestionMatcher
from bot.matching.semantic import SemanticReader
from bot.matching.sides import BOTH
from bot.matching.vectorizer import Query

_LIMITS = DEFAULT.follow_ups


_GLUE = word_set(
    "and but so or what about how for in with on to too also as well same ok okay then instead now again the a an of "
    "is are do does can could would will should did was were i we you it that this they them those one ones other "
    "others yes no please sorry thanks there here say if question thing case side any some"
)
_WEAK = word_set(
    "need use have work support offer provide handle allow get give go make need want people exist be look like whats"
)
"""Verbs that say little by themselves: "does that work in ...?" asks about the topic before."""
_MORE = word_set(
    "why how come not explain more tell me details detail elaborate really because reason on else exactly sense "
    "example give mean say bit"
)
_QUESTIONS = word_set(
    "how why come which when since where who whose much many long often far by because reason possible"
)
"""Words that ask about whatever was said before."""
_COMPARED = word_set("compare compared comparing comparison versus vs than against relative next stack up")
_DEGREE = word_set("good bad well better worse much fast slow hard easy big far close how")
_COMPARATIVES = word_set("better worse easier simpler harder faster slower safer cheaper quicker stronger nicer")
_CHOICES = word_set(
    "recommend recommended prefer choose pick suggest best preferred learn start beginner beginners library package "
    "tool option"
)
"""Beside comparatives, what a choice is asked with that may be about whatever was said before."""
_EQUIVALENT = word_set("equivalent equivalents counterpart alternative version analog analogue answer pendant")
_DEFINITIONS = {("what", "is", MARK), ("what", MARK), ("who", "is", MARK), ("what", "is", "a", MARK)}
"""Ask what a side is, whatever was said before."""
_CHOSEN = word_set("which any the this that other no each every first second third last another")
"""Before "one", these make it a choice or a part of what is said, not a word that points back."""
_BACK = word_set("it its that this they them their those these there other others same too also well neither instead")
"""Words that point back to what was said before."""
_IT = word_set("it its that this them they")
_ABOUT = word_set("in with for on using under")
"""Words that point back when a side follows them at the beginning: "in ... what do people do"."""
_OPENERS = word_set("and but so or then also")
_OPENINGS = (("what", "about"), ("how", "about"), ("what", "if"))
_PICK = re.compile(
    r"^(?:(?:the|option|number|no|nr|choice|answer|i mean|i meant|take|#)\W*)*"
    r"(?:(?P<n>[1-9])|(?P<word>first|second|third|last|1st|2nd|3rd|one|two|three))\W*(?:(?:one|option|please)\W*)*$"
)
_ORDINALS = dict.fromkeys(("first", "1st", "one"), 0)
_ORDINALS |= dict.fromkeys(("second", "2nd", "two"), 1) | dict.fromkeys(("third", "3rd", "three"), 2) | {"last": -1}


class Continuation(Enum):
    """How a message hangs on the one before."""

    NONE = auto()
    SAME = auto()
    """It only changes the side: the topic stays."""
    COMPARES = auto()
    """It only puts another side beside the one before."""
    MORE = auto()
    """It only asks for more."""
    ASKS = auto()
    """It is nothing but a word that asks, such as "how?": what it asks was said before."""
    WEIGHS = auto()
    """It only asks which is better or what to take, of what was said before."""
    POINTS = auto()
    """It points back with a word such as "it" or "too"."""
    OPENS = auto()
    """It begins as a continuation does."""
    SHORT = auto()
    """It is short enough to be elliptical."""

    def __bool__(self) -> bool:
        """Return whether it hangs on the one before at all."""
        return self is not Continuation.NONE


ITSELF = {
    Continuation.POINTS: _LIMITS.points,
    Continuation.OPENS: _LIMITS.opens,
    Continuation.SHORT: _LIMITS.elliptical,
}
"""Confidence from which such a message still stands for itself."""
GAIN = {
    Continuation.POINTS: _LIMITS.points_gain,
    Continuation.OPENS: _LIMITS.opens_gain,
    Continuation.SHORT: _LIMITS.elliptical_gain,
}
"""What the topic before gains from such a message, in log-odds."""


def tie(words: Sequence[str]) -> Continuation:
    """Return how a message with these words (side names replaced by the mark) hangs on the one before."""
    bare = [word for word in words if word not in (MARK, MARK_BOTH)]
    if len(words) > _LIMITS.longest:
        return Continuation.NONE
    sided = len(bare) < len(words)
    only = _only(words, bare, sided=sided)
    if only is not Continuation.NONE:
        return only
    if _points_back(words, bare):
        return Continuation.POINTS
    if opens(words):
        return Continuation.OPENS
    return Continuation.SHORT if len(words) <= _LIMITS.short else Continuation.NONE


def _only(words: Sequence[str], bare: Sequence[str], *, sided: bool) -> Continuation:
    """Return what is said if it is nothing but which side is meant, that more is wanted, or a word that asks."""
    if tuple(words) in _DEFINITIONS:
        return Continuation.NONE
    back = _points_back(words, bare)
    if sided and back and any(word in _COMPARED for word in bare) and _all(bare, _GLUE | _WEAK | _COMPARED | _DEGREE):
        return Continuation.COMPARES
    known = _GLUE | _WEAK | _DEGREE | _COMPARATIVES
    if sided and back and not _COMPARATIVES.isdisjoint(bare) and _all(bare, known):
        return Continuation.COMPARES
    if sided and any(word in _EQUIVALENT for word in bare) and _all(bare, _GLUE | _WEAK | _EQUIVALENT | _MORE):
        return Continuation.SAME
    if not bare or (_all(bare, _GLUE) and (sided or other(bare))):
        return Continuation.SAME
    if sided:
        return Continuation.SAME if back and _all(bare, _GLUE | _WEAK) else Continuation.NONE
    asks = _all(bare, _GLUE | _WEAK | _QUESTIONS) and not _QUESTIONS.isdisjoint(bare)
    if asks and len(bare) <= _LIMITS.short and {"one", "ones", "else", "about"}.isdisjoint(bare):
        return Continuation.WEIGHS if "which" in bare else Continuation.ASKS
    if not (_COMPARATIVES | _CHOICES).isdisjoint(bare) and _all(bare, known | _QUESTIONS | _CHOICES):
        return Continuation.WEIGHS
    if _all(bare, _GLUE):
        return Continuation.NONE
    return Continuation.MORE if _all(bare, _GLUE | _MORE) else Continuation.NONE


def _all(words: Sequence[str], known: frozenset[str]) -> bool:
    return bool(words) and known.issuperset(words)


def _points_back(words: Sequence[str], bare: Sequence[str]) -> bool:
    if words and words[0] in _ABOUT and words[1:2] == [MARK]:
        return True
    anaphor = any(word in ("one", "ones") and before not in _CHOSEN for before, word in pairwise(["which", *bare]))
    return anaphor or any(word in _BACK for word in bare)


def opens(words: Sequence[str]) -> bool:
    """Return whether a message begins as a continuation."""
    return bool(words) and (words[0] in _OPENERS or tuple(words[:2]) in _OPENINGS)


def only_points(words: Sequence[str]) -> bool:
    """Return whether a sentence has no subject of its own: "and do i need one"."""
    return all(word in _GLUE or word in _WEAK or word in _BACK for word in words)


def other(words: Sequence[str]) -> bool:
    """Return whether a message asks for the other side without naming it."""
    return any(word in ("other", "others") for word in words)


_CORRECTING = re.compile(
    r"^(?:(?:no|nope|nah|sorry|hm+|well|actually)\b[\s,.!-]*)*(?:not (?P<not>[^,.;]{1,40})[,.;]\s*)?(?:but )?"
    r"(?:i (?:really |actually )?(?:mean|meant|was (?:asking|talking) about|am (?:asking|talking) about)|i'm "
    r"(?:asking|talking) about"
    r"|my question (?:is|was) about|rather)\s+(?P<meant>\S.*)$"
)


def corrected(text: str) -> str:
    """Return what somebody says that they meant, in "no, I meant ..."; the text itself where nobody does."""
    match = _CORRECTING.match(text)
    return match["meant"] if match else text


def picked(text: str, suggested: Sequence[str]) -> str | None:
    """Return the suggestion that "2" or "the second one" picks."""
    match = _PICK.match(text) if suggested and len(text) <= DEFAULT.limits.pick else None
    if match is None:
        return None
    place = int(match["n"]) - 1 if match["n"] else _ORDINALS[match["word"]]
    return suggested[place] if place < len(suggested) else None


class FollowUps:
    """Finds out what is asked of the topic before."""

    def __init__(
        self,
        knowledge: Knowledge,
        lexicon: Lexicon,
        questions: QuestionMatcher,
        semantic: SemanticReader | None,
        config: FollowUpConfig,
    ) -> None:
        self._knowledge, self._lexicon = knowledge, lexicon
        self._questions, self._semantic, self._config = questions, semantic, config

    def tie(self, found: Sequence[str], context: Context) -> Continuation:
        """Return how a message with these words hangs on the one before."""
        if context.topic not in self._knowledge.topics:
            return Continuation.NONE
        how = tie([self._lexicon.mark(word) or word for word in found])
        if how is Continuation.WEIGHS and self.whole(context):
            return Continuation.SHORT if len(found) <= self._config.short else Continuation.NONE
        return how

    def whole(self, context: Context) -> bool:
        """Return whether the topic before is about the sides as such, as the overview is, and not about a subject."""
        topics = self._knowledge.topics
        overview, before = topics.get(self._knowledge.about.overview or ""), topics.get(context.topic or "")
        return overview is not None and before is not None and overview.area == before.area

    def named(self, found: Sequence[str], context: Context) -> list[str]:
        """Return the words of a message with the side that was talked of in the place of "it"; else at the end."""
        name = message.words(message.plain(self._knowledge.side_names[str(context.side)]))
        place = next((place for place, word in enumerate(found) if word in _IT), None)
        return [*found, *name] if place is None else [*found[:place], *name, *found[place + 1 :]]

    def turned(self, found: Sequence[str], context: Context, side: str | None, tie: Continuation) -> Interpretation:
        """Return the reading of a message that only changes the side."""
        if tie is Continuation.COMPARES:
            side = BOTH
        elif other(found):
            side = self._other_side(side)
        topic = self._counterpart(context.topic or "", context.side, side)
        ranked = (Ranked(topic, self._config.sure),)
        return Interpretation(Decision.ANSWER, side, ranked, continues=topic == context.topic)

    def more(
        self, found: Sequence[str], query: Query, context: Context, side: str | None, tie: Continuation
    ) -> Interpretation:
        """Return the reading of a message that asks for more, or only how, why, since when."""
        asked = None if tie is Continuation.MORE else self.asked(found, query, context)
        form = QuestionForm.CHOICE if tie is Continuation.WEIGHS else QuestionForm.OTHER
        ranked = (Ranked(context.topic or "", self._config.sure),)
        return Interpretation(Decision.ANSWER, side, ranked, question=asked, continues=True, form=form)

    def asked(self, found: Sequence[str], query: Query, context: Context) -> QuestionMatch | None:
        """Return the question of the topic before that a message asks, read after the wording of the last one."""
        told = {key.removeprefix(TOLD_QUESTION) for key in context.told if key.startswith(TOLD_QUESTION)}
        skipped = told | ({context.question} if context.question else set())
        return self._questions.match(
            context.topic or "", query, self.vector(found, context), skipped=skipped, least=self._config.asked_from
        )

    def vector(self, found: Sequence[str], context: Context) -> Floats | None:
        """Return the vector of the last question and this message together."""
        if self._semantic is None:
            return None
        return self._semantic.vector(f"{self._wording(context)}? {self._lexicon.mended(found, self._semantic.knows)}")

    def favoured(self, context: Context, tie: Continuation) -> dict[str, float]:
        """Return the topics that a message which hangs on the one before is likelier to be about."""
        topic = self._knowledge.topics[context.topic or ""]
        gain = GAIN[tie]
        return {**dict.fromkeys(topic.related, gain * self._config.related), topic.id: gain}

    def _wording(self, context: Context) -> str:
        topic = self._knowledge.topics[context.topic or ""]
        asked = next((question.ask[0] for question in topic.questions if question.id == context.question), None)
        return asked or topic.title

    def _counterpart(self, topic: str, before: str | None, side: str | None) -> str:
        """Return the topic that says of one side what another says of the other: its id names the other side."""
        sides = self._knowledge.side_names
        if side is None or side not in sides:
            return topic
        swapped = {"-".join(side if part == other else part for part in topic.split("-")) for other in sides}
        found = [other for other in swapped if other != topic and other in self._knowledge.topics]
        return found[0] if len(found) == 1 and before != side else topic

    def _other_side(self, side: str | None) -> str | None:
        """Return the side that is not this one, where there are two."""
        others = [known for known in self._knowledge.side_names if known != side]
        return others[0] if len(others) == 1 else side
