"""`advisor explain`: why a question is read as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.cli.ask import explain

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
