"""The patch of new phrasings applies, and the file means what was meant."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from adapters.cli import patching

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"


def test_a_patch_adds_lines_to_the_end_of_the_phrasings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = Path(shutil.copytree(TEA, tmp_path / "base"))
    monkeypatch.chdir(tmp_path)
    patch = patching.unified(base, {"storage": ["is it fine in a jar?", "yes", "a: b"]})

    assert patch.splitlines()[:2] == ["--- a/base/topics/storage.yaml", "+++ b/base/topics/storage.yaml"]
    assert [line for line in patch.splitlines() if line.startswith("+ ")] == [
        "+  - is it fine in a jar?",
        '+  - "yes"',
        '+  - "a: b"',
    ]


def test_git_can_apply_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = Path(shutil.copytree(TEA, tmp_path / "base"))
    monkeypatch.chdir(tmp_path)
    patch = patching.unified(base, {"storage": ["in a jar"], "brewing": ["with a sieve"]})
    subprocess.run(["git", "apply", "-"], input=patch, text=True, check=True, cwd=tmp_path)

    assert yaml.safe_load((base / "topics" / "storage.yaml").read_text())["phrasings"][-1] == "in a jar"
    assert yaml.safe_load((base / "topics" / "brewing.yaml").read_text())["phrasings"][-1] == "with a sieve"


STYLES = [
    "phrasings: [one, two]\nkeywords: [k]\n",
    "phrasings: [one, two,]\n",
    "phrasings: []\n",
    "phrasings: [\n  one,\n  'two',  # a remark\n]\n",
    "phrasings:\n- one\n- two\nkeywords: [k]\n",
    "phrasings:\n    - one\n    - two # a remark\n\n# below\nkeywords: [k]\n",
    'phrasings:\n  - "one"\n  - >-\n    folded\n    text\nkeywords: [k]\n',
    "phrasings:\nkeywords: [k]\n",
    "title: T\n",
    "phrasings:\n  - one",
]


def test_a_question_mark_before_a_comma_is_no_hindrance() -> None:
    after = patching.extended("phrasings: [is it hard to learn?, easy for beginners]\n", ["in a jar?", "with a lid"])

    assert after == 'phrasings: [is it hard to learn?, easy for beginners, "in a jar?", with a lid]\n'


def test_what_the_reader_refuses_is_named_with_its_line_and_remedy() -> None:
    with pytest.raises(ValueError, match=r"line 2: .*; put text with a `\?` in quotes, or add these by hand"):
        patching.extended("title: T\nphrasings: [one, @two]\n", ["three"])


@pytest.mark.parametrize("text", STYLES)
def test_whatever_the_style_of_the_list_it_gets_longer_and_all_else_stays(text: str) -> None:
    before = yaml.safe_load(text)
    after = patching.extended(text, ["in a jar", "a, b: c", "no"])

    assert yaml.safe_load(after) == before | {
        "phrasings": [*(before.get("phrasings") or []), "in a jar", "a, b: c", "no"]
    }
    assert set(re.findall("#.*", text)) <= set(re.findall("#.*", after))


@pytest.mark.parametrize("text", STYLES)
def test_a_patch_applies_from_a_folder_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    base, here = tmp_path / "base", tmp_path / "here"
    (base / "topics").mkdir(parents=True)
    here.mkdir()
    topic = base / "topics" / "storage.yaml"
    topic.write_text(text)
    monkeypatch.chdir(here)
    patch = patching.unified(base, {"storage": ["in a jar"]})
    root = patching.root_of(base)
    subprocess.run(["git", "apply", "-"], input=patch, text=True, check=True, cwd=root.folder)

    assert root == (base, False)
    assert yaml.safe_load(topic.read_text())["phrasings"][-1] == "in a jar"


def test_in_a_repository_paths_begin_at_its_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    base = Path(shutil.copytree(TEA, tmp_path / "knowledge" / "base"))
    monkeypatch.chdir(base)
    patch = patching.unified(base, {"storage": ["in a jar"]})
    subprocess.run(["git", "apply", "-"], input=patch, text=True, check=True, cwd=base)

    assert patch.startswith("--- a/knowledge/base/topics/storage.yaml\n")
    assert yaml.safe_load((base / "topics" / "storage.yaml").read_text())["phrasings"][-1] == "in a jar"


def test_a_list_that_cannot_be_extended_is_refused() -> None:
    with pytest.raises(ValueError, match="add them by hand"):
        patching.extended("others: &list [one]\nphrasings: *list\n", ["two"])


@given(st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60))
def test_whatever_people_typed_is_read_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"- {patching.scalar(text)}\n") == [text]
