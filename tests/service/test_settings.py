from __future__ import annotations

from pathlib import Path

import pytest

from adapters.service.settings_loader import (
    Settings,
    SettingsError,
    load_knowledge_settings,
    load_settings,
    name_of,
    names_not_read,
)
from adapters.storage.encryption import new_key

ROOT = Path(__file__).parents[2]
GOOD = {"ADVISOR_SLACK_BOT_TOKEN": "xoxb-1", "ADVISOR_SLACK_SIGNING_SECRET": "0123456789"}


def _problems(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return caught.value.problems


def test_nothing_has_to_be_set() -> None:
    settings = load_settings()

    assert (settings.has_slack, settings.has_discord) == (False, False)
    assert settings.database_url.get_secret_value() == "sqlite:///advisor.db"
    assert (settings.listen_host, settings.port) == ("127.0.0.1", None)


def test_a_host_that_gives_a_port_is_listened_to_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "5000")

    assert (load_settings().listen_host, load_settings().port) == ("0.0.0.0", 5000)


def test_all_mistakes_are_said_at_once_in_words_and_without_values(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = _problems(
        monkeypatch,
        ADVISOR_SLACK_BOT_TOKEN="xoxp-my-secret",
        ADVISOR_SLACK_CLIENT_ID="1.2",
        ADVISOR_DISCORD_TOKEN="Bot my-secret",
        ADVISOR_DISCORD_SHARD_IDS="0,1",
        DATABASE_URL="mysql://u:my-secret@db/name",
        ADVISOR_ENCRYPTION_KEYS="my-secret",
        ADVISOR_SECRET="my-secret",
        ADVISOR_KNOWLEDGE="/nowhere",
        ADVISOR_PUBLIC_URL="http://example.com",
        ADVISOR_LOG_LEVEL="loud",
        ADVISOR_KEEP_MISSED="perhaps",
        PORT="99999",
    )

    assert sorted(problems) == [
        "ADVISOR_DISCORD_SHARD_COUNT is missing: shard ids need it, the same in every process.",
        'ADVISOR_DISCORD_TOKEN: give the token alone, without "Bot" and without spaces.',
        "ADVISOR_ENCRYPTION_KEYS: each key must be one that `advisor db new-key` prints; separate them by commas.",
        "ADVISOR_KEEP_MISSED: write true or false.",
        "ADVISOR_KNOWLEDGE: there is no knowledge base in /nowhere (no knowledge.yaml).",
        "ADVISOR_LOG_LEVEL: use 'debug', 'info', 'warning' or 'error'.",
        "ADVISOR_PUBLIC_URL: an address such as https://advisor.example.com is needed.",
        "ADVISOR_SECRET: 16 characters or more are needed, not 9.",
        (
            "ADVISOR_SLACK_BOT_TOKEN and ADVISOR_SLACK_CLIENT_ID are both set: keep the token for one workspace, "
            "or the client id and secret for many."
        ),
        "ADVISOR_SLACK_BOT_TOKEN: a bot token begins with xoxb-.",
        (
            "ADVISOR_SLACK_CLIENT_SECRET is missing: installation by any workspace needs both the client id and its "
            "secret."
        ),
        "ADVISOR_SLACK_SIGNING_SECRET is missing (or ADVISOR_SLACK_APP_TOKEN, for Socket Mode).",
        'DATABASE_URL: "mysql" is not supported; use sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.',
        "PORT: it has to be 65535 or less.",
    ]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (
            {"ADVISOR_SLACK_SIGNING_SECRET": "s"},
            "ADVISOR_SLACK_BOT_TOKEN is missing (or a client id and secret, for many workspaces).",
        ),
        (
            {"ADVISOR_SLACK_APP_TOKEN": "xapp-1"},
            "ADVISOR_SLACK_BOT_TOKEN is missing: Socket Mode serves one workspace and needs its token.",
        ),
        (
            {"ADVISOR_DISCORD_SHARD_IDS": "0,4", "ADVISOR_DISCORD_SHARD_COUNT": "4"},
            "ADVISOR_DISCORD_SHARD_IDS: the ids run from 0 to 3.",
        ),
    ],
)
def test_settings_that_do_not_fit_together_are_refused(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], problem: str
) -> None:
    assert _problems(monkeypatch, **given) == [problem]


