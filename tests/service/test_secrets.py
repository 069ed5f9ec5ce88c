"""Secrets are planted wherever the service takes some, and looked for wherever it says something."""

from __future__ import annotations

import io
import json
import logging

import pytest

from adapters.service.db_upgrade import UpgradeError, upgrade
from adapters.service.doctor import examine, in_words
from adapters.service.logs import Redactor, correlate, set_up
from adapters.storage.encryption import new_key
from tests.service.running import running, settings
from tests.slack.stand_in import SlackStandIn

KEY = new_key()
PLANTED = {
    "slack_bot_token": "xoxb-planted-bot-token",
    "slack_signing_secret": "planted-signing-secret",
    "slack_app_token": "xapp-planted-app-token",
    "discord_token": "planted-discord-token",
    "secret": "planted-key-of-the-marks",
    "metrics_token": "planted-metrics-token",
    "encryption_keys": KEY,
}
UNAVAILABLE_ERRORS = {
    "database_url": "postgres://user:planted-password@127.0.0.1:9/name",
    "slack_api_url": "http://127.0.0.1:9/api/",
    "discord_api_url": "http://127.0.0.1:9/api",
}


def _fail(words: str) -> None:
    raise RuntimeError(words)


def _leaks(text: str) -> list[str]:
    return [secret for secret in (*PLANTED.values(), "planted-password") if secret in text]


def _log(form: str = "json", level: str = "debug") -> io.StringIO:
    stream = io.StringIO()
    set_up(level, form, Redactor(settings(**PLANTED, **UNAVAILABLE_ERRORS).secrets()), stream)
    return stream


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_log_line_holds_a_secret_wherever_it_came_from(form: str) -> None:
    stream = _log(form)
    log = logging.getLogger("somewhere")
    for secret in (*PLANTED.values(), UNAVAILABLE_ERRORS["database_url"]):
        log.warning("said %s in words", secret, extra={"detail": secret})
        log.warning("said in an object", extra={"detail": {"deep": [secret]}})
        try:
            _fail(secret)
        except RuntimeError:
            log.exception("said in a traceback")

    assert _leaks(stream.getvalue()) == []
    assert stream.getvalue().count("said in a traceback") == len(PLANTED) + 1


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1234567890-abcdef",
        "xoxe.xoxp-1-abcdefghij",
        "xapp-1-A111-222-abc",
        "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
        "https://hooks.slack.com/services/T1/B1/abcdefgh",
        "postgres://user:hunter22@db.example.com/name",
        "Authorization: Bearer abcdefghijkl",
    ],
)
def test_what_looks_like_a_secret_is_hidden_even_if_nobody_named_it(secret: str) -> None:
    shown = Redactor()(f"before {secret} after")

    assert "[hidden]" in shown
    assert shown.startswith("before ")
    assert shown.endswith(" after")
    assert secret.rsplit("/", maxsplit=1)[-1][-8:] not in shown.replace("/name", "") or "name" in secret


def test_ordinary_text_is_left_alone() -> None:
    text = "GET /healthz 200 in 0.0021 s; topic what-is-flask; version 3.1.2; see https://flask.palletsprojects.com/"

    assert Redactor(settings(**PLANTED).secrets())(text) == text


def test_lines_belong_together_by_an_id() -> None:
    stream = _log()
    correlate("the-id")
    logging.getLogger("a").info("first")
    logging.getLogger("b").info("second", extra={"platform": "slack"})

    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["event"], line["correlation"], line["level"]) for line in lines] == [
        ("first", "the-id", "info"),
        ("second", "the-id", "info"),
    ]
    assert lines[1]["platform"] == "slack"


def test_libraries_do_not_log_what_people_wrote() -> None:
    stream = _log(level="debug")
    for library in ("slack_bolt.AsyncApp", "slack_sdk.web", "discord.gateway", "sqlalchemy.engine", "aiosqlite"):
        logging.getLogger(library).info("the text of a question")

    assert stream.getvalue() == ""


async def test_the_doctor_says_nothing_secret_when_everything_is_away() -> None:
    findings = await examine(settings(**PLANTED, **UNAVAILABLE_ERRORS))

    assert _leaks(in_words(findings)) == []
    assert {finding.about: finding.state.value for finding in findings if finding.is_bad} == {
        "database": "wrong",
        "Slack bot token": "wrong",
        "Slack app-level token": "wrong",
        "Discord token": "wrong",
    }


async def test_a_failed_upgrade_says_nothing_secret() -> None:
    with pytest.raises(UpgradeError) as caught:
        await upgrade(settings(**PLANTED, **UNAVAILABLE_ERRORS), wait=0)

    assert _leaks(str(caught.value)) == []
    assert "connection refused" in str(caught.value)


async def test_a_service_at_work_says_nothing_secret(slack: SlackStandIn) -> None:
    stream = _log()
    given = {key: value for key, value in PLANTED.items() if key not in ("slack_app_token", "discord_token")}
    slack.refuse("chat.postMessage", 500, times=1)
    slack.refuse("auth.test", 200, times=1, error="invalid_auth")
    async with running(
        **given, slack_api_url=f"{slack.url}api/", database_url=UNAVAILABLE_ERRORS["database_url"]
    ) as service:
        people = service.workspace(slack, secret=PLANTED["slack_signing_secret"])
        wrong = service.workspace(slack, secret="not-the-secret")
        for question in ("how much caffeine is in coffee?", "why?", "what is xyzzy?"):
            await people.mention(question)
            await wrong.mention(question)
        pages = [
            str(await service.get(path, Authorization=f"Bearer {PLANTED['metrics_token']}"))
            for path in ("/healthz", "/readyz", "/metrics", "/nowhere")
        ]

    said = stream.getvalue() + "".join(pages) + "".join(str(call.body) for call in slack.calls)
    assert "advisor_failures_total" in said
    assert _leaks(said) == []
    assert "caffeine" not in stream.getvalue()
