"""Whether the guide opens from a message: it describes a project, and what it asks is which side to take."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from bot.guide import Guide
from bot.knowledge.knowledge_base import Knowledge
from bot.matching.config import DEFAULT
from bot.matching.fusion import Decision
from bot.matching.interpretation import Interpretation
from bot.matching.message import sentences
from bot.matching.question_form import Choosing, only_tells, tells_of_plans, tells_of_trouble, weighs
from bot.matching.sides import BOTH
from bot.other_matters import OtherMatters, alternatives, reports_changes

_CONFIG, _LIMITS, _PLAINLY = DEFAULT.replies, DEFAULT.limits, DEFAULT.questions
_STORY = 600
"""Characters from which on a message asks for more than one thing, as a rule."""
_FOR = re.compile(r"\bfor\b(?! in\b| from\b| good\b| free\b)", re.IGNORECASE)
_OR = re.compile(r"\b(?:or|vs|versus)\b|/")
_WORKS = (
    r"(?:apps?|applications?|(?:web ?)?sites?|projects?|shop|store|blog|portal|back ?end|apis?|service|servers?"
    r"|monolith|code ?base|code|dashboard|tools?|intranet|platform|system|team|views?|admin|installation|tutorial"
    r"|course)"
)
_WANTS = re.compile(rf"\b(?:we|i) (?:need|want|build|plan|make)\b|^an? (?:[\w-]+ ){{0,3}}{_WORKS}\b")
_OWN = r"(?:my|our|the|this|that|their|his|her|existing|current|old|legacy|inherited)"
_MAKING = ("build", "make", "write", "create", "develop", "building", "making", "writing", "creating", "need", "want")
_RUNS = (
    r"(?:runs?|running|ran|uses|using|deploy\w*|upgrad\w*|maintain\w*|inherit\w*|host(?:s|ed|ing)?|operat\w*|moved|started"
    r"|learn(?:s|ed|ing)?|finished|switched|hir(?:e|ed|ing)|support\w*)"
)


class GuideOpening:
    """Decides whether messages open the guide. It remembers, in memory, how recent ones were read."""

    def __init__(self, guide: Guide, knowledge: Knowledge, other_matters: OtherMatters) -> None:
        self._guide, self._other_matters = guide, other_matters
        self._names = [{name.casefold() for name in (side.name, *side.aliases)} for side in knowledge.about.sides]
        self._words = frozenset[str]().union(*self._names)
        either = "|".join(map(re.escape, sorted(self._words)))
        self._between_sides = re.compile(rf"\b(?:{either}) (?:or|vs\.?|versus) (?:{either})\b", re.IGNORECASE)
        moves = r"(?:rewrit|port|switch|migrat|mov|becom|redo|time for|bite the bullet|learn)\w*"
        self._moves = re.compile(rf"\b{moves} (?:\w+ ){{0,3}}(?:{either})\b[^.?!]*\?", re.IGNORECASE)
        fits = r"(?:too (?:much|heavy|big|small|little|large)|enough|overkill|ok|right|the right|a good)"
        self._fits = re.compile(rf"\b(?:is|would|will) (?:{either}) (?:be )?{fits}\b", re.IGNORECASE)
        knows = r"(?:used|know[sn]?|did|worked (?:with|in)|familiar with|experience (?:with|in|of))"
        self._known = re.compile(rf"\b{knows} (?:[\w-]+ ){{0,3}}(?:{either})\b")
        self._kind = knowledge.about.kind
        self._at_work = _at_work(knowledge.side_names.values())
        self._comparing = knowledge.about.comparing
        self._redescribes = lru_cache(maxsize=_LIMITS.readings)(self._describes)

    def tells_of_a_project(self, text: str, reading: Interpretation, *, after: bool = False) -> bool:
        """Return whether the guide can begin from a message: it describes a project, or names one in a few words.

        `after` an answer, a few words are about that.
        """
        describes = self._redescribes if len(text) <= _LIMITS.remembered else self._describes
        between = reading.side == BOTH and _FOR.search(text) is not None
        if not between and (self._is_plainly_asked(text, reading) or self._asks_something_known(text, reading)):
            return False
        doubts = self._doubts(text, reading)
        if doubts >= _CONFIG.doubts or self._is_about_something_else(text, reading, doubts):
            return False
        if describes(text, doubts) and not (self._guide.asks(text) and _asked_so(text, reading)):
            return True
        unsure = reading.guessed or reading.outcome in (Decision.SUGGEST, Decision.UNKNOWN)
        nothing_else = unsure and not reading.out_of_scope and not after and " or " not in text
        told = reading.tells and self._between_sides.search(text) is not None and not self._is_elsewhere(reading)
        asks_to_choose = (reading.choosing is Choosing.YES and (between or nothing_else)) or told
        plainly = not doubts or weighs(text.casefold(), self._kind)
        return asks_to_choose and plainly and self._guide.names_a_project(text)

    def asks_besides(self, text: str, reading: Interpretation) -> bool:
        """Return whether a message that describes a project asks something else than what to choose."""
        answered = reading.outcome is Decision.ANSWER and not reading.guessed
        lost = reading.outcome is Decision.UNKNOWN and reading.out_of_scope is None
        if reading.outcome is Decision.DESCRIPTION or lost:
            return False
        if reading.tells and reading.out_of_scope is not None:
            return not (reading.choosing is Choosing.YES and tells_of_plans(text.casefold()))
        if (reading.ranked and reading.ranked[0].topic in self._comparing) or only_tells(text):
            return False
        if (reading.side == BOTH and _asks_which_alone(text)) or self._asks_for_one(text):
            return False
        if reading.tells:
            if reading.choosing is Choosing.YES and _asks_one_thing(text) and not _is_near(reading):
                return False
            if weighs(text.casefold(), self._kind) and not (answered and self._is_likely(reading, text)):
                return False
            near = (one.topic for one in reading.ranked if one.confidence >= _CONFIG.instead)
            compares = reading.side == BOTH or any(topic in self._comparing for topic in near)
            return answered or reading.choosing is Choosing.NO or not compares
        if reading.choosing is Choosing.YES:
            sure = answered and reading.ranked[0].confidence >= _CONFIG.not_choosing
            return sure and not self._guide.names_a_project(text)
        return answered or reading.choosing is Choosing.NO

    def is_at_stake(self, text: str, reading: Interpretation) -> bool:
        """Return whether a message leaves open which side to take, so that an offer of the guide may help."""
        plain = text.casefold()
        if self._other_matters.is_settled(text):
            return False
        one = reading.side not in (None, BOTH)
        if self._between_sides.search(text) or self._asks_for_one(text) or self._moves.search(text):
            return True
        if weighs(plain, self._kind):
            return not (one and self._at_work.search(plain))
        if reading.side == BOTH and self._at_work.search(plain):
            return False
        open_still = reading.choosing is not Choosing.NO or (not one and tells_of_plans(plain))
        return open_still and not tells_of_trouble(plain)

    def is_trouble(self, text: str) -> bool:
        """Return whether a message is about what does not work, or what was changed, and weighs nothing."""
        plain = text.casefold()
        return (tells_of_trouble(plain) or reports_changes(plain)) and not weighs(plain, self._kind)

    def without_choosing(self, parts: Iterable[Interpretation]) -> list[Interpretation]:
        """Return the questions of a message that are not about which side to take."""
        return [part for part in parts if part.ranked and part.ranked[0].topic not in self._comparing]

    def asked_first(self, text: str, read: Callable[[str], Interpretation]) -> Interpretation | None:
        """Return what a message asks beside which side to take: "templates or React, and Flask or Django for that?"."""
        for clause in alternatives(text):
            reading = None if self._names_a_side(clause) else read(clause)
            if reading and reading.outcome is Decision.ANSWER and not reading.parts and self._is_sure(reading):
                return reading
        return None

    def _is_elsewhere(self, reading: Interpretation) -> bool:
        return reading.outcome is Decision.ANSWER and reading.ranked[0].topic not in self._comparing

    @staticmethod
    def _is_likely(reading: Interpretation, text: str) -> bool:
        """Return whether an answer is what is wanted; a short message that weighs both sides wants the guide first."""
        short = reading.side == BOTH and len(text) <= _STORY
        return reading.ranked[0].confidence >= (_CONFIG.not_choosing if short else 0)

    def _is_sure(self, reading: Interpretation) -> bool:
        best = reading.ranked[0]
        return best.topic not in self._comparing and best.confidence >= _CONFIG.sure

    def _is_about_something_else(self, text: str, reading: Interpretation, doubts: int) -> bool:
        """Return whether a message is about work, learning or one thing to compare by, and tells of no project."""
        other = self._other_matters
        if other.is_settled(text):
            return True
        rest, compares = other.without_own_work(text), other.compares_by_one_thing(text)
        if rest == text and not compares:
            return False
        if compares and self._is_elsewhere(reading) and self._is_sure(reading):
            return True
        plans = tells_of_plans(rest.casefold()) or not (compares or other.asks_of_hiring(text))
        return not (plans and self._guide.names_a_project(rest) and self._describes(rest, doubts))

    def _is_plainly_asked(self, text: str, reading: Interpretation) -> bool:
        """Return whether a message that plans and weighs nothing is nearly word for word what a question asks."""
        question, plain = reading.question, text.casefold()
        if question is None or _wants(plain) or weighs(plain, self._kind) or self._asks_for_one(text):
            return False
        sure = reading.ranked[0].confidence >= _PLAINLY.plain_topic and question.score >= _PLAINLY.plain_score
        return sure and reading.ranked[0].topic not in self._comparing

    def _asks_something_known(self, text: str, reading: Interpretation) -> bool:
        """Return whether a message, without a story, surely asks a question about a side, and not which one to take.

        It names the side itself: one that the conversation was about before says nothing of a project.
        """
        if reading.outcome is not Decision.ANSWER or reading.tells or not reading.question:
            return False
        return self._names_a_side(text.casefold()) and self._is_sure(reading)

    def _doubts(self, text: str, reading: Interpretation) -> int:
        """Return how many reasons there are to take a message for something else than a project to advise on."""
        plain = text.casefold()
        elsewhere = reading.out_of_scope is not None and not reading.tells
        trouble = tells_of_trouble(plain)
        weighed = weighs(plain, self._kind) or self._asks_for_one(text)
        if reports_changes(plain) and not weighed and "?" not in text:
            return _CONFIG.doubts
        if self._between(plain, reading):
            weighed = weighed or "?" in text or self._between_sides.search(text) is not None
            return elsewhere + trouble + (not weighed and not tells_of_plans(plain))
        at_work = self._at_work.search(plain) is not None and not self._guide.tells_of_friction(text)
        if weighed and not (reading.side and at_work):
            return elsewhere + trouble
        plans = tells_of_plans(plain)
        known = not _wants(plain) and reading.side is None and _asked_so(text, reading)
        named = reading.side is not None and not (plans and self._known.search(plain))
        return elsewhere + trouble + (trouble and not plans) + named + at_work + known

    def _between(self, plain: str, reading: Interpretation) -> bool:
        """Return whether a message is about both sides; "our Django team, both of them" names one only."""
        words = set(re.findall(r"\w+", plain))
        return reading.side == BOTH and sum(not words.isdisjoint(names) for names in self._names) != 1

    def _names_a_side(self, plain: str) -> bool:
        return not self._words.isdisjoint(re.findall(r"\w+", plain))

    def _asks_for_one(self, text: str) -> bool:
        """Return whether a message asks if a side fits, or ends in one, or in "which?": "Is Django too big? Flask?"."""
        last = re.split(r"[.!?;:,\n]", text.casefold().rstrip(" ?!."))[-1].strip()
        if self._fits.search(text):
            return True
        named = last in ("which", "which one") or self._names_a_side(last)
        return text.rstrip().endswith("?") and named and len(last.split()) <= _CONFIG.sides_alone

    def _describes(self, text: str, doubts: int) -> bool:
        return self._guide.describes(text, doubts=doubts)


def _at_work(names: Iterable[str]) -> re.Pattern[str]:
    """Return what gives away that a side is in use: "our X site", "an X app" that nobody plans to make, "runs X"."""
    side = rf"(?:{'|'.join(re.escape(name.casefold()) for name in names)})"
    making = "".join(rf"(?<!\b{word} )" for word in _MAKING)
    work = rf"{side} (?:[\w.]+ ){{0,2}}{_WORKS}\b"
    return re.compile(
        rf"\b{_OWN} (?:{side}\b|(?:[\w-]+ ){{1,3}}{work})"
        rf"|{making}\b(?:an?|\d+) (?:[\w-]+ ){{0,2}}{work}"
        rf"|(?:^|[.!?:\n] ?){work}"
        rf"|\b(?:done|written|built|is|it) (?:in|with|on|under) {side}\b"
        rf"|\b{_RUNS} (?:[\w-]+ ){{0,5}}{side}\b"
        rf"|\b(?:we|i|team|company) use {side}\b"
        rf"|\b{side} (?:in production|here|with us|for \w+ years|\d+\.\d+)\b"
    )


def _asks_which_alone(text: str) -> bool:
    """Return whether all that a message about both sides asks is "Flask or Django?"."""
    asking = sentences(text.casefold()).asking
    return len(asking) == 1 and len(asking[0].split()) <= _CONFIG.sides_alone and _OR.search(asking[0]) is not None


def _asks_one_thing(text: str) -> bool:
    return len(sentences(text.casefold()).asking) == 1


def _is_near(reading: Interpretation) -> bool:
    """Return whether a story is likely to ask about its topic: as such, or a question in words like its own."""
    likely = reading.ranked[0].confidence >= _PLAINLY.likely_topic
    return likely and (reading.question is None or reading.question.score >= _CONFIG.near_wording)


def _wants(plain: str) -> bool:
    """Return whether a message says that something is to be made."""
    return tells_of_plans(plain) or _WANTS.search(plain) is not None


def _asked_so(text: str, reading: Interpretation) -> bool:
    """Return whether a short message is, nearly word for word, a question that a topic answers."""
    sure = reading.outcome is Decision.ANSWER and reading.ranked[0].confidence >= _CONFIG.word_for_word
    return sure and len(text) <= _CONFIG.short
