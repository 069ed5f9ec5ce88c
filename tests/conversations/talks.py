"""Conversations by theme, and whether each turn went as any good colleague's would. `test_scripted` plays them.

A theme is a file in `scripted`: a list of conversations, each with `about` and `turns`. A turn is what a person says
and what the reply must be; where several things would be right, a key has a list.

    kind      the reply's class in `bot.replies`
    topic     the topic of an answer, whatever else the reply may be
    topic_not the topic that an answer must not have
    topics    the topics of `Answers`, in any order
    side, question, result
              attributes of the reply; `question` is the topic's question that is answered
    asks      the question of the guide that is open, also below the answer to something else
    offered   the topic that is answered or among the suggestions
    says, says_not
              patterns that the words shown first match, or don't, in any case
    fresh     true: what is shown first is not what the last reply showed
    keep      an attribute of the reply (its result code), which later turns may say as {code}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from adapters.conversations.identity import Message, Person
from adapters.conversations.service import Conversations
from bot import replies
from bot.replies import Reply

FOLDER = Path(__file__).parent / "scripted"
ASKER = Person("terminal", "", "asker")


@dataclass(frozen=True)
class Turn:
    """What a person says, and what the reply must be."""

    say: str
    expect: dict[str, Any]


@dataclass(frozen=True)
class Talk:
    """A conversation of one theme."""

    theme: str
    about: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Played:
    """A turn that was played: the reply, and what was not as it must be."""

    talk: Talk
    turn: Turn
    reply: Reply
    faults: tuple[str, ...]


@dataclass
class _Seen:
    """What later turns of a conversation refer to."""

    shown: str = ""
    kept: dict[str, str] = field(default_factory=dict)


def all_talks() -> list[Talk]:
    """Return every conversation, by theme."""
    return [talk for path in sorted(FOLDER.glob("*.yaml")) for talk in _read(path)]


async def play(talk: Talk, conversations: Conversations) -> list[Played]:
    """Hold a conversation from its beginning."""
    seen, played = _Seen(), []
    for turn in talk.turns:
        said = re.sub(r"\{(\w+)\}", lambda found: seen.kept.get(found[1], found[0]), turn.say)
        delivery = await conversations.ask(Message(ASKER, f"{talk.theme}: {talk.about}", said))
        assert delivery
        reply, waiting = _apart(delivery.reply)
        played.append(Played(talk, turn, reply, tuple(_faults(reply, waiting, turn.expect, seen))))
        seen.shown = shown(reply)
        if kept := turn.expect.get("keep"):
            seen.kept[kept] = str(getattr(reply, kept, ""))
    return played


def shown(reply: Reply) -> str:
    """Return the words that are shown first."""
    match reply:
        case replies.AnswerDetails(answer):
            return answer.short
        case replies.Answer(lead=lead):
            return "\n".join([lead.text, *(passage.text for passage in lead.passages)])
        case replies.Answers(parts):
            return "\n".join(shown(part) for part in parts)
        case _:
            return getattr(reply, "text", None) or repr(reply)


def _read(path: Path) -> Iterator[Talk]:
    for talk in yaml.safe_load(path.read_text(encoding="utf-8")):
        yield Talk(path.stem, talk["about"], tuple(Turn(**turn) for turn in talk["turns"]))


def _apart(reply: Reply) -> tuple[Reply, Reply]:
    """Return what answers a message, and what waits below it: the open question of the guide, or the reply itself."""
    return (reply.reply, reply.still_open) if isinstance(reply, replies.Interrupted) else (reply, reply)


def _faults(reply: Reply, waiting: Reply, expected: dict[str, Any], seen: _Seen) -> Iterator[str]:
    for key, value in expected.items():
        if key != "keep" and not _CHECKS[key](waiting if key == "asks" else reply, value, seen):
            yield f"{key}: {value}"


def _topics(reply: Reply) -> list[str]:
    match reply:
        case replies.Answer(topic=topic):
            return [topic]
        case replies.AnswerDetails(answer):
            return [answer.topic]
        case replies.Answers(parts):
            return [part.topic for part in parts]
        case _:
            return []


def _suggested(reply: Reply) -> list[str]:
    return [candidate.topic for candidate in reply.candidates] if isinstance(reply, replies.Suggestions) else []


def _one_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _same(name: str) -> Callable[[Reply, Any, _Seen], bool]:
    return lambda reply, value, _: getattr(reply, name, None) in _one_of(value)


def _matches(pattern: str, reply: Reply) -> bool:
    return re.search(pattern, shown(reply), re.IGNORECASE) is not None


_CHECKS: dict[str, Callable[[Reply, Any, _Seen], bool]] = {
    "kind": lambda reply, value, _: type(reply).__name__ in _one_of(value),
    "topic": lambda reply, value, _: all(topic in _one_of(value) for topic in _topics(reply)[:1]),
    "topic_not": lambda reply, value, _: not set(_topics(reply)) & set(_one_of(value)),
    "topics": lambda reply, value, _: sorted(_topics(reply)) == sorted(value),
    "offered": lambda reply, value, _: value in [*_topics(reply), *_suggested(reply)],
    "side": _same("side"),
    "result": _same("result"),
    "question": lambda reply, value, _: getattr(reply, "question", value) in _one_of(value),
    "asks": lambda reply, value, _: isinstance(reply, replies.GuideQuestion) and reply.question == value,
    "says": lambda reply, value, _: _matches(value, reply),
    "says_not": lambda reply, value, _: not _matches(value, reply),
    "fresh": lambda reply, value, seen: (shown(reply) != seen.shown) is value,
}
