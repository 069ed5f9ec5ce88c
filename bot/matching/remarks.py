"""Short messages that are no questions, by what people mean with them. The lists are English, of no knowledge base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.matching.config import DEFAULT


class Remark(StrEnum):
    """What somebody means who asks nothing of the knowledge base."""

    NOTHING = "nothing"
    """Single letters, numbers, signs: nothing can be made of it."""
    FOREIGN = "foreign"
    """It is written in another language than English."""
    LOST = "lost"
    """The last reply was not understood: "huh?"."""
    UNDECIDED = "undecided"
    """Somebody does not know what to say: "idk"."""
    STOP = "stop"
    """Enough: "never mind"."""
    PLEASED = "pleased"
    """Thanks in other words: "perfect"."""
    NOTED = "noted"
    """Heard, or laughed at: "lol", "ok"."""
    HELP = "help"
    """What is there? "menu"."""
    TOPICS = "topics"
    """Nothing but the name of a side, of which no topic tells what it is."""
    NONE_OF_THESE = "none-of-these"
    """None of the topics that were offered."""
    SOURCES = "sources"
    """Where the last answer comes from."""
    SHORTER = "shorter"
    """The last answer in fewer words."""


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
_THANKING = frozenset(("thanks", "thank", "thx", "thnx", "ty", "tysm", "cheers"))
_COURTESY = _THANKING | {
    word
    for phrase in (
        "ah oh ok okay k got it you u so much very many a lot for the that this was all i needed need wanted today now",
        "help info answer quick again really great perfect nice cool super good works helps helped me us everyone all",
        "folks mate man and have day one will try is what exactly just awesome understood bye then to know",
    )
    for word in phrase.split()
}
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
    if not _THANKING.isdisjoint(found) and _COURTESY.issuperset(found):
        return Remark.PLEASED
    if len(found) > DEFAULT.limits.bare_remark:
        return None
    bare = [word for word in found if word not in _FILLERS] or list(found)
    forms = {tuple(found), tuple(bare)}
    if offered and not forms.isdisjoint(_REFUSED):
        return Remark.NONE_OF_THESE
    known = next((kind for kind, phrases in _SAID.items() if not forms.isdisjoint(phrases)), None)
    return Remark.NOTED if known is None and all(map(_LAUGHS.fullmatch, found)) else known


def is_courtesy(found: Sequence[str]) -> bool:
    """Return whether these words are nothing but what goes with thanks."""
    return bool(found) and _COURTESY.issuperset(found)


def agrees(found: Sequence[str]) -> bool:
    """Return whether these words say yes to the one topic that was offered."""
    return tuple(found) in _AGREED


def about_the_answer(text: str) -> Remark | None:
    """Return what a cleaned message wants of the answer before: its sources, or fewer words."""
    if _SOURCES.fullmatch(text):
        return Remark.SOURCES
    return Remark.SHORTER if _SHORTER.fullmatch(text) else None
