"""`advisor serve`, `advisor db upgrade` and `advisor db new-key`, as somebody types them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tests.service.processes import ROOT, serving
from tests.service.running import SMALL, free_port


def ran(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with these settings."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100", **settings}
    command = [sys.executable, "-m", "adapters.cli.main", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_new_key_is_one_that_seals_and_another_each_time(tmp_path: Path) -> None:
    first, second = (ran(tmp_path, "db", "new-key").stdout.strip() for _ in range(2))

    assert Fernet(first).decrypt(Fernet(first).encrypt(b"a token")) == b"a token"
    assert first != second


def test_the_tables_are_made_once_and_then_are_as_they_should_be(tmp_path: Path) -> None:
    made, again = (ran(tmp_path, "db", "upgrade", DATABASE_URL="sqlite:///advisor.db") for _ in range(2))
    with sqlite3.connect(tmp_path / "advisor.db") as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    assert (made.returncode, again.returncode) == (0, 0), made.stderr
    assert made.stdout.strip()
    assert again.stdout.strip()
    assert "alembic_version" in tables


def test_a_database_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    failed = ran(tmp_path, "db", "upgrade", DATABASE_URL="sqlite:///taken/advisor.db")

    assert failed.returncode == 1
    assert "taken/advisor.db was not upgraded: the file cannot be opened." in failed.stderr


def test_with_nothing_configured_there_is_nothing_to_serve(tmp_path: Path) -> None:
    failed = ran(tmp_path, "serve")

    assert failed.returncode == 2
    assert "Nothing to serve: configure" in failed.stderr
    assert "advisor doctor" in failed.stderr


def test_half_of_the_service_has_a_name(tmp_path: Path) -> None:
    failed = ran(tmp_path, "serve", "--only", "everything")

    assert failed.returncode == 2
    assert "--only takes `web` or `worker`." in failed.stderr


@pytest.mark.parametrize("setting", ["PORT", "ADVISOR_LOG_LEVEL"])
def test_a_setting_that_makes_no_sense_is_named_before_anything_starts(setting: str, tmp_path: Path) -> None:
    failed = ran(tmp_path, "serve", **{setting: "nonsense"})

    assert failed.returncode == 2
    assert setting in failed.stderr
    assert "Traceback" not in failed.stderr


async def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    settings = {
        "ADVISOR_KNOWLEDGE": str(SMALL),
        "ADVISOR_SLACK_BOT_TOKEN": "xoxb-T1",
        "ADVISOR_SLACK_SIGNING_SECRET": "shhh",
        "ADVISOR_SLACK_API_URL": f"http://127.0.0.1:{free_port()}/api/",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'advisor.db'}",
    }
    async with serving("web", settings, tmp_path) as process:
        async with process.session.get("/healthz") as health:
            assert health.status == 200
        assert await process.stop() == 0
