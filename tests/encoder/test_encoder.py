"""The real encoder: what its vectors say, and what happens when its files are damaged."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from adapters.encoder import MiniLmEncoder, encoder_folder
from bot.matching.semantic import EncoderError


@pytest.fixture
def copied(cache: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(encoder_folder(cache), tmp_path / "encoder"))


def test_vectors_have_384_numbers_and_length_1(real: MiniLmEncoder) -> None:
    found = real.encode(["how do I bake bread", "", "x" * 9000])

    assert found.shape == (3, 384)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)


def test_no_text_has_no_vectors(real: MiniLmEncoder) -> None:
    assert real.encode([]).shape == (0, 384)


def test_texts_of_one_meaning_are_alike_though_they_share_no_word(real: MiniLmEncoder) -> None:
    asked, same, other = real.encode(["how can people log in", "user authentication", "where do images go"])

    assert asked @ same > 0.4
    assert asked @ other < 0.25


def test_a_vector_does_not_depend_on_the_texts_beside_it(real: MiniLmEncoder) -> None:
    text = "does it scale"
    beside = real.encode(["a much longer text that needs many more pieces than the other one", text])

    assert np.array_equal(beside[1], real.encode([text])[0])


def test_what_was_not_installed_says_how(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"not installed\. Run `advisor model install`"):
        MiniLmEncoder(tmp_path).encode(["anything"])


@pytest.mark.parametrize("name", ["graph.onnx", "pieces.txt"])
def test_a_flipped_byte_is_noticed(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)

    with pytest.raises(EncoderError, match=rf"{name} is damaged\. Run `advisor model install`"):
        MiniLmEncoder(copied).load()


@pytest.mark.parametrize("name", ["graph.onnx", "pieces.txt"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()

    with pytest.raises(EncoderError, match=rf"{name} cannot be read"):
        MiniLmEncoder(copied).load()


@pytest.mark.parametrize("text", ["", "[]", "no JSON", '{"graph.onnx": 3}'])
def test_a_manifest_that_is_none_is_no_crash(copied: Path, text: str) -> None:
    (copied / "manifest.json").write_text(text)

    with pytest.raises(EncoderError, match="advisor model install"):
        MiniLmEncoder(copied).load()


def test_a_graph_that_is_none_is_no_crash_though_the_manifest_vouches_for_it(copied: Path) -> None:
    _replace(copied, "graph.onnx", b"no graph")

    with pytest.raises(EncoderError, match="cannot run the encoder"):
        MiniLmEncoder(copied).load()


def test_wrong_vectors_are_noticed_though_the_manifest_vouches_for_the_files(copied: Path) -> None:
    marks, *others = (copied / "pieces.txt").read_text(encoding="utf-8").rsplit("\n", 20_000)
    _replace(copied, "pieces.txt", "\n".join([marks, *reversed(others)]).encode())

    with pytest.raises(EncoderError, match="wrong vectors"):
        MiniLmEncoder(copied).load()


def test_pieces_without_the_marks_are_no_crash(copied: Path) -> None:
    _replace(copied, "pieces.txt", b"a\nb")

    with pytest.raises(EncoderError, match="advisor model install"):
        MiniLmEncoder(copied).load()


def _replace(folder: Path, name: str, content: bytes) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest[name] = hashlib.sha256(content).hexdigest()
    (folder / name).write_bytes(content)
    (folder / "manifest.json").write_text(json.dumps(manifest))
