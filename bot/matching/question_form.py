"""What kind of answer a message asks for, or that it tells of a project and asks nothing. The lists are English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from bot.matching.config import DEFAULT

_YES_NO = re.compile(
    r"(?:^\W*|[.!?;,:\n][^\S\n]*|\b(?:and|but|so|or|hi|hey|hello|please|ok|also|then)\s+)"
    r"(?:is|are|was|were|am|do|does|did|can|could|should|shall|will|would|has|have|had|must|may|might|any)\b(?!n't)"
    r"|\b(?:is it|is there|are there|can i|can you|can we|do i|do we|should i|should we|does it|is that|possible)\b"
    r"|\b(?:wonder(?:ing)?|know|sure|tell me|not sure) (?:if|whether)\b"
)
_HOW_TO = re.compile(
    r"\b(?:how (?:do|does|can|could|would|should|to|is|are|did)\b|how'?d|steps?|tutorial|set(?:ting)? up\b)"
)
_OPEN = re.compile(r"\b(?:how|what|whats|which|why|who|where|when)\b")
_CHOICE = re.compile(
    r"\b(?:which|better|best|prefer|recommend\w*|rather|versus|vs|instead of|pick|choose|suits?|worth)\b"
    r"|\bshould (?:i|we|one) (?:use|take|go|pick|choose|start|learn)\b"
)
_INVERTING = re.compile(
    r"\b(?:not|avoid\w*|never|bad|wrong|stupid|silly|dumb|overkill|danger\w*|unnecessary|without|stop|skip|lack\w*"
    r"|missing|against|unsafe|insecure|hate|useless|dead|dying|forbid\w*|disallow\w*|impossible|nothing|mistake"
    r"|no|cannot|difficult|hard|slow|worse|instead|too)\b|n't\b"
)
_FIXED = re.compile(r"^(?P<word>yes|no)[,.:;!]\s*(?:(?:but|and|though)\s+)?", re.IGNORECASE)
"""A Yes or No on its own: in "No model is needed" the word belongs to the sentence."""
_WEIGHS = re.compile(
    r"\b(?:suggestions?|advice|advise|opinions?|thoughts|worth (?:it|switching|moving)|or|vs\.?|versus"
    r"|torn between|undecided|(?:can(?:not|'t| not)|could(?: not|n't)) decide"
    r"|should (?:i|we) (?:use|go|pick|take|choose|switch|start with|move|migrate|rewrite|port)"
    r"|what (?:would|should|do|can) (?:you|i|we|one|people) (?:guys )?"
    r"(?:use|suggest|choose|pick|take|go (?:for|with)))\b"
    r"|\b(?:too much|overkill|good (?:choice|fit|idea)|right (?:choice|tool|one)|enough)\b[^.!]{0,60}\?"
)
"""Asks what to take, or whether something fits; where only one side is named, that may be a question of its own."""

_QUESTION = re.compile(
    r"\?|(?:^|[.!;:\n]\s*)(?:and |but |so |or |ok |hi |please )?"
    r"(?:how|why|what|when|should|can|could|would|does|do|is|are)\b"
    r"|\b(?:should|can|could|would|does|do|is|are) (?:i|we|you|it|one|there|that|this|they|someone|anyone)\b"
    r"|\b(?:how|why|what) (?:do|does|can|could|would|should|shall|to|is|are|many|much|long|often)\b",
    re.IGNORECASE,
)
"""What gives a question away inside a story, unlike "who" and "which", which begin relative clauses there."""
_ASKS = re.compile(
    r"\?|\b(?:how|what|whats|which|who|whose|where|why|should|recommend\w*|anyone|anybody|vs|versus|advice|wondering)\b"
    r"|\b(?:explain|compar\w+|opinions?|thoughts|suggest\w*|tell me|show me|give me|help me|let me know)\b"
    r"|(?:^|[,;.:] )(?:please |so |and |or )?(?:can|could|do|does|is|are|will|would|has|make|list|write|when)\b"
    r"|\b(?:can|do|does|is|are|will|would) (?:i|we|you|it|that|there|they|one|someone)\b"
)
_TROUBLE = re.compile(
    r"\b(?<!without )(?<!\bno )(?<!w/o )(?:errors?|fail\w*|broken?|breaks|crash\w*|exception|traceback|bugs?|stuck"
    r"|problems?|issues?|trouble\w*|unable|wrong|weird|strange|solution|duplicates?|for no reason|no longer|any ?more"
    r"|vanish\w*|disappear\w*|time ?outs?|tim(?:es|ed) out|leak\w*|hangs|hanging|frozen|freezes|conflicts?|mismatch"
    r"|unusable|still nothing|all of a sudden|suddenly|out of memory|mess(?:es|ed) up|wipe[sd]?|restarted|rebooted"
    r"|reinstalled|loses|refused|rejected|locks up|always says|invalid|for minutes|(?:so|too|very) slow|silently"
    r"|(?:still|it|this|that) only (?:saves|shows|sends|works|loads|returns|takes)|without (?:css|styles?|styling)"
    r"|tak(?:es?|ing) (?:forever|ages|too long)|gets? (?:slow|lost|stuck|killed)|keeps? \w+ing)\b"
    r"|\b(?:since|after) (?:the|our|my|that|an?|last|this|yesterday|then|we|i"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[^.?!]{0,40}\b(?:move[ds]?|upgrad\w*|updat\w*|releas\w*|deploy\w*"
    r"|migration|switch\w*|reboot\w*|restart\w*|chang\w*|add(?:ed|ing)|install\w*)\b"
    r"|\bcan(?:no|'|\u2019)?t\b|n't (?:work|show|load|find|save|update|start|see|let|come|get|sent|shown|found)"
    r"|\bnot (?:work\w*|found|show\w*|load\w*|sav\w*|updat\w*|com\w*)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:i|im|i'm|i'd|we|we're|we'd|our|my|us)\b")
_PLANS = re.compile(
    r"\b(?:build|building|create|creating|develop|developing|starting|planning|working on|launch|launching"
    r"|setting up|want to|wants|need to|needs|looking to|going to|about to|would like|have to|knows?|experience)\b"
)
_MAKING = re.compile(
    r"(?:build|building|make|making|create|creating|develop|developing|plan|planning|start|starting|writing|launching)"
    r" (?:an?|our|my|the|some|new|something)\b"
)
_MAKERS = re.compile(
    r"\b(?:team of|(?:\d+|two|three|four|five|six|seven|eight|ten|solo|a few|some) \w*\s?"
    r"(?:devs?|developers?|people|persons?|engineers?|students?|founders?|guys)"
    r"|(?:nobody|none|all|most|both|half) (?:of us|on the|in the|knows?)|we know|i know)\b"
)
_NEW = re.compile(
    r"\b(?:build|building|make|making|create|creating|develop|developing|plan|planning|start|starting|write|writing"
    r"|launch|launching|design|designing|need|needs|want|wants|replace|replacing|looking for|like|idea)\b"
    r"(?: \w+){0,4}? (?:an?|our|my|the|some|new|something|one)\b"
)
"""What somebody wants to have that is not there yet."""
_DESCRIBES_FROM, _LONG = DEFAULT.limits.described, DEFAULT.limits.told


class Choosing(StrEnum):
    """How far a message about a project asks what to choose."""

    YES = "yes"
    """In so many words, or it asks nothing at all."""
    PERHAPS = "perhaps"
    """It may ask that, or something else that a topic answers."""
    NO = "no"


class QuestionForm(StrEnum):
    """What kind of answer a message asks for."""

    YES_NO = "yes-no"
    HOW_TO = "how-to"
    CHOICE = "choice"
    OTHER = "other"


def form_of(text: str) -> QuestionForm:
    """Return the form of a cleaned message; of several questions, the first that shows one."""
    if _HOW_TO.search(text):
        return QuestionForm.HOW_TO
    if _CHOICE.search(text):
        return QuestionForm.CHOICE
    opened, closed = _OPEN.search(text), _YES_NO.search(text)
    if closed and not (opened and opened.start() < closed.start()):
        return QuestionForm.YES_NO
    return QuestionForm.OTHER


@cache
def _choice_of(kind: str | None) -> re.Pattern[str]:
    """Return what asks for one of several things of this kind: "which drink?"."""
    nouns = "|".join(re.escape(noun.casefold()) for noun in ("one", kind) if noun)
    return re.compile(
        rf"\b(?:which (?:{nouns}|of (?:the|these|them)|would|should)|recommend\w*"
        r"|help me (?:choose|decide)|what fits)\b"
    )


def choosing_in(text: str, sides: int, kind: str | None) -> Choosing:
    """Return how far a cleaned message asks what to choose.

    Args:
        text: the message.
        sides: how many of the compared sides it names.
        kind: what each side is, as people say it.
    """
    weighs = _WEIGHS.search(text) is not None
    if _choice_of(kind).search(text) or (weighs and sides > 1):
        return Choosing.YES
    if "?" not in text and not _OPEN.search(text) and not _YES_NO.search(text):
        return Choosing.YES
    return Choosing.PERHAPS if weighs or sides > 1 else Choosing.NO


def weighs(text: str, kind: str | None) -> bool:
    """Return whether a cleaned message asks which thing of a kind to take, or whether one fits; "or" alone does not."""
    return bool(_choice_of(kind).search(text)) or any(found.group() != "or" for found in _WEIGHS.finditer(text))


def tells_of_trouble(text: str) -> bool:
    """Return whether a cleaned message says that something does not work."""
    return _TROUBLE.search(text) is not None


def tells_of_plans(text: str) -> bool:
    """Return whether a cleaned message says that something is to be made, or is wanted."""
    return _NEW.search(text) is not None


def only_tells(text: str) -> bool:
    """Return whether a message tells something and asks nothing."""
    return _QUESTION.search(text) is None


def fits_yes_or_no(form: QuestionForm, text: str, wording: str) -> bool:
    """Return whether an answer with Yes or No in front, made for this wording, fits a message of this form."""
    return form is QuestionForm.YES_NO and not is_turned_round(text, wording)


def is_turned_round(text: str, wording: str) -> bool:
    """Return whether a message asks the opposite of a wording: "should I avoid it" and "should I use it"."""
    return len(_INVERTING.findall(text)) % 2 != len(_INVERTING.findall(wording)) % 2


def without_yes_or_no(answer: str) -> str:
    """Return an answer without the Yes or No that it begins with, for a question that it would not fit."""
    fixed = _FIXED.match(answer)
    if fixed is None:
        return answer
    rest = answer[fixed.end() :]
    return rest[:1].upper() + rest[1:] if rest else answer


def describes(text: str, words: Sequence[str]) -> bool:
    """Return whether a cleaned message tells what somebody is making, and asks nothing."""
    told = _tells(text, words)
    return told and (len(words) >= _LONG or bool(_MAKING.search(text) and _MAKERS.search(text)))


def may_describe(text: str, words: Sequence[str]) -> bool:
    """Return whether a cleaned message asks nothing and may tell what somebody is making."""
    first = bool(_FIRST_PERSON.search(text))
    return first and _tells(text, words) and bool(_PLANS.search(text) or _MAKING.search(text) or _MAKERS.search(text))


def _tells(text: str, words: Sequence[str]) -> bool:
    asks = _ASKS.search(text) or _TROUBLE.search(text)
    return len(words) >= _DESCRIBES_FROM and not asks
