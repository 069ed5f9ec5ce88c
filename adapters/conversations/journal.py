"""What is written down of a reply: a count, and the question where there was no answer at once, redacted."""

from __future__ import annotations

import re
from typing import assert_never

from adapters.conversations.identity import Message, Person, workspace_of
from adapters.conversations.ports import Missed, UsageCount
from bot import replies
from bot.matching.message import CODE_BLOCK, ENCLOSED
from bot.replies import Reply

LONGEST = 300
"""Characters of a missed question that are kept: enough to see what was asked."""
_CUES = r"pass(?:word|wd|phrase|code)?|pwd?|secret(?:[ _-]key)?|token|api[ _-]?key|access[ _-]?key|credentials?|pin"
_ODD = r"(?=[^\s,;]{0,60}[\d!@#$%^&*+=/])"
"""What follows holds a digit or a sign, as words do not."""
_INSIDE = "local|internal|intranet|corp|lan|localdomain|home|private"
_PUBLIC = "com|net|org|io|dev|app|cloud|co|ai|info|biz|eu|de|uk|fr|nl|ch|at|us|es|it|pl|in"
_FOLDERS = "home|users|root|srv|var|opt|mnt|media|data|usr|etc|volumes|private"
_WHO = "colleague|manager|boss|teammate|customer|client|employee|user|intern|coworker|cc"
_INTRODUCED = r"[Mm]y name is|[Rr]egards,?|[Dd]ear|Mr\.?|Mrs\.?|Ms\.?|Dr\.?"
_IPV6 = r"(?<![\w:])(?=[\da-f:]{0,40}(?:::|[a-f]))[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])"
_NAME = r"[A-Z][a-z\u00df-\u00ff]+"
_RULES = (
    (CODE_BLOCK, "[code]"),
    (re.compile(r"<mailto:[^<>]*>", re.IGNORECASE), "[address]"),
    (re.compile(r"<[a-z][a-z0-9+.-]*://[^<>]*>", re.IGNORECASE), "[link]"),
    (re.compile(ENCLOSED, re.IGNORECASE), "[mention]"),
    (re.compile(r"(?<![\w+.-])[a-z][a-z0-9+.-]{1,20}://[^\s>]+|\bwww\.\S+", re.IGNORECASE), "[link]"),
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+"), "[address]"),
    (re.compile(rf"\b({_CUES})(\s*(?:=>?|:=)\s*)[^\s,;]+", re.IGNORECASE), r"\1\2[secret]"),
    (re.compile(rf"\b({_CUES})(\s*:\s*|\s+is\s+|\s+was\s+|\s+){_ODD}[^\s,;]{{4,}}", re.IGNORECASE), r"\1\2[secret]"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d+)?\b"), "[address]"),
    (re.compile(_IPV6, re.IGNORECASE), "[address]"),
    (re.compile(rf"(?<![\w.-])(?:[a-z0-9-]+\.)+(?:{_INSIDE})\b(?:[:/]\S*)?", re.IGNORECASE), "[host]"),
    (re.compile(rf"(?<![\w.-])(?:[a-z0-9-]+\.){{2,}}(?:{_PUBLIC})\b(?:[:/]\S*)?", re.IGNORECASE), "[host]"),
    (re.compile(rf"(?<![\w.-])(?:[a-z0-9-]+\.)+(?:{_PUBLIC})(?:/\S+|:\d+\S*)", re.IGNORECASE), "[link]"),
    (re.compile(r"(?<![\w.-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+:\d{2,5}\b", re.IGNORECASE), "[host]"),
    (re.compile(rf"(?<![\w/<])(?:~|/(?:{_FOLDERS}))/\S+", re.IGNORECASE), "[path]"),
    (re.compile(r"(?<!\w)[a-z]:\\\S+|\\\\[\w.-]+\\\S+", re.IGNORECASE), "[path]"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,8}(?: ?[A-Z0-9]{1,3})?\b"), "[number]"),
    (re.compile(r"(?<![\w-])(?=[\w.-]{0,60}\d)(?=[\w.-]{0,60}[A-Za-z])[\w-]{16,}(?:\.[\w-]+)*"), "[token]"),
    (re.compile(r"(?<![\w-])(?:[A-Za-z]{2,5}_|xox[a-z]-|xapp-|sk-|pk-)[\w-]{12,}"), "[token]"),
    (re.compile(r"(?<![\w.])\+?\d[\d ()/-]{6,20}\d(?!\w)"), "[number]"),
    (re.compile(r"(?<!\w)@[\w.-]+"), "[mention]"),
    (re.compile(rf"\b((?:{_INTRODUCED})\s+){_NAME}(?: {_NAME})?"), r"\1[name]"),
    (re.compile(rf"\b((?:{_WHO})\s+){_NAME} {_NAME}\b"), r"\1[name]"),
)


def tally(reply: Reply, platform: str) -> UsageCount:
    """Return what to count for a reply: its kind, and the topic, guide question or result it is about."""
    what, about = _counted(reply)
    return UsageCount(platform, what, about)


def _counted(reply: Reply) -> tuple[str, str]:
    match reply:
        case replies.Answer(topic=topic):
            return "answer", topic
        case replies.AnswerDetails(answer):
            return "details", answer.topic
        case replies.CodeComparison(topic=topic):
            return "code", topic
        case replies.Answers(parts):
            return "answers", parts[0].topic
        case replies.Suggestions():
            return "suggestions", ""
        case replies.NotKnown(reason=reason):
            return "unknown", reason.value
        case replies.GuideQuestion(question=question):
            return "guide-question", question
        case replies.GuideReview():
            return "guide-review", ""
        case replies.Interrupted(said):
            return _counted(said)
        case replies.Recommendation(result=result):
            return "recommendation", result
        case replies.TeamVerdict(result=result):
            return "team-verdict", result
        case replies.TeamCard():
            return "team-card", ""
        case replies.Help() | replies.Comparison() | replies.TopicList() | replies.DecisionRecord():
            return type(reply).__name__.lower(), ""
        case replies.Notice(kind=kind):
            return "notice", kind.value
    assert_never(reply)


def missed(reply: Reply, ref: str, message: Message) -> Missed | None:
    """Return what to note of a message that was not answered at once; None where it was, or where it was empty."""
    reply = reply.reply if isinstance(reply, replies.Interrupted) else reply
    if not isinstance(reply, replies.Suggestions | replies.NotKnown):
        return None
    if isinstance(reply, replies.NotKnown) and reply.reason is replies.Unknown.EMPTY:
        return None
    outcome = "suggestions" if isinstance(reply, replies.Suggestions) else "unknown"
    nearest = tuple(candidate.topic for candidate in reply.candidates)
    who = message.person
    return Missed(ref, who.platform, redact(message.text), outcome, nearest, workspace_of(who))


def unhelpful(about: str, ref: str, text: str, person: Person) -> Missed:
    """Return what to note of what somebody missed in a reply."""
    return Missed(f"{ref}~", person.platform, redact(text), "unhelpful", (about,), workspace_of(person))


def redact(text: str) -> str:
    """Return `text` without what could point to somebody or open something, cut to `LONGEST` characters.

    Code, links, addresses, hosts, paths, tokens, passwords, long numbers, mentions and names that are introduced as
    such are replaced by what they were, in brackets.
    """
    text = text[: 10 * LONGEST]
    for pattern, stand_in in _RULES:
        text = pattern.sub(stand_in, text)
    return " ".join(text.split())[:LONGEST]
