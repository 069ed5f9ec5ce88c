"""Installing the encoder, and saying what is there, also by the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.encoder import encoder_folder, install, open_encoder, status
from adapters.encoder.installation import package_folder
from bot.matching.semantic import EncoderError

Advisor = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def advisor(tmp_path: Path) -> Advisor:
    """Run the command with a cache folder of its own, or another one."""

    def run(*arguments: str, cache: str = str(tmp_path / "cache")) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "adapters.cli.main", "model", *arguments]
        environment = {**os.environ, "ADVISOR_CACHE_DIR": cache}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    return run


def test_what_is_installed_is_ready(cache: Path) -> None:
    found = status(cache)

    assert found.ready
    assert found.problem is None
    assert 20e6 < found.size < 30e6


def test_what_is_installed_is_not_built_again(cache: Path) -> None:
    told: list[str] = []

    assert install(cache, say=told.append) == encoder_folder(cache)
    assert told == []


def test_a_damaged_encoder_is_built_again(cache: Path, tmp_path: Path) -> None:
    damaged = encoder_folder(tmp_path) / "manifest.json"
    damaged.parent.mkdir()
    damaged.write_text("{}")
    assert not status(tmp_path).ready

    install(tmp_path)

    assert status(tmp_path).ready
    assert [path.name for path in tmp_path.iterdir()] == [encoder_folder(tmp_path).name]


def test_an_encoder_that_was_not_installed_is_not_opened(tmp_path: Path) -> None:
    assert open_encoder(tmp_path) is None
    assert open_encoder(None) is None


def test_a_cache_that_cannot_be_written_is_a_message(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(EncoderError, match="cannot be written to"):
        install(tmp_path / "file" / "cache")


def test_the_command_installs_and_says_what_is_there(cache: Path, advisor: Advisor) -> None:
    before, installed, after = advisor("status"), advisor("install"), advisor("status", "--json")

    assert before.returncode == 1
    assert before.stdout.splitlines() == [
        "The sentence encoder is not installed. Run `advisor model install`.",
        "Until then, questions are understood by their words alone.",
    ]
    assert installed.returncode == 0
    assert "The sentence encoder is ready in " in installed.stdout
    assert installed.stderr == ""
    assert json.loads(after.stdout)["ready"] is True


def test_the_command_takes_the_official_files_from_a_folder(cache: Path, advisor: Advisor) -> None:
    assert advisor("install", "--from", str(package_folder())).returncode == 0
    assert advisor("status").stdout.startswith("The sentence encoder all-MiniLM-L6-v2-int8-1 is ready: 24 MB in ")


def test_the_command_says_what_is_wrong_with_a_folder(advisor: Advisor, tmp_path: Path) -> None:
    ran = advisor("install", "--from", str(tmp_path))

    assert ran.returncode == 2
    assert ran.stderr == f"There is no model.safetensors in {tmp_path}.\n"


def test_the_command_needs_a_cache_folder(advisor: Advisor) -> None:
    ran = advisor("install", cache="off")

    assert ran.returncode == 2
    assert ran.stderr.startswith("ADVISOR_CACHE_DIR is off")
