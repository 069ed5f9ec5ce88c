"""What was learned once is not learned again, and never stands in the way."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from adapters.knowledge_base import model_cache, open_advisor
from bot.advisor import Advisor
from bot.knowledge import load
from bot.replies import Answer

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"
QUESTIONS = ("how long should it steep", "does tea have cafeine", "is coffee dearer", "what about the moon")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Keep what is learned in a folder of this test."""
    return tmp_path / "cache"


def replies(advisor: Advisor) -> list[object]:
    return [advisor.ask(question).reply for question in QUESTIONS]


def test_what_was_kept_answers_exactly_as_what_was_learned(cache: Path) -> None:
    first = replies(open_advisor(TEA, str(cache)))
    assert len(list(cache.iterdir())) == 1
    assert model_cache.recalled(load(TEA), cache) is not None
    assert replies(open_advisor(TEA, str(cache))) == first


def test_another_state_of_the_knowledge_is_learned_anew(cache: Path, tmp_path: Path) -> None:
    open_advisor(TEA, str(cache))
    changed = tmp_path / "tea"
    shutil.copytree(TEA, changed)
    (changed / "knowledge.yaml").write_text((changed / "knowledge.yaml").read_text() + "# another state\n")
    assert model_cache.recalled(load(changed), cache) is None
    open_advisor(changed, str(cache))
    assert len(list(cache.glob("*.npz"))) == 2


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04cut off"])
def test_a_damaged_file_is_made_again(cache: Path, content: bytes) -> None:
    expected = replies(open_advisor(TEA, str(cache)))
    (kept,) = cache.iterdir()
    kept.write_bytes(content)
    assert replies(open_advisor(TEA, str(cache))) == expected
    assert kept.stat().st_size > len(content)


def test_a_file_with_something_missing_is_made_again(cache: Path) -> None:
    open_advisor(TEA, str(cache))
    (kept,) = cache.iterdir()
    with np.load(kept) as arrays:
        np.savez(kept, **{name: arrays[name] for name in arrays.files if name != "weights"})
    assert model_cache.recalled(load(TEA), cache) is None
    assert isinstance(open_advisor(TEA, str(cache)).ask("how long should it steep").reply, Answer)


def test_where_nothing_can_be_kept_it_works_all_the_same(cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    assert isinstance(open_advisor(TEA, str(cache)).ask("how long should it steep").reply, Answer)


@pytest.mark.parametrize(("cache_dir", "kept"), [("off", False), ("", True), (None, True)])
def test_the_users_cache_folder_is_taken_unless_that_is_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache_dir: str | None, kept: bool
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    open_advisor(TEA, cache_dir)
    assert any(tmp_path.rglob("*.npz")) is kept


def test_old_files_make_room(cache: Path) -> None:
    cache.mkdir()
    for number in range(10):
        (cache / f"{number}.npz").write_bytes(b"old")
    open_advisor(TEA, str(cache))
    assert len(list(cache.iterdir())) == model_cache.KEPT
    assert model_cache.recalled(load(TEA), cache) is not None


def test_a_service_lets_another_process_learn(cache: Path) -> None:
    expected = replies(open_advisor(TEA, "off"))
    assert replies(open_advisor(TEA, str(cache), apart=True)) == expected
    assert model_cache.recalled(load(TEA), cache) is not None


def test_where_no_other_process_can_learn_this_one_does(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert isinstance(open_advisor(TEA, str(cache), apart=True).ask("how long should it steep").reply, Answer)
