"""An answer that is remembered is the answer that would be written anew."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from adapters.slack.ack_payload import acknowledgement
from adapters.slack.render import message
from adapters.slack.render.context import RenderContext, Surface
from bot.advisor import Advisor
from bot.replies import Answer, Candidate, Certainty, NotKnown, Unknown

ASKED = RenderContext(Surface.PRIVATE, "abcdefgh", "owner")


def answer(advisor: Advisor) -> Answer:
    """Return an answer that is certain."""
    said = advisor.ask("does flask have an orm?").reply
    assert isinstance(said, Answer)
    return replace(said, certainty=Certainty.SURE)


@pytest.mark.parametrize("certainty", Certainty)
@pytest.mark.parametrize("confidence", [0.0, 0.1, 0.9])
def test_what_shows_is_what_would_be_written_anew(advisor: Advisor, certainty: Certainty, confidence: float) -> None:
    said = answer(advisor)
    others = tuple(Candidate(topic, f"Topic {topic}", confidence) for topic in ("admin", "async", said.topic))
    for reply in (replace(said, certainty=certainty), replace(said, certainty=certainty, candidates=others)):
        for ref in ("abcdefgh", "12345678"):
            frame = replace(ASKED, ref=ref)
            assert json.loads(acknowledgement(reply, frame).body) == {
                "response_type": "ephemeral",
                **message(reply, frame),
            }


def test_an_answer_that_has_changed_is_not_given_as_it_was(advisor: Advisor) -> None:
    said = answer(advisor)
    changed = replace(said, passages=tuple(replace(passage, text="All is new.") for passage in said.passages))

    assert "All is new." not in acknowledgement(said, ASKED).body
    assert "All is new." in acknowledgement(changed, ASKED).body


def test_what_is_not_known_is_told_with_what_is_near_it(advisor: Advisor) -> None:
    bare = NotKnown(Unknown.NOT_FOUND, "I don't know that one.")
    near = replace(bare, nearest=advisor.topics().areas[0].topics[:2])

    for reply in (bare, near, bare):
        said = json.loads(acknowledgement(reply, ASKED).body)
        assert said["blocks"] == message(reply, ASKED)["blocks"]
