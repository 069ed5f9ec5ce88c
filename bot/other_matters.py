"""What sounds like a project and is none: work and learning, one thing to compare by, a report of what was changed.

The lists are English.
"""

from __future__ import annotations

import re

from bot.matching.message import sentences

_TRADE = r"(?:junior|entry[- ]level|back[- ]?end|front[- ]?end|full[- ]?stack|python|web|django|flask|dev\w*|software)"
_HIRING = (
    rf"(?:(?:{_TRADE} )+(?:jobs?|positions?|roles?|careers?|interviews?|internships?)\b(?! (?:board|portal|site|ads?))"
    r"|(?:first|next) (?:\w+ )?(?:job|internship|position)\b"
    r"|(?:get|got|getting|find|finding|land) (?:\w+ )?(?:a job|an internship|hired)"
    r"|(?:more|many|any|enough|most) jobs?|jobs? (?:for|in|with) (?:flask|django)|job (?:interviews?|market|adverts?)"
    r"|careers?|cv|resum[e\u00e9]|salar(?:y|ies)|recruiters?|employers?"
    r"|hir(?:e|ing) (?:for|people|someone|somebody|devs?|developers?|juniors?|\d+|two|three|four)"
    r"|(?:search|look|advertise) for (?:flask|django))"
)
_LEARNING = (
    rf"(?:(?:become|as) an? (?:{_TRADE} )+(?:developer|engineer|dev)|career[- ]changer"
    r"|(?:which|what) (?:\w+ ){0,2}(?:should|to|would|do) (?:i |we |you )?(?:learn|study)|should i (?:learn|study)"
    r"|(?:learn|study) (?:flask|django|first|next))"
)
_OWN_WORK = re.compile(rf"\b(?:{_HIRING}|{_LEARNING})\b", re.IGNORECASE)
_OF_HIRING = re.compile(rf"\b{_HIRING}\b", re.IGNORECASE)
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
_CRITERION = re.compile(
    rf"\b(?:which|what|who)\b[^.?!;]{{0,40}}\b{_BY}\b|\bis (?:flask|django|it) (?:\w+ )?{_BY}\b", re.IGNORECASE
)
"""One thing to compare by; what is "better" is open."""
_SETTLED = re.compile(
    r"\bnot (?:choosing|looking for|asking for|about choosing|here to choose)\b[^.?!]{0,20}\bframework"
    r"|\bboth (?:\w+ )?(?:exist|stay|remain)\b|\b(?:flask|django) it is\b|\bend of discussion\b"
    r"|\b(?:framework|choice|it|that) (?:is|was|has been) (?:long |already )*(?:decided|settled|agreed)\b"
    r"|\b(?:decided|agreed|settled) (?:on|for|to (?:use|take)|that we (?:use|take)) (?:flask|django)\b"
    r"|\bnobody wants to (?:convert|migrate|switch|rewrite)\b|\bwill be (?:flask|django)\b",
    re.IGNORECASE,
)
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


def without_own_work(text: str) -> str:
    """Return a message without what it says of work and learning: what is left may still tell of a project."""
    return _PORTFOLIO.sub(" ", _OWN_WORK.sub(" ", text)) if _OWN_WORK.search(text) else text


def asks_of_hiring(text: str) -> bool:
    """Return whether a message is about finding work, or people for it."""
    return _OF_HIRING.search(text) is not None


def is_settled(text: str) -> bool:
    """Return whether a message says that there is nothing to choose."""
    return _SETTLED.search(text) is not None


def compares_by_one_thing(text: str) -> bool:
    """Return whether a message asks which side is easier, faster, better paid."""
    return _CRITERION.search(text) is not None


def without_background(text: str) -> str:
    """Return a question that compares by one thing, without what it tells of a person: "which one is easier"."""
    return _BACKGROUND.sub("", text) if compares_by_one_thing(text) else text


def reports_changes(text: str) -> bool:
    """Return whether a message reads like a list of what was changed, or of what runs where."""
    return _REPORT.search(text) is not None


def alternatives(text: str) -> list[str]:
    """Return what a message weighs, each as a question of its own: "whether templates do or React is needed"."""
    found = sentences(text.casefold())
    asked = [*(sentence for sentence in found.story if "whether " in sentence), *found.asking]
    clauses = [sentence[max(sentence.find("whether "), 0) :].removeprefix("whether ") for sentence in asked]
    return [clause for clause in clauses if " or " in clause]
