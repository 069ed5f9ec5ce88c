"""What a conversation remembers from one message to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from bot import replies
from bot.replies import Interrupted, Notice, NoticeKind, Reply

TOLD_QUESTION: Final = "q:"
"""Begins the keys of questions in what a context says was told."""
TOLD_CODE: Final = "c:"
"""Stands for the code of a topic among what was told; where it is the last, "and the other?" asks for code."""
SHORT_KEY: Final = "short"
"""Stands for the point of a topic among what was told."""

TOLD = 16
"""Things that were said of a topic that a conversation remembers, so as not to say them again."""


@dataclass(frozen=True, slots=True)
class Context:
    """The thread of a conversation, handed in with a message and handed back changed.

    The core keeps nothing; whoever calls it stores this (`as_dict`, `from_dict`) and forgets it in time.
    """

    topic: str | None = None
    """The topic that was answered last."""
    side: str | None = None
    """The side that the last answer was about: a side's id, "both", or None where nobody named one."""
    suggested: tuple[str, ...] = ()
    """What was offered last, so that "2" or "the second" picks one: topics, some with a question (`offer`)."""
    question: str | None = None
    """The question of that topic that was answered last, where it was one."""
    told: tuple[str, ...] = ()
    """What was said of that topic beyond its first answer, by key."""
    guide: str | None = None
    """The token of the guide question that is waiting for an answer."""
    result: str | None = None
    """The token of the recommendation that was shown last, so that "why not the other?" is about it."""

    @property
    def answered(self) -> frozenset[str]:
        """The questions of that topic that were answered."""
        told = {key.removeprefix(TOLD_QUESTION) for key in self.told if key.startswith(TOLD_QUESTION)}
        return frozenset(told | ({self.question} if self.question else set()))

    def as_dict(self) -> dict[str, Any]:
        """Return the context as plain JSON types."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: object) -> Context:
        """Read what `as_dict` wrote; keys of another version are ignored, and so is what has a wrong type."""
        if not isinstance(data, Mapping):
            return cls()
        known = ("topic", "side", "question", "guide", "result")
        texts = {key: data[key] for key in known if isinstance(data.get(key), str)}
        return cls(**texts, suggested=_strings(data.get("suggested")), told=_strings(data.get("told")))


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(each for each in value if isinstance(each, str))


def question_key(question: str) -> str:
    """Return the key of a question among what was told."""
    return f"{TOLD_QUESTION}{question}"


def offer(candidate: replies.Candidate) -> str:
    """Return how a context names what was offered: "topic", or "topic/question"."""
    return f"{candidate.topic}/{candidate.question}" if candidate.question else candidate.topic


def offered(named: str) -> tuple[str, str]:
    """Return the topic and the question, empty for none, of what `offer` names."""
    topic, _, question = named.partition("/")
    return topic, question


def remembered(reply: Reply, context: Context) -> Context:
    """Return what a conversation should remember after this reply. A guide stays open until it ends or is left."""
    guide = context.guide
    match reply:
        case replies.Answer() if not reply.meta:
            told = (*context.told, *_said(reply)) if reply.topic == context.topic else _said(reply)
            return Context(reply.topic, reply.side, question=reply.question, told=told[-TOLD:], guide=guide)
        case replies.AnswerDetails(answer):
            return Context(answer.topic, answer.side, question=answer.question, guide=guide)
        case replies.CodeComparison(topic=topic, side=side, question=question):
            before = [key for key in context.told if key != TOLD_CODE] if topic == context.topic else []
            return Context(topic, side, question=question, told=(*before[1 - TOLD :], TOLD_CODE), guide=guide)
        case replies.Answers(parts):
            return Context(parts[-1].topic, parts[-1].side, question=parts[-1].question, guide=guide)
        case replies.Suggestions(candidates, side):
            return Context(context.topic, side, suggested=tuple(map(offer, candidates)), guide=guide)
        case replies.GuideQuestion(token=token) | replies.GuideReview(token=token):
            return replace(context, guide=token, result=None, suggested=())
        case Interrupted(said, waiting):
            return replace(remembered(said, context), guide=waiting.token)
        case replies.Recommendation(token=token):
            return replace(context, guide=None, result=token, suggested=())
        case Notice(kind=NoticeKind.LEFT):
            return replace(context, guide=None, result=None, suggested=())
        case _:
            return replace(context, suggested=())


def _said(answer: replies.Answer) -> tuple[str, ...]:
    """Return the key of what an answer said."""
    return (question_key(answer.question) if answer.question else SHORT_KEY,)
