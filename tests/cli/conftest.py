from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def advisor() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command as a user does: a process, its input and output."""

    def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "adapters.cli.main", *arguments]
        environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
        return subprocess.run(command, input=typed, capture_output=True, text=True, check=False, env=environment)

    return run


@pytest.fixture
def tea() -> Path:
    """Return a small knowledge base about something else."""
    return Path(__file__).parents[1] / "bases" / "tea-and-coffee"
