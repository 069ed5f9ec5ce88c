"""How commands end, as scripts see it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

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


def test_a_port_that_is_taken_is_named_once_with_its_address(
    advisor: Callable[..., CompletedProcess[str]], tea: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        given = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret", "HOST": "127.0.0.1"}
        for name, value in {**given, "KNOWLEDGE": str(tea)}.items():
            monkeypatch.setenv(f"ADVISOR_{name}", value)
        monkeypatch.setenv("PORT", str(port))
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/advisor.db")
        ran = advisor("serve")

    assert ran.returncode == 2
    assert ran.stderr.splitlines()[-1] == f"The service cannot listen on 127.0.0.1:{port}: Address already in use."


def test_a_database_without_tables_is_said_once(
    advisor: Callable[..., CompletedProcess[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "advisor.db").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/advisor.db")
    ran = advisor("stats")

    [said] = ran.stderr.splitlines()
    assert said.endswith("run `advisor db upgrade`.")
