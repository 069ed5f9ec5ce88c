"""Words that are the same on every platform, and from which confidence on something is worth a button."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.conversations import texts
from adapters.conversations.texts import spoken
from bot import actions, replies
from bot.replies import Candidate, Certainty, CorrectionLine, OpenPoint, SourceLine, TopicLink
from tests.conversations.recording import guided

LIKELY, POSSIBLE, UNLIKELY = (Candidate(*each) for each in (("a", "A", 0.3), ("b", "B", 0.15), ("c", "C", 0.1499)))


def unsure(*candidates: Candidate) -> replies.Answer:
    said = guided().topic("caffeine")
    assert isinstance(said, replies.Answer)
    return replace(said, certainty=Certainty.LIKELY, candidates=candidates)


def test_two_others_are_worth_a_button_from_15_per_cent_on() -> None:
    itself = Candidate("caffeine", "Caffeine", 0.6)

    assert texts.alternatives(unsure(itself, LIKELY, POSSIBLE, UNLIKELY)) == (LIKELY, POSSIBLE)
    assert texts.alternatives(unsure(itself, POSSIBLE, UNLIKELY)) == (POSSIBLE,)
    assert texts.alternatives(unsure(LIKELY, POSSIBLE, replace(LIKELY, topic="d"))) == (LIKELY, POSSIBLE)
    assert texts.alternatives(replace(unsure(LIKELY), certainty=Certainty.SURE)) == ()


def test_what_is_a_third_as_likely_as_the_first_is_suggested() -> None:
    candidates = tuple(Candidate(name, name, share) for name, share in (("a", 0.3), ("b", 0.1), ("c", 0.0999)))

    assert [each.topic for each in texts.likely(candidates)] == ["a", "b"]


@pytest.mark.parametrize(
    ("count", "asked"),
    [(1, "Did you mean this?"), (2, "Did you mean one of these?"), (3, "Did you mean one of these?")],
)
def test_suggestions_are_asked_about_in_their_number(count: int, asked: str) -> None:
    assert texts.did_you_mean(count) == asked


def test_doubt_is_said_only_where_there_is_some() -> None:
    assert texts.doubt(replace(unsure(LIKELY), certainty=Certainty.SURE)) == ""
    assert texts.doubt(unsure(LIKELY)).endswith("choose below, or ask again in other words.")
    assert texts.doubt(unsure()).endswith("If not, ask again in other words.")


def test_related_topics_are_four_at_most_and_none_that_is_offered_already() -> None:
    links = tuple(TopicLink(name, name.upper()) for name in "abcdef")

    assert [link.topic for link in texts.related(replace(unsure(LIKELY), related=links))] == ["b", "c", "d", "e"]


def test_a_correction_says_since_when_it_holds() -> None:
    source = SourceLine("Docs", "official", None, None, None)
    line = CorrectionLine("says", "holds", "outdated", "5.2", source)

    assert texts.verdict(line) == "That has changed (5.2)."
    assert texts.verdict(replace(line, since=None)) == "That has changed."
    assert texts.verdict(replace(line, verdict="new-kind", since=None)) == "That needs a correction."


def test_open_points_are_said_in_two_lines_at_most() -> None:
    points = [OpenPoint("q1", "One?", False), OpenPoint("q2", "Two?", True), OpenPoint("q3", "Three?", True)]

    assert texts.open_points(points) == ["Still open, and could change the result: Two? Three?", "Still open: One?"]
    assert texts.open_points([]) == []


@pytest.mark.parametrize(
    ("number", "about", "dots"),
    [(1, 5, "\u25cf\u25cb\u25cb\u25cb\u25cb"), (3, 3, "\u25cf\u25cf\u25cf"), (0, 1, "\u25cb"), (12, 20, "\u25cf" * 10)],
)
def test_progress_is_a_row_of_ten_dots_at_most(number: int, about: int, dots: str) -> None:
    assert texts.progress(number, about) == dots


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("help", actions.ShowHelp()),
        ("/help", actions.ShowHelp()),
        ("Help!", actions.ShowHelp()),
        ("<@UBOT> help.", actions.ShowHelp()),
        ("all  topics", actions.ShowArea()),
        ("forget me", actions.ShowPrivacy()),
        ("help me choose", None),  # the guide takes that, as it may be open already
        ("help me with forms", None),
        ("", None),
    ],
)
def test_only_a_whole_message_is_a_command(text: str, command: actions.Action | None) -> None:
    assert spoken(text) == command
