"""What was learned once is not learned again, and never stands in the way."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from adapters.knowledge_base import model_cache, open_advisor, shipped_folder
from bot.advisor import Advisor
from bot.knowledge import KnowledgeError, load
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


def _arrays(path: Path) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[Any]]]:
    with np.load(path) as file:
        return {name: file[name] for name in file.files}


@pytest.mark.parametrize(
    "damage",
    [
        lambda arrays: {name: value for name, value in arrays.items() if name != "weights"},
        lambda arrays: {name: value for name, value in arrays.items() if name != model_cache.CHECKSUM},
        lambda arrays: {**arrays, "weights": arrays["weights"][:1]},
        lambda arrays: {**arrays, "weights": -arrays["weights"]},
        lambda arrays: {**arrays, "words": np.frombuffer(b"\xff\xff", np.uint8)},
        lambda arrays: {**arrays, "bias": np.zeros((0, 3))},
    ],
)
def test_a_file_with_something_wrong_in_it_is_thrown_away_and_made_again(
    cache: Path, damage: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    expected = replies(open_advisor(TEA, str(cache)))
    (kept,) = cache.iterdir()
    np.savez(kept, **damage(_arrays(kept)))

    assert model_cache.recalled(load(TEA), cache) is None
    assert not kept.exists()
    assert replies(open_advisor(TEA, str(cache))) == expected
    assert model_cache.recalled(load(TEA), cache) is not None


def test_a_file_that_claims_to_be_huge_is_thrown_away(cache: Path) -> None:
    open_advisor(TEA, str(cache))
    (kept,) = cache.iterdir()
    header = b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000000,), }"
    with zipfile.ZipFile(kept, "w") as file:
        file.writestr("weights.npy", header.ljust(127) + b"\n")

    assert model_cache.recalled(load(TEA), cache) is None
    assert not kept.exists()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system has no owners of files")
@pytest.mark.parametrize("of_folder", [False, True])
def test_a_file_that_others_can_write_is_not_believed(cache: Path, of_folder: bool) -> None:
    open_advisor(TEA, str(cache))
    (kept,) = cache.iterdir()
    (cache if of_folder else kept).chmod(0o777)

    assert model_cache.recalled(load(TEA), cache) is None
    assert kept.exists()


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives files away")
def test_a_file_of_another_user_is_not_believed(cache: Path) -> None:
    open_advisor(TEA, str(cache))
    (kept,) = cache.iterdir()
    os.chown(kept, 65534, 65534)

    assert model_cache.recalled(load(TEA), cache) is None


def test_where_nothing_can_be_kept_it_works_and_says_so(cache: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache.write_text("a file where the folder should be")
    assert isinstance(open_advisor(TEA, str(cache)).ask("how long should it steep").reply, Answer)
    assert "every start learns again" in caplog.text


@pytest.mark.parametrize(("cache_dir", "kept"), [("off", False), ("", True), (None, True)])
def test_the_users_cache_folder_is_taken_unless_that_is_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache_dir: str | None, kept: bool
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    open_advisor(TEA, cache_dir)
    assert any(tmp_path.rglob("*.npz")) is kept


def _old(cache: Path, name: str, age: int) -> Path:
    file = cache / f"{name}{age:024x}.npz"
    file.write_bytes(b"old")
    os.utime(file, (10_000 - age, 10_000 - age))
    return file


def test_old_states_make_room_and_what_else_is_there_stays(cache: Path) -> None:
    cache.mkdir()
    states = [_old(cache, "tea-and-coffee.", age) for age in range(5)]
    first_release = [_old(cache, "", age) for age in range(5)]
    vectors = cache / "vectors-mini.npz"
    vectors.write_bytes(b"vectors")
    open_advisor(TEA, str(cache))

    assert [file.exists() for file in states] == [True, True, False, False, False]
    assert [file.exists() for file in first_release] == [True, True, True, False, False]
    assert vectors.exists()
    assert model_cache.recalled(load(TEA), cache) is not None


def test_whatever_is_tried_the_shipped_knowledge_base_need_not_be_learned_again(cache: Path) -> None:
    cache.mkdir()
    shipped = _old(cache, f"{shipped_folder().name}.", 10_000)
    others = [_old(cache, f"base-{number}.", number) for number in range(20)]
    open_advisor(TEA, str(cache))

    assert shipped.exists()
    assert sum(file.exists() for file in others) == model_cache.KEPT - 2


def test_a_service_lets_another_process_learn(cache: Path) -> None:
    expected = replies(open_advisor(TEA, "off"))
    assert replies(open_advisor(TEA, str(cache), apart=True)) == expected
    assert model_cache.recalled(load(TEA), cache) is not None


def test_what_another_process_learned_is_taken_even_where_nothing_can_be_kept(cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    begun: list[tuple[int, int]] = []
    advisor = open_advisor(TEA, str(cache), apart=True, progress=lambda *done: begun.append(done))

    assert replies(advisor) == replies(open_advisor(TEA, "off"))
    assert begun == []  # nothing was learned in this process


def test_a_folder_that_was_filled_before_may_be_read_only(cache: Path) -> None:
    expected = replies(open_advisor(TEA, str(cache)))
    cache.chmod(0o555)
    begun: list[tuple[int, int]] = []
    try:
        again = replies(open_advisor(TEA, str(cache), progress=lambda *done: begun.append(done)))
    finally:
        cache.chmod(0o755)

    assert again == expected
    assert begun == []


def test_a_mistake_in_the_files_is_the_same_from_another_process(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "knowledge.yaml").write_text("title: [")

    with pytest.raises(KnowledgeError, match="1 mistake"):
        open_advisor(tmp_path / "base", str(cache), apart=True)
