"""What `check` says of golden.jsonl: lines that are wrong, and lines that measure nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, golden, load

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEA, tmp_path / "base"))


def mistakes(base: Path, text: str) -> list[tuple[int, str, str]]:
    (base / golden.NAME).write_text(text)
    with pytest.raises(KnowledgeError) as refused:
        golden.read(base, load(base))
    return [(problem.line, problem.what, problem.mend) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("line", "what", "mend"),
    [
        ('{"q": ', "this is not JSON (Expecting value, column 7)",
         'Write one JSON object a line: {"q": "...", "ok": ["..."]}.'),
        ("[1]", "this is no JSON object", 'Write one JSON object a line: {"q": "...", "ok": ["..."]}.'),
        ('{"q": "is it loud"}', 'it needs the right topics as a list of ids, as in "ok": ["scaling"]',
         "[] where none is right."),
        ('{"q": "is it loud", "ok": ["storag"]}', "`storag` is no topic", "Did you mean `storage`?"),
        ('{"q": "is it loud", "ok": ["storage"], "best": "xyz"}', "`xyz` is no topic",
         "Name one that exists, or remove the line."),
        ('{"q": "is it loud", "ok": ["storage"], "question": "noise"}', "`noise` is no question of storage",
         "Name one that exists, or remove the line."),
        ('{"q": "is it loud", "ok": [], "framework": "cocoa"}', "`cocoa` is no side",
         "Use tea, coffee, both, or null."),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_its_remedy(base: Path, line: str, what: str, mend: str) -> None:
    assert mistakes(base, f'\n{{"q": "which tin", "ok": ["storage"]}}\n{line}\n') == [(3, what, mend)]


def test_all_wrong_lines_are_named_at_once(base: Path) -> None:
    assert [line for line, _, _ in mistakes(base, '{"q": 1, "ok": 2}\nx\n')] == [1, 1, 2]


def test_without_such_a_file_there_is_nothing_to_say(base: Path) -> None:
    assert golden.read(base, load(base)) == ()


def test_an_expected_answer_that_is_a_phrasing_measures_nothing(base: Path) -> None:
    (base / golden.NAME).write_text(
        '{"q": "Can I freeze it?!", "ok": ["storage"]}\n'
        '{"q": "can it lie in ice", "ok": ["storage"]}\n'
        '{"q": "???", "ok": []}\n'
        '{"q": "hello", "ok": ["hello"], "kind": "meta"}\n'
    )
    knowledge = load(base)

    [piece] = golden.learned_from(golden.read(base, knowledge), knowledge, base)
    assert (piece.file.name, piece.line) == ("golden.jsonl", 1)
    assert piece.what == "“Can I freeze it?!” is a phrasing of `storage`, too, so it measures nothing"


def test_topics_without_expected_answers_are_known(base: Path) -> None:
    (base / golden.NAME).write_text('{"q": "can it lie in ice", "ok": ["storage"]}\n')
    knowledge = load(base)

    assert golden.unmeasured(golden.read(base, knowledge), knowledge) == ["brewing", "caffeine"]
