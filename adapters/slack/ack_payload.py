"""Answers that travel inside an acknowledgement, as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from functools import lru_cache
from operator import attrgetter
from typing import Any

from slack_bolt.response import BoltResponse

from adapters.conversations import texts
from adapters.slack.render import message
from adapters.slack.render.context import RenderContext, Surface
from bot.replies import Answer, Help, NotKnown, Reply

REF = "~the-ref"
"""Stands for the name of the turn in a remembered reply; as long as a real one."""
REMEMBERED = 1_024
HEADERS = {"content-type": ["application/json;charset=utf-8"]}

_shown_of_answer = attrgetter(*(each.name for each in fields(Answer) if each.name not in ("confidence", "candidates")))


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply that is the same as another one where both show the same, however they were found."""

    shown: tuple[Any, ...]
    reply: Reply = field(compare=False)


def acknowledgement(reply: Reply, frame: RenderContext) -> BoltResponse:
    """Return an acknowledgement with a private reply in it.

    What many people get is written once and remembered: only the name of the turn in its buttons is new each time.
    """
    repeated = _repeated(reply)
    text = _remembered(repeated, frame.surface).replace(REF, frame.ref) if repeated else _written(reply, frame)
    return BoltResponse(status=200, body=text, headers=dict(HEADERS))


def _repeated(reply: Reply) -> Shown | None:
    """Return what many people get; None for what depends on the single question, such as what else it may mean."""
    match reply:
        case Answer() if not texts.alternatives(reply):
            return Shown(_shown_of_answer(reply), reply)
        case NotKnown(reason, text, nearest):
            return Shown((reason, text, nearest), reply)
        case Help():
            return Shown((reply,), reply)
        case _:
            return None


@lru_cache(maxsize=REMEMBERED)
def _remembered(repeated: Shown, surface: Surface) -> str:
    return _written(repeated.reply, RenderContext(surface, REF))


def _written(reply: Reply, frame: RenderContext) -> str:
    return json.dumps({"response_type": "ephemeral"} | message(reply, frame))
