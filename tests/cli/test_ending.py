"""How commands end, as scripts see it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

Unread = Callable[..., tuple[int, str]]
AS_CAT_ENDS = -signal.SIGPIPE
"""What a shell reports as 141."""


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        (["topics"], ""),
        (["topics", "--json"], ""),
        (["ask", "--batch"], '{"q": "how much caffeine is in tea?"}\n'),
        (["chat"], "how much caffeine is in tea?\n"),
    ],
    ids=" ".join,
)
def test_a_reader_that_goes_away_ends_a_command_without_a_word(
    unread: Unread, tea: Path, command: list[str], typed: str
) -> None:
    assert unread(*command, "--knowledge", str(tea), typed=typed) == (AS_CAT_ENDS, "")


def test_help_that_nobody_reads_ends_without_a_word(unread: Unread) -> None:
    assert unread("--help") == (AS_CAT_ENDS, "")


def test_a_report_from_the_database_that_nobody_reads_ends_without_a_word(
    unread: Unread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/advisor.db")

    assert unread("db", "upgrade") == (AS_CAT_ENDS, "")
    assert unread("stats") == (AS_CAT_ENDS, "")
