"""check, evaluate and schema, as somebody who writes knowledge uses them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from adapters.cli.knowledge import evaluate

Advisor = Callable[..., CompletedProcess[str]]


def test_check_counts_what_is_there(advisor: Advisor, tea: Path) -> None:
    ran = advisor("check", str(tea))

    assert ran.returncode == 0
    assert ran.stdout.rstrip().endswith("5 topics, 50 phrasings, 0 pieces of advice.")


def test_check_prints_every_mistake_with_its_remedy_and_ends_with_code_2(
    advisor: Advisor, tmp_path: Path, tea: Path
) -> None:
    base = Path(shutil.copytree(tea, tmp_path / "base"))
    (base / "topics" / "storage.yaml").write_text("id: storage\ncolour: red\n")
    ran = advisor("check", str(base))

    assert ran.returncode == 2
    assert "storage.yaml:2: `colour` is not a known key" in ran.stderr
    assert "storage.yaml:1: `title` is missing\n    Add `title:`." in ran.stderr


def test_strict_advice_is_a_failure(advisor: Advisor, tmp_path: Path, tea: Path) -> None:
    base = Path(shutil.copytree(tea, tmp_path / "base"))
    topic = base / "topics" / "storage.yaml"
    topic.write_text(topic.read_text().replace("  - keeping it fresh\n", ""))
    ran = advisor("check", str(base), "--strict")

    assert ran.returncode == 1
    assert "topics: 1 topic has fewer than 10 phrasings: storage (9)" in ran.stdout


def test_evaluate_prints_misses_and_figures_and_minds_the_floors(advisor: Advisor, tmp_path: Path, tea: Path) -> None:
    file = tmp_path / "golden.jsonl"
    rows = [
        {"q": "how much caffeine is in coffee", "ok": ["caffeine"], "kind": "question"},
        {"q": "how long does it keep", "ok": ["brewing"], "kind": "question"},
        {"q": "my machine leaks", "ok": [], "kind": "oos"},
    ]
    file.write_text("\n".join(map(json.dumps, rows)))
    ran = advisor("evaluate", str(file), "--knowledge", str(tea), "--floor", "right=0.9")

    assert ran.returncode == 1
    assert "- 'how long does it keep': storage instead of brewing" in ran.stdout
    assert "right  50.0%" in ran.stdout
    assert "right is 50.0%, at least 90.0% is needed" in ran.stdout


def test_evaluate_names_a_line_that_lacks_a_field(advisor: Advisor, tmp_path: Path, tea: Path) -> None:
    file = tmp_path / "golden.jsonl"
    file.write_text('{"question": "x"}\n')
    ran = advisor("evaluate", str(file), "--knowledge", str(tea))

    assert ran.returncode == 2
    assert ran.stderr.splitlines() == [
        f'{file}, line 1: it needs the question as text, as in "q": "does it scale?".',
        f'{file}, line 1: it needs the right topics as a list of ids, as in "ok": ["scaling"]; [] where none is right.',
    ]


def test_schemas_are_written_and_verified(advisor: Advisor, tmp_path: Path) -> None:
    assert advisor("schema", str(tmp_path)).returncode == 0
    assert advisor("schema", str(tmp_path), "--verify").returncode == 0

    (tmp_path / "topic.schema.json").write_text("{}")
    ran = advisor("schema", str(tmp_path), "--verify")

    assert ran.returncode == 1
    assert "Out of date: topic.schema.json" in ran.stdout


def test_evaluate_refuses_a_floor_for_a_figure_that_does_not_exist(advisor: Advisor, tmp_path: Path) -> None:
    ran = advisor("evaluate", str(tmp_path / "any.jsonl"), "--floor", "rigth=0.9")

    assert ran.returncode == 2
    assert ran.stderr == (
        "--floor rigth=0.9: there is no such figure; "
        "there are right, found, wrong, direct, out_of_scope_answered, followups, meta.\n"
    )


def test_check_reads_the_expected_answers_too(advisor: Advisor, tmp_path: Path, tea: Path) -> None:
    base = Path(shutil.copytree(tea, tmp_path / "base"))
    (base / "golden.jsonl").write_text('{"q": "can it lie in ice", "ok": ["storag"]}\n')
    ran = advisor("check", str(base))

    assert ran.returncode == 2
    assert "golden.jsonl:1: `storag` is no topic\n    Did you mean `storage`?" in ran.stderr


def test_one_wrong_id_of_a_side_is_one_mistake(advisor: Advisor, tmp_path: Path, tea: Path) -> None:
    base = Path(shutil.copytree(tea, tmp_path / "base"))
    about, topic = base / "knowledge.yaml", base / "topics" / "storage.yaml"
    about.write_text(about.read_text().replace("id: tea\n", "id: Tea-1\n").replace("id: tea,", "id: Tea-1,"))
    ran = advisor("check", str(base))
    assert ran.stderr.startswith("The knowledge base has 1 mistake:")
    assert "Use lower-case letters, digits and underscores" in ran.stderr

    about.write_text((tea / "knowledge.yaml").read_text())
    topic.write_text(topic.read_text().replace("sides: {tea:", "sides: {tee:"))
    ran = advisor("check", str(base))
    assert ran.stderr.startswith("The knowledge base has 1 mistake:")
    assert "`tee` is not one of the sides" in ran.stderr


def test_a_deep_check_says_what_is_confused_and_ends_as_check_does(advisor: Advisor, tmp_path: Path, tea: Path) -> None:
    base = Path(shutil.copytree(tea, tmp_path / "base"))
    topic = base / "topics" / "storage.yaml"
    topic.write_text(topic.read_text().replace("phrasings:\n", "phrasings:\n  - how much caffeine is in a cup\n"))
    ran, strict = advisor("check", str(base), "--deep"), advisor("check", str(base), "--deep", "--strict")

    assert (ran.returncode, strict.returncode) == (0, 1)
    assert "“how much caffeine is in a cup” of `storage` goes to `caffeine` when it is left out" in ran.stdout
    assert "Left out and asked again, " in ran.stdout
    assert " of advice.\n" in ran.stdout


def test_evaluate_says_whether_the_encoder_was_there_and_what_was_asked_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tea: Path
) -> None:
    monkeypatch.setenv("ADVISOR_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "golden.jsonl"
    file.write_text(
        '{"q": "does the pot keep", "ok": ["brewing", "storage"]}\n{"q": "does the pot keep", "ok": ["help"]}\n'
    )
    evaluate(file, knowledge=tea)
    first, right, wrong, *_ = capsys.readouterr().out.splitlines()
    evaluate(file, json=True, knowledge=tea)

    assert first == (
        "2 questions, read by words alone: the sentence encoder is not there (`advisor model status`), "
        "and far fewer are right."
    )
    assert right == "- 'does the pot keep': asked back: storage, brewing, caffeine (right)"
    assert wrong == "- 'does the pot keep': asked back: storage, brewing, caffeine (instead of help)"
    assert json.loads(capsys.readouterr().out)["encoder"] is False
