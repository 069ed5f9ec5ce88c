"""What sounds like a project and is none: work and learning, one thing to compare by, a report of what was changed.

The lists are English.
"""

from __future__ import annotations

import re

from bot.knowledge.models import About
from bot.matching.message import sentences

_PORTFOLIO = re.compile(r"\b(?:a |my |own )?portfolio\b(?: (?:site|website|page|project)s?\b)?", re.IGNORECASE)
"""What somebody who looks for work builds; a photographer's is another thing."""
_BY = (
    r"(?:(?:easi|fast|quick|saf|simpl|cheap|slow|hard|light|heavi|young|old|clean|nic)er"
    r"|(?:easiest|fastest|quickest|safest|simplest|cheapest|hardest)"
    r"|(?:better|best|worse) (?:paid|documented|supported|maintained|known|tested)"
    r"|(?:better|best|nicer|bigger|larger|more|fewer|worse)"
    r" (?:documentation|docs|community|packages|plugins|support|performance|tooling|ecosystem|tutorials|books)"
    r"|(?:more|most|less|least)"
    r" (?:fun|secure|popular|stable|modern|pythonic|enjoyable|boring|mature|wanted|used|in demand))"
)
"""One thing to compare by; what is "better" is open."""
_PERSON = r"(?:someone|somebody|anyone|people|person|beginner|newcomer|student|\w+(?:er|or|ist|yst)s?)"
_BACKGROUND = re.compile(
    rf",? \b(?:for|to) (?:an? |the )?(?:\w+ )?{_PERSON} (?:who|that|whose|coming|from|with)\b[^.?!;\n]*", re.IGNORECASE
)
"""Who somebody is for whom one thing is compared: "for someone who only did notebooks"."""
_REPORT = re.compile(
    r"\b(?:change ?(?:list|log)s?|release notes?|post[- ]?mortem|stand[- ]?up notes?|status (?:report|update)"
    r"|replicas?|ingress|helm|hpa|liveness|roll[- ]?out|rolled (?:out|back)|bumped|pvc"
    r"|sprint (?:review|notes?)|what changed)\b",
    re.IGNORECASE,
)


class OtherMatters:
    """Recognises what is no project, though it names the sides of a knowledge base."""

    def __init__(self, about: About) -> None:
        sides = "|".join(re.escape(side.name) for side in about.sides)
        kind = re.escape(about.kind) if about.kind else "choice"
        hiring, learning = _hiring(sides), _learning(sides)
        self._own_work = re.compile(rf"\b(?:{hiring}|{learning})\b", re.IGNORECASE)
        self._of_hiring = re.compile(rf"\b{hiring}\b", re.IGNORECASE)
        self._criterion = re.compile(
            rf"\b(?:which|what|who)\b[^.?!;]{{0,40}}\b{_BY}\b|\bis (?:{sides}|it) (?:\w+ )?{_BY}\b", re.IGNORECASE
        )
        self._settled = _settled(sides, kind)

    def without_own_work(self, text: str) -> str:
        """Return a message without what it says of work and learning: what is left may still tell of a project."""
        return _PORTFOLIO.sub(" ", self._own_work.sub(" ", text)) if self._own_work.search(text) else text

    def asks_of_hiring(self, text: str) -> bool:
        """Return whether a message is about finding work, or people for it."""
        return self._of_hiring.search(text) is not None

    def is_settled(self, text: str) -> bool:
        """Return whether a message says that there is nothing to choose."""
        return self._settled.search(text) is not None

    def compares_by_one_thing(self, text: str) -> bool:
        """Return whether a message asks which side is easier, faster, better paid."""
        return self._criterion.search(text) is not None

    def without_background(self, text: str) -> str:
        """Return a question that compares by one thing, without what it tells of a person: "which one is easier"."""
        return _BACKGROUND.sub("", text) if self.compares_by_one_thing(text) else text


def _hiring(sides: str) -> str:
    """Return what tells of finding work, or people for it, with the sides as people put them into an advert."""
    trade = _trade(sides)
    return (
        rf"(?:(?:{trade} )+(?:jobs?|positions?|roles?|careers?|interviews?|internships?)\b"
        r"(?! (?:board|portal|site|ads?))"
        r"|(?:first|next) (?:\w+ )?(?:job|internship|position)\b"
        r"|(?:get|got|getting|find|finding|land) (?:\w+ )?(?:a job|an internship|hired)"
        rf"|(?:more|many|any|enough|most) jobs?|jobs? (?:for|in|with) (?:{sides})|job (?:interviews?|market|adverts?)"
        r"|careers?|cv|resum[e\u00e9]|salar(?:y|ies)|recruiters?|employers?"
        r"|hir(?:e|ing) (?:for|people|someone|somebody|devs?|developers?|juniors?|\d+|two|three|four)"
        rf"|(?:search|look|advertise) for (?:{sides}))"
    )


def _learning(sides: str) -> str:
    """Return what tells of learning a trade, or one of the sides."""
    return (
        rf"(?:(?:become|as) an? (?:{_trade(sides)} )+(?:developer|engineer|dev)|career[- ]changer"
        r"|(?:which|what) (?:\w+ ){0,2}(?:should|to|would|do) (?:i |we |you )?(?:learn|study)|should i (?:learn|study)"
        rf"|(?:learn|study) (?:{sides}|first|next))"
    )


def _trade(sides: str) -> str:
    return (
        r"(?:junior|entry[- ]level|back[- ]?end|front[- ]?end|full[- ]?stack|python|web"
        rf"|{sides}|dev\w*|software)"
    )


def _settled(sides: str, kind: str) -> re.Pattern[str]:
    """Return what says that there is nothing to choose."""
    return re.compile(
        rf"\bnot (?:choosing|looking for|asking for|about choosing|here to choose)\b[^.?!]{{0,20}}\b{kind}"
        rf"|\bboth (?:\w+ )?(?:exist|stay|remain)\b|\b(?:{sides}) it is\b|\bend of discussion\b"
        rf"|\b(?:{kind}|choice|it|that) (?:is|was|has been) (?:long |already )*(?:decided|settled|agreed)\b"
        rf"|\b(?:decided|agreed|settled) (?:on|for|to (?:use|take)|that we (?:use|take)) (?:{sides})\b"
        rf"|\bnobody wants to (?:convert|migrate|switch|rewrite)\b|\bwill be (?:{sides})\b",
        re.IGNORECASE,
    )


def reports_changes(text: str) -> bool:
    """Return whether a message reads like a list of what was changed, or of what runs where."""
    return _REPORT.search(text) is not None


def alternatives(text: str) -> list[str]:
    """Return what a message weighs, each as a question of its own: "whether templates do or React is needed"."""
    found = sentences(text.casefold())
    asked = [*(sentence for sentence in found.story if "whether " in sentence), *found.asking]
    clauses = [sentence[max(sentence.find("whether "), 0) :].removeprefix("whether ") for sentence in asked]
    return [clause for clause in clauses if " or " in clause]
