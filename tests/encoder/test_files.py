"""Where the official files come from, and that no others are taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.encoder.installation import official_files
from bot.matching.semantic import EncoderError


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"There is no model\.safetensors in "):
        official_files(tmp_path)


def test_other_content_under_the_same_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    (tmp_path / "tokenizer.json").write_text("{}")

    with pytest.raises(
        EncoderError, match=r"model\.safetensors is not the official file: its SHA-256 should be 53aa5117"
    ):
        official_files(tmp_path)
