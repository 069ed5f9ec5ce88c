"""Answers that travel inside an acknowledgement, as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache

from slack_bolt.response import BoltResponse

from adapters.slack.frames import Frame
from adapters.slack.rendering import message
from bot.replies import Answer, Certainty, Reply

REF = "~the-ref"
"""Stands for the name of the turn in a remembered answer; as long as a real one."""
REMEMBERED = 1_024
HEADERS = {"content-type": ["application/json;charset=utf-8"]}


def acknowledgement(reply: Reply, frame: Frame) -> BoltResponse:
    """Return an acknowledgement with a private reply in it.

    The same answer is written once and remembered: only the name of the turn in its buttons is new each time, and how
    exactly it was found does not show.
    """
    if isinstance(reply, Answer) and reply.certainty is Certainty.SURE:
        shown = replace(reply, confidence=0.0, candidates=())
        text = _remembered(shown, replace(frame, ref=REF, owner="")).replace(REF, frame.ref)
    else:
        text = _written(reply, frame)
    return BoltResponse(status=200, body=text, headers=dict(HEADERS))


@lru_cache(maxsize=REMEMBERED)
def _remembered(reply: Answer, frame: Frame) -> str:
    return _written(reply, frame)


def _written(reply: Reply, frame: Frame) -> str:
    return json.dumps({"response_type": "ephemeral"} | message(reply, frame))
