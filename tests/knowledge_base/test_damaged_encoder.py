"""A sentence encoder that is damaged is reported, and words have to do."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from adapters.encoder import encoder_folder
from adapters.knowledge_base import open_advisor
from bot.replies import Answer

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"


def test_a_damaged_encoder_leaves_the_words(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = encoder_folder(tmp_path)
    folder.mkdir()
    (folder / "manifest.json").write_text('{"graph.onnx": "0", "pieces.txt": "0"}')
    (folder / "graph.onnx").write_bytes(b"damaged")
    (folder / "pieces.txt").write_bytes(b"damaged")

    with caplog.at_level(logging.WARNING):
        advisor = open_advisor(TEA, str(tmp_path))

    assert isinstance(advisor.ask("does tea have caffeine").reply, Answer)
    assert "graph.onnx is damaged. Run `advisor model install` to build it again." in caplog.text
    assert len(caplog.records) == 1


def test_what_the_words_taught_is_kept_though_the_encoder_is_damaged(tmp_path: Path) -> None:
    folder = encoder_folder(tmp_path)
    folder.mkdir()
    (folder / "manifest.json").write_text("{}")
    open_advisor(TEA, str(tmp_path))
    kept = sorted(path.name for path in tmp_path.glob("*.npz"))
    open_advisor(TEA, str(tmp_path))

    assert len(kept) == 1
    assert sorted(path.name for path in tmp_path.glob("*.npz")) == kept
