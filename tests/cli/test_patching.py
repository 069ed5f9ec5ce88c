"""The patch of new phrasings applies, and the file means what was meant."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from adapters.cli import yaml_patch

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"


def test_a_patch_adds_lines_to_the_end_of_the_phrasings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = Path(shutil.copytree(TEA, tmp_path / "base"))
    monkeypatch.chdir(tmp_path)
    patch = yaml_patch.unified(base, {"storage": ["is it fine in a jar?", "yes", "a: b"]})

    assert patch.splitlines()[:2] == ["--- a/base/topics/storage.yaml", "+++ b/base/topics/storage.yaml"]
    assert [line for line in patch.splitlines() if line.startswith("+ ")] == [
        "+  - is it fine in a jar?",
        '+  - "yes"',
        '+  - "a: b"',
    ]


def test_git_can_apply_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = Path(shutil.copytree(TEA, tmp_path / "base"))
    monkeypatch.chdir(tmp_path)
    patch = yaml_patch.unified(base, {"storage": ["in a jar"], "brewing": ["with a sieve"]})
    subprocess.run(["git", "apply", "-"], input=patch, text=True, check=True, cwd=tmp_path)

    assert yaml.safe_load((base / "topics" / "storage.yaml").read_text())["phrasings"][-1] == "in a jar"
    assert yaml.safe_load((base / "topics" / "brewing.yaml").read_text())["phrasings"][-1] == "with a sieve"


@given(st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60))
def test_whatever_people_typed_is_read_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"- {yaml_patch.scalar(text)}\n") == [text]
