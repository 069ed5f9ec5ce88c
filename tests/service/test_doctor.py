from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adapters.knowledge_base import model_cache
from adapters.knowledge_base.loader import learned
from adapters.service.db_upgrade import upgrade
from adapters.service.doctor import CheckState, examine
from tests.discord.standin import TOKEN, Discord
from tests.service.running import SMALL, settings, slack_settings
from tests.slack.stand_in import SlackStandIn


async def _found(**given: Any) -> dict[str, tuple[str, str]]:
    return {finding.about: (finding.state.value, finding.words) for finding in await examine(settings(**given))}


async def test_with_nothing_configured_it_says_what_to_set() -> None:
    found = await _found()

    assert found["service"] == ("wrong", "`advisor serve` has nothing to serve yet.")
    assert found["Slack"][1].startswith("not configured: set ADVISOR_SLACK_BOT_TOKEN")
    assert found["Discord"] == ("note", "not configured: set ADVISOR_DISCORD_TOKEN.")


async def test_with_everything_in_order_it_says_what_will_run(slack: SlackStandIn, discord: Discord) -> None:
    given = slack_settings(slack) | {"discord_token": TOKEN, "discord_api_url": discord.api}
    await upgrade(settings(**given))

    found = await _found(**given)

    states = {about: state for about, (state, _) in found.items()}
    assert states == dict.fromkeys(
        ["Slack", "Discord", "knowledge", "cache", "database", "Slack bot token", "Discord token"], "ok"
    ) | dict.fromkeys(["privacy", "sentence encoder"], "note")
    assert found["Slack"][1] == "over HTTP, for one workspace."
    assert found["Slack bot token"][1] == "known to Slack, for the workspace T1."
    assert found["Discord token"][1].startswith(
        "known to Discord, as advisor, in 1 server. Its commands are not registered yet"
    )
    assert found["database"][1] == "SQLite, sqlite+aiosqlite:///advisor.db, tables up to date."


async def test_tokens_that_are_refused_are_said_to_be(slack: SlackStandIn, discord: Discord) -> None:
    slack.refuse("auth.test", 200, error="token_revoked")
    given = slack_settings(slack) | {"discord_token": "wrong-token", "discord_api_url": discord.api}

    found = await _found(**given)

    assert found["Slack bot token"] == ("wrong", "Slack does not accept it (token_revoked).")
    assert found["Discord token"] == ("wrong", "Discord does not accept it (status 401).")


async def test_a_database_that_is_not_there_yet_is_no_mistake_and_is_not_made(tmp_path: Path) -> None:
    state, words = (await _found())["database"]

    assert (state, words.startswith("SQLite, advisor.db: the file is not there yet")) == ("note", True)
    assert not (tmp_path / "advisor.db").exists()


async def test_tables_of_another_release_are_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "advisor.db").touch()
    assert (await _found())["database"][1].endswith("run `advisor db upgrade`.")


async def test_tokens_stored_in_the_clear_are_pointed_out() -> None:
    given = {"slack_client_id": "1.2", "slack_client_secret": "s" * 10, "slack_signing_secret": "t" * 10}

    assert (await _found(**given))["encryption"][0] == "wrong"


async def test_a_knowledge_base_with_mistakes_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "knowledge.yaml").write_text("title: [unfinished")

    state, words = (await _found(knowledge=tmp_path))["knowledge"]

    assert state == "wrong"
    assert "knowledge.yaml" in words


@pytest.mark.parametrize("name", ["SLACK_CLIENT_ID", "DISCORD_TOKEN"])
async def test_names_that_are_not_read_are_pointed_out(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "something")

    assert (await _found())["settings"] == ("note", f"{name} is not read; the name here is ADVISOR_{name}.")


async def test_what_others_can_see_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ADVISOR_SECRTE=1\n")
    (tmp_path / ".env").chmod(0o644)
    findings = await examine(settings(port=8000, host="0.0.0.0"))
    said = [finding.words for finding in findings if finding.state is CheckState.NOTE]

    assert "anybody who reaches the port can read /metrics: set ADVISOR_METRICS_TOKEN." in said
    assert "other users of this machine can read .env: run `chmod 600 .env`." in said
    assert "ADVISOR_SECRTE is not read; the name here is ADVISOR_SECRET." in said
    assert any(words.startswith("ADVISOR_SECRET is not set") for words in said)


async def test_a_cache_that_takes_nothing_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert (await _found(cache_dir=str(tmp_path / "file" / "cache")))["cache"][0] == "note"


async def test_a_cache_that_was_filled_before_may_take_nothing_as_in_an_image(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_cache, "unwritable", lambda cache: f"{cache}: Read-only file system")
    assert (await _found(cache_dir=str(tmp_path)))["cache"][0] == "note"

    monkeypatch.undo()
    learned(SMALL, tmp_path)
    monkeypatch.setattr(model_cache, "unwritable", lambda cache: f"{cache}: Read-only file system")
    words = f"what was learned is in {tmp_path}, which cannot be written to."
    assert (await _found(cache_dir=str(tmp_path)))["cache"] == ("ok", words)
