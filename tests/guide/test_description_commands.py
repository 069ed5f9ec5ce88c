"""`advisor recommend --from` and `advisor guide descriptions`, as people and CI call them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from tests.cli.conftest import advisor as _advisor

Run = Callable[..., CompletedProcess[str]]
advisor = _advisor
"""The command, run as a process."""


def test_what_a_project_depends_on_fills_in_answers(advisor: Run, tmp_path: Path) -> None:
    stack = tmp_path / "requirements.txt"
    stack.write_text("Flask==3.1.3\nflask-login\nunknown-thing\n", encoding="utf-8")
    ran = advisor("recommend", "--from", str(stack), "--answer", "pain=works", "--json")
    assert ran.returncode == 0
    found = json.loads(ran.stdout)
    assert found["understood"] == {"have": "flask_code", "accounts": "roles"}
    assert found["recommendation"] == "flask"


def test_a_file_that_is_no_list_of_dependencies_is_said_to_be_none(advisor: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all,\nwe would like to build a shop.\n", encoding="utf-8")
    ran = advisor("recommend", "--from", str(letter))
    assert ran.returncode == 2
    assert "is no list of dependencies" in ran.stderr
    missing = advisor("recommend", "--from", str(tmp_path / "nowhere.txt"))
    assert missing.returncode == 2
    assert "cannot read" in missing.stderr


def test_the_report_on_descriptions_fails_below_a_floor(advisor: Run) -> None:
    ran = advisor("guide", "descriptions", "--split", "test", "--floor", "precision=.92", "--floor", "recall=.6")
    assert ran.returncode == 0
    assert "precision" in ran.stdout
    failed = advisor("guide", "descriptions", "--split", "test", "--floor", "recall=1", "--json")
    assert failed.returncode == 1
    assert "at least 100.0% is needed" in json.loads(failed.stdout)["below"][0]


def test_wrong_use_of_the_report_is_explained(advisor: Run, tmp_path: Path) -> None:
    assert "there is no such figure" in advisor("guide", "descriptions", "--floor", "beauty=1").stderr
    assert "has no example of the split x" in advisor("guide", "descriptions", "--split", "x").stderr
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"text": "a shop"}\n', encoding="utf-8")
    assert "every line needs" in advisor("guide", "descriptions", str(broken)).stderr
