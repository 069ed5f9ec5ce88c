"""`advisor recommend` and `advisor guide`, as programs and people call them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.conftest import advisor as _advisor

Run = Callable[..., CompletedProcess[str]]
advisor = _advisor
"""The command, run as a process."""


def test_answers_give_a_result_in_words(advisor: Run) -> None:
    ran = advisor("recommend", "--answer", "kind=service", "--answer", "have=know_flask", "--answer", "data=none")
    assert ran.returncode == 0
    assert ran.stdout.startswith("A clear case for Flask.")
    assert "Result code: 1" in ran.stdout


def test_a_code_opens_the_same_result_again(advisor: Run) -> None:
    first = json.loads(advisor("recommend", "--answer", "kind=service", "--answer", "data=none", "--json").stdout)
    again = json.loads(advisor("recommend", "--code", first["code"], "--json").stdout)
    assert again["recommendation"] == first["recommendation"] == "flask"
    assert again["score"] == first["score"]


def test_a_batch_gives_one_line_for_each_scenario_in_order(advisor: Run) -> None:
    scenarios = [
        {"answers": {"kind": "cms_shop", "have": "fresh", "data": "many", "size": "large"}},
        {"answers": {"kind": "service"}, "text": "no database, nobody logs in, and we know Flask", "extra": 1},
        {"text": ""},
        {},
    ]
    ran = advisor("recommend", "--batch", typed="\n".join(map(json.dumps, scenarios)) + "\n")
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 0
    assert [line["recommendation"] for line in lines] == ["django", "flask", "either", "either"]
    assert [line["understood"] for line in lines] == [
        {},
        {"have": "know_flask", "data": "none", "accounts": "no"},
        {},
        {},
    ]
    assert "have" not in lines[1]["asked"]
    assert set(lines[0]) >= {
        "understood",
        "recommendation",
        "strength",
        "score",
        "asked",
        "reasons",
        "against",
        "flips",
        "code",
    }
    assert all(len(line["asked"]) <= 8 and line["reasons"] and line["flip_text"] for line in lines)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--answer", "kind=website"], "'kind' has no option 'website'; its options are web_app, cms_shop, service"),
        (["--answer", "colour=red"], "There is no question 'colour'; the questions are kind, viewer_kind, have"),
        (["--answer", "kind"], "--answer needs a question and an option, such as kind=web_app"),
        (["--code", "1abcdefghij"], "I can\u2019t read this code."),
    ],
)
def test_a_mistake_is_a_sentence_and_exit_code_2(advisor: Run, arguments: list[str], told: str) -> None:
    ran = advisor("recommend", *arguments)
    assert ran.returncode == 2
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_wrong_scenario_does_not_stop_a_batch(advisor: Run) -> None:
    ran = advisor("recommend", "--batch", typed='{"answers": {"kind": "website"}}\n{"answers": {"kind": "viewer"}}\n')
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 2
    assert lines[0]["error"].startswith("'kind' has no option 'website'")
    assert lines[1]["recommendation"] in {"either", "flask"}


def test_a_result_can_be_saved_as_a_decision_record(advisor: Run, tmp_path: Path) -> None:
    file = tmp_path / "decision.md"
    ran = advisor("recommend", "--answer", "kind=service", "--answer", "data=none", "--record", str(file))
    assert ran.returncode == 0
    assert file.read_text(encoding="utf-8").startswith("# Choice: Flask")


def test_a_record_that_cannot_be_saved_is_a_sentence_and_exit_code_2(advisor: Run, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "record.md"
    ran = advisor("recommend", "--answer", "kind=service", "--record", str(file))
    assert ran.returncode == 2
    assert ran.stderr == f"{file}: No such file or directory.\n"


def test_the_audit_of_the_shipped_guide_passes_and_prints_shares(advisor: Run) -> None:
    ran = advisor("guide", "audit", "--json")
    found = json.loads(ran.stdout)
    assert ran.returncode == 0
    assert found["failures"] == []
    assert found["longest"] <= 8


def test_the_page_with_the_diagram_is_checked(advisor: Run, tmp_path: Path) -> None:
    page = tmp_path / "guide.md"
    assert advisor("guide", "diagram", "--check", str(page)).returncode == 1
    assert advisor("guide", "diagram", "--write", str(page)).returncode == 0
    assert advisor("guide", "diagram", "--check", str(page)).returncode == 0


def test_a_knowledge_base_without_a_guide_says_so(advisor: Run) -> None:
    ran = advisor("recommend", "--answer", "a=b", "--knowledge", "tests/bases/tea-and-coffee")
    assert ran.returncode == 2
    assert ran.stderr == "This knowledge base has no guide.\n"
