from __future__ import annotations

import pytest
from typer.testing import CliRunner

from adapters.cli.discord_commands import app


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> pytest.MonkeyPatch:
    monkeypatch.chdir(str(tmp_path))
    for name in ("ADVISOR_DISCORD_TOKEN", "ADVISOR_DISCORD_APPLICATION_ID"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_invite_prints_both_links_for_the_application(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("ADVISOR_DISCORD_APPLICATION_ID", "4711")

    printed = CliRunner().invoke(app, ["invite"]).output

    assert "client_id=4711&scope=bot+applications.commands&permissions=274877975552&integration_type=0" in printed
    assert "client_id=4711&scope=applications.commands&integration_type=1" in printed


@pytest.mark.parametrize("verb", ["invite", "sync"])
def test_without_settings_it_says_which_one_is_missing(settings: pytest.MonkeyPatch, verb: str) -> None:
    result = CliRunner().invoke(app, [verb])

    assert result.exit_code != 0
    assert "ADVISOR_DISCORD_TOKEN" in str(result.exception)


def test_a_release_without_discord_goes_through(settings: pytest.MonkeyPatch) -> None:
    result = CliRunner().invoke(app, ["sync", "--if-configured"])

    assert (result.exit_code, result.output) == (0, "")