@pytest.mark.parametrize(
    "given",
    [
        GOOD,
        {"ADVISOR_SLACK_BOT_TOKEN": "xoxb-1", "ADVISOR_SLACK_APP_TOKEN": "xapp-1"},
        {"ADVISOR_SLACK_SIGNING_SECRET": "s", "ADVISOR_SLACK_CLIENT_ID": "1.2", "ADVISOR_SLACK_CLIENT_SECRET": "c"},
    ],
)
def test_each_way_to_reach_slack_is_enough(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert load_settings().has_slack


def test_no_secret_shows_in_any_form(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "ADVISOR_SLACK_BOT_TOKEN": "xoxb-planted",
        "ADVISOR_SLACK_SIGNING_SECRET": "planted-signing",
        "ADVISOR_DISCORD_TOKEN": "planted.discord.token",
        "ADVISOR_SECRET": "planted-secret-of-marks",
        "ADVISOR_METRICS_TOKEN": "planted-metrics",
        "ADVISOR_ENCRYPTION_KEYS": new_key(),
        "DATABASE_URL": "postgres://u:planted-password@db/name",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()

    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert "planted" not in shown
    assert secrets["ADVISOR_ENCRYPTION_KEYS"] not in shown


def test_a_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ADVISOR_MISSED_DAYS=30\nADVISOR_FEEDBACK_DAYS=60\nUNRELATED=1\nADVISOR_SECRET=\n")
    monkeypatch.setenv("ADVISOR_FEEDBACK_DAYS", "90")

    settings = load_settings()
    assert (settings.missed_days, settings.feedback_days, settings.secret) == (30, 90, None)


def test_names_that_are_not_read_are_pointed_out_with_what_was_meant() -> None:
    environment = {
        "SLACK_CLIENT_ID": "1",
        "DISCORD_TOKEN": "t",
        "ADVISOR_DISCORD_TOKEN": "t",
        "ADVISOR_SECRTE": "s",
        "ADVISOR_METRIC_TOKEN": "m",
        "ADVISOR_SLACK_SIGNING_SECRETT": "s",
        "ADVISOR_WEATHER": "fine",
        "ADVISOR_PORT": "1",
        "ADVISOR_DOMAIN": "advisor.example.com",
        "HOME": "/",
    }

    assert names_not_read(environment) == {
        "SLACK_CLIENT_ID": "ADVISOR_SLACK_CLIENT_ID",
        "ADVISOR_SECRTE": "ADVISOR_SECRET",
        "ADVISOR_METRIC_TOKEN": "ADVISOR_METRICS_TOKEN",
        "ADVISOR_SLACK_SIGNING_SECRETT": "ADVISOR_SLACK_SIGNING_SECRET",
        "ADVISOR_WEATHER": "",
    }


@pytest.mark.parametrize(
    "address",
    [
        "postgres://u:p@ss:Planted0rd@h/x",
        "postgres://user:Planted-pass",
        "postgres://u:Planted@h:x:y/db",
        "://Planted",
        "postgres://u:p@s?Planted=x@h/db",
    ],
)
def test_a_password_is_never_repeated(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    [problem] = _problems(monkeypatch, DATABASE_URL=address)

    assert problem.startswith("DATABASE_URL: this is not a database address")
    assert "Planted" not in problem


def test_parameters_of_a_database_that_would_be_lost_are_refused_together(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgres://u:Planted@h/x?sslmode=require&channel_binding=require&keepalives=1"

    [problem] = _problems(monkeypatch, DATABASE_URL=address)

    assert problem == (
        'DATABASE_URL: "keepalives" is no parameter of the driver: remove it or, if it is a setting of the server, '
        "write options=-c%20keepalives%3DVALUE; the driver has no channel binding: write channel_binding=prefer; "
        "sslmode=verify-full knows the server, too."
    )


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_that_nobody_else_sees_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert _problems(monkeypatch, DATABASE_URL=address) == [
        "DATABASE_URL: a file is needed, as in sqlite:///advisor.db."
    ]


def test_a_file_that_is_no_text_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"ADVISOR_SECRET=\xff\xfe\n")

    with pytest.raises(SettingsError, match="is not UTF-8 text"):
        load_settings()


def test_what_is_in_order_stays_usable_beside_what_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_DISCORD_SHARD_IDS", "0,1")
    monkeypatch.setenv("ADVISOR_DISCORD_SHARD_COUNT", "2")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere.db")
    monkeypatch.setenv("PORT", "many")
    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert caught.value.problems == ["PORT: a whole number is needed."]
    assert caught.value.usable
    assert caught.value.usable.discord_shard_ids == (0, 1)
    assert caught.value.usable.database_url.get_secret_value() == "sqlite:///elsewhere.db"
    assert caught.value.usable.port is None


def test_commands_read_the_knowledge_from_the_same_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tea = ROOT / "tests" / "bases" / "tea-and-coffee"
    (tmp_path / ".env").write_text(f"ADVISOR_KNOWLEDGE={tea}\nADVISOR_CACHE_DIR=off\n")
    monkeypatch.delenv("ADVISOR_CACHE_DIR", raising=False)
    monkeypatch.setenv("ADVISOR_SLACK_BOT_TOKEN", "no token at all")

    settings = load_knowledge_settings()
    assert (settings.knowledge_folder, settings.cache_folder) == (tea, None)


def test_the_example_file_names_every_setting_that_is_not_for_tests() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = {line.split("=")[0] for line in lines if line and not line.startswith("#")}
    elsewhere = {"ADVISOR_SLACK_API_URL", "ADVISOR_DISCORD_API_URL", "ADVISOR_DISCORD_GATEWAY_URL"}

    assert named == {name_of(field) for field in Settings.model_fields} - elsewhere


def test_the_example_file_is_in_order(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text())

    assert load_settings().model_dump() == Settings(_env_file=None).model_dump()
