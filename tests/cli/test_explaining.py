"""`advisor explain`: why a question is read as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from adapters.cli.ask import explain
from bot.context import Context
from bot.matching.fusion import Decision
from bot.matching.interpretation import Explanation, Interpretation, Ranked
from tests.trained import trained_matcher

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"


def test_words_sides_phrasings_and_the_decision_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    explain("how much cafeine is in tea", knowledge=TEA)
    said = capsys.readouterr().out

    assert "cafeine: read as caffein" in said
    assert "tea: names tea" in said
    assert "caffeine: confidence" in said
    assert "Decision: Confidence" in said
    assert "out of scope" in said


def test_programs_get_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    explain("never mind", json=True, knowledge=TEA)
    said = json.loads(capsys.readouterr().out)

    assert (said["outcome"], said["decided_by"]) == ("empty", "It asks nothing: stop.")
    assert set(said["thresholds"]) == {"answer_from", "suggest_from"}


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("how much caffeine is in tea", r"Confidence 0\.9\d is at least 0\.\d\d, so it is answered\."),
        ("does the pot keep", r"Confidence 0\.\d\d is below 0\.\d\d, so topics are offered\."),
        ("qwertz zuiop", r"Confidence 0\.\d\d\d is below 0\.\d\d\d, so nothing is offered\."),
        ("my kettle is broken", r"The out-of-scope group `broken-machine` fits better than every topic\."),
        ("and coffee?", r"It hangs on the message before\."),
        ("", r"There is nothing to read in it\."),
    ],
)
def test_what_decided_is_said_in_a_sentence(text: str, decided: str) -> None:
    said = trained_matcher(TEA).explain(text, Context("caffeine", "tea") if text.startswith("and") else Context())

    assert re.fullmatch(decided, said.decided_by)
    assert said.yes_or_no == "No specific question is answered, so there is no Yes or No."


@pytest.mark.parametrize(
    ("outcome", "best", "decided"),
    [
        (Decision.UNKNOWN, 0.1362, "Confidence 0.136 is below 0.140, so nothing is offered."),
        (Decision.UNKNOWN, 0.13996, "Confidence 0.13996 is below 0.14000, so nothing is offered."),
        (Decision.UNKNOWN, 0.2, "Confidence 0.20 is at least 0.14, but no topic can be offered."),
        (Decision.SUGGEST, 0.4999, "Confidence 0.4999 is below 0.5000, so topics are offered."),
        (Decision.SUGGEST, 0.9, "Confidence 0.90 is at least 0.50, but it asks for no answer that is known."),
        (Decision.ANSWER, 0.5, "Confidence 0.50 is at least 0.50, so it is answered."),
        (
            Decision.ANSWER,
            0.43,
            "Confidence 0.43 is below 0.50, but no other topic comes near, so it is answered.",
        ),
    ],
)
def test_a_confidence_near_the_threshold_has_enough_digits(outcome: Decision, best: float, decided: str) -> None:
    reading = Interpretation(outcome, None, (Ranked("storage", best),))

    assert Explanation((), (), (), reading, 0.5, 0.14).decided_by == decided


@pytest.mark.parametrize(
    ("reading", "decided"),
    [
        (
            Interpretation(Decision.ANSWER, None, (Ranked("storage", 0.42),), guessed=True, likelihood=0.71),
            "Confidence 0.42 is below 0.50, but its question is asked with a probability of 0.71, so that is answered.",
        ),
        (
            Interpretation(Decision.SUGGEST, None, (Ranked("storage", 0.3),), out_of_scope="machines"),
            "Confidence 0.30 is below 0.50, so topics are offered.",
        ),
    ],
    ids=["a likely question", "offered though an out-of-scope group is near"],
)
def test_what_is_said_is_what_was_done(reading: Interpretation, decided: str) -> None:
    assert Explanation((), (), (), reading, 0.5, 0.14).decided_by == decided


@pytest.mark.parametrize("text", ["does the pot keep", "how long does it keep", "qwertz zuiop"])
def test_each_of_the_nearest_topics_stands_there_once(text: str) -> None:
    near = [each.group for each in trained_matcher(TEA).explain(text).nearest]

    assert len(near) == len(set(near))
