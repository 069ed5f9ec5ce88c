from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.advisor import Advisor

ROOT = Path(__file__).parents[2]


@pytest.fixture
def advisor(shipped_advisor: Advisor) -> Callable[..., subprocess.CompletedProcess[str]]:  # so it is learned
    """Run the command as a user does: a process, its input and output."""

    def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "adapters.cli.main", *arguments]
        environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, input=typed, capture_output=True, text=True, check=False, env=environment)

    return run


@pytest.fixture
def unread() -> Callable[..., tuple[int, str]]:
    """Run the command for a reader that has gone, as `head` goes; return the exit code and what it complains of."""

    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        command = [sys.executable, "-m", "adapters.cli.main", *arguments]
        reader, writer = os.pipe()
        os.close(reader)
        try:
            done = subprocess.run(
                command, input=typed, stdout=writer, stderr=subprocess.PIPE, text=True, check=False, env=os.environ
            )
        finally:
            os.close(writer)
        return done.returncode, done.stderr

    return run


@pytest.fixture
def tea() -> Path:
    """Return a small knowledge base about something else."""
    return Path(__file__).parents[1] / "bases" / "tea-and-coffee"
