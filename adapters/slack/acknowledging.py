"""Answers that travel inside an acknowledgement, as JSON."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any

from slack_bolt.response import BoltResponse

from adapters.slack.frames import Frame, Surface
from adapters.slack.rendering import message
from bot.replies import Answer, Certainty, Reply

REF = "~the-ref"
"""Stands for the name of the turn in a remembered answer; as long as a real one."""
REMEMBERED = 1_024
HEADERS = {"content-type": ["application/json;charset=utf-8"]}
SHOWN = tuple(field.name for field in fields(Answer) if field.name not in ("confidence", "candidates"))
"""All that an answer shows where it is certain; how exactly it was found does not."""
_shown = attrgetter(*SHOWN)


def acknowledgement(reply: Reply, frame: Frame) -> BoltResponse:
    """Return an acknowledgement with a private reply in it.

    The same answer is written once and remembered: only the name of the turn in its buttons is new each time.
    """
    if isinstance(reply, Answer) and reply.certainty is Certainty.SURE:
        text = _remembered(_shown(reply), frame.surface).replace(REF, frame.ref)
    else:
        text = _written(reply, frame)
    return BoltResponse(status=200, body=text, headers=dict(HEADERS))


@lru_cache(maxsize=REMEMBERED)
def _remembered(shown: tuple[Any, ...], surface: Surface) -> str:
    answer = Answer(**dict(zip(SHOWN, shown, strict=True)), confidence=1.0)
    return _written(answer, Frame(surface, REF))


def _written(reply: Reply, frame: Frame) -> str:
    return json.dumps({"response_type": "ephemeral"} | message(reply, frame))
