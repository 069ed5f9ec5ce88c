"""Vectors are kept by text, and files that are of no use cost nothing but time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from adapters.encoder import KeptVectors
from tests.encoder.conftest import CountingEncoder

TEXTS = ["one", "two", "three"]


def test_a_vector_is_what_the_encoder_gives(counting: CountingEncoder, tmp_path: Path) -> None:
    found = KeptVectors(counting, tmp_path).encode(TEXTS)

    assert found == pytest.approx(CountingEncoder().encode(TEXTS), abs=1e-3)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1, 1], abs=1e-6)


def test_a_changed_phrasing_costs_one_text_and_the_check_of_another(tmp_path: Path) -> None:
    KeptVectors(CountingEncoder(), tmp_path).encode(TEXTS)
    later = CountingEncoder()
    found = KeptVectors(later, tmp_path).encode(["one", "twofold", "three"])

    assert later.asked == ["one", "twofold"]
    assert found == pytest.approx(CountingEncoder().encode(["one", "twofold", "three"]), abs=1e-3)


def test_the_same_texts_in_another_order_are_not_encoded_again(tmp_path: Path) -> None:
    first = KeptVectors(CountingEncoder(), tmp_path).encode(TEXTS)
    later = CountingEncoder()
    found = KeptVectors(later, tmp_path).encode([*reversed(TEXTS)])

    assert later.asked == ["three"]
    assert np.array_equal(found[::-1], first)


def test_a_text_that_occurs_twice_is_encoded_once(counting: CountingEncoder, tmp_path: Path) -> None:
    found = KeptVectors(counting, tmp_path).encode(["one", "one"])

    assert counting.asked == ["one"]
    assert np.array_equal(found[0], found[1])


def test_progress_is_told_only_where_texts_are_encoded(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    KeptVectors(CountingEncoder(), tmp_path).encode([str(n) for n in range(600)], lambda *done: told.append(done))
    assert told == [(256, 600), (512, 600), (600, 600)]

    told.clear()
    KeptVectors(CountingEncoder(), tmp_path).encode(["5"], lambda *done: told.append(done))
    assert told == []


def _pickled(path: Path) -> None:
    np.savez(path, keys=np.array([{"a": 1}], object), rows=np.array([None], object))


def _of_another_size(path: Path) -> None:
    np.savez(path, keys=np.zeros((3, 16), np.uint8), rows=np.zeros((3, 5), np.float16))


def _not_finite(path: Path) -> None:
    np.savez(path, keys=np.zeros((1, 16), np.uint8), rows=np.full((1, 8), np.nan, np.float16))


def _without_rows(path: Path) -> None:
    np.savez(path, keys=np.zeros((3, 16), np.uint8))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _junk(path: Path) -> None:
    path.write_bytes(b"junk")


@pytest.mark.parametrize("spoil", [_pickled, _of_another_size, _not_finite, _without_rows, _cut, _junk])
def test_a_file_of_no_use_is_made_again(spoil: type, tmp_path: Path) -> None:
    KeptVectors(CountingEncoder(), tmp_path).encode(TEXTS)
    spoil(next(tmp_path.glob("*.npz")))
    again, later = CountingEncoder(), CountingEncoder()
    found = KeptVectors(again, tmp_path).encode(TEXTS)
    KeptVectors(later, tmp_path).encode(TEXTS)

    assert sorted(again.asked) == sorted(TEXTS)
    assert later.asked == ["one"]
    assert found == pytest.approx(CountingEncoder().encode(TEXTS), abs=1e-3)


def test_vectors_of_something_else_under_this_encoders_name_are_made_again(tmp_path: Path) -> None:
    other = CountingEncoder("other")
    KeptVectors(other, tmp_path).encode(TEXTS)
    (tmp_path / "vectors-other.npz").rename(tmp_path / "vectors-counting.npz")
    found = KeptVectors(CountingEncoder(), tmp_path).encode(TEXTS)

    assert found == pytest.approx(CountingEncoder().encode(TEXTS), abs=1e-3)


def test_a_folder_that_cannot_be_made_costs_only_time(counting: CountingEncoder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = KeptVectors(counting, tmp_path / "file" / "cache").encode(TEXTS)

    assert found == pytest.approx(CountingEncoder().encode(TEXTS), abs=1e-3)


def test_without_a_folder_nothing_is_kept(counting: CountingEncoder) -> None:
    vectors = KeptVectors(counting, None)
    vectors.encode(["one"])
    vectors.encode(["one"])

    assert counting.asked == ["one", "one"]
