"""What a host reads: every setting is one of ours, every command exists, every metric is one that the service has."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from adapters.cli.main import app
from adapters.conversations.ports import UsageCount
from adapters.service.bootstrap import compose
from adapters.service.settings_loader import Settings, name_of
from adapters.slack.config import EVENTS_PATH
from tests.service.running import settings

ROOT = Path(__file__).parents[2]
KNOWN = {name_of(field) for field in Settings.model_fields}
OF_COMPOSE = {"ADVISOR_DOMAIN"}
"""For the files themselves, not for the program."""
METRIC = re.compile(r"\b(?:advisor|process)_[a-z_]+\b")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture
def metrics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the names of everything that a service measures, labels seen once."""
    monkeypatch.chdir(tmp_path)
    service = compose(settings(cache_dir="off"), upgrade=False)
    service.metrics.replied("slack", "answer", 0.1)
    service.metrics.failed("slack", "store")
    service.metrics.requested("/slack/events", "POST", 200, 0.1)
    service.metrics.counted(UsageCount("slack", "guide-question", "kind"))
    lines = service.metrics.text().decode().splitlines()
    return {re.split(r"[ {]", line)[0] for line in lines if not line.startswith("#")}


@pytest.mark.parametrize(
    "name", ["Dockerfile", "compose.yaml", "app.json", "render.yaml", "fly.toml", "deploy/advisor.service", "Procfile"]
)
def test_every_setting_is_one_of_ours(name: str) -> None:
    named = set(re.findall(r"\bADVISOR_[A-Z_]+\b", read(name)))

    assert named <= KNOWN | OF_COMPOSE


@pytest.mark.parametrize("name", ["deploy/prometheus/advisor.rules.yaml", "deploy/grafana/advisor.json"])
def test_every_metric_is_measured(name: str, metrics: set[str]) -> None:
    named = set(METRIC.findall(read(name)))

    assert named
    assert named - metrics == set()


def test_the_metrics_say_which_release_it_is(metrics: set[str]) -> None:
    assert "advisor_build_info" in metrics


def test_every_outcome_that_alarms_and_boards_look_for_is_counted() -> None:
    counted = set(re.findall(r'return "([a-z-]+)"', read("adapters/conversations/journal.py")))
    named: set[str] = set()
    for name in ("deploy/prometheus/advisor.rules.yaml", "deploy/grafana/advisor.json"):
        for found in re.findall(r'outcome=~?\\?"([a-z|-]+)\\?"', read(name)):
            named |= set(found.split("|"))

    assert named
    assert named <= counted


@pytest.mark.parametrize("name", ["deploy/prometheus/advisor.rules.yaml", "deploy/grafana/advisor.json"])
def test_requests_are_looked_for_by_routes_and_statuses_that_there_are(name: str) -> None:
    labels = re.findall(r'(route|status)=~?\\?"([^"\\]+)\\?"', read(name))

    assert "advisor_http_requests_total" in read(name)
    assert "advisor_http_request_duration_seconds_bucket" in read(name)
    assert set(labels) <= {("route", "/slack/.*"), ("route", EVENTS_PATH), ("status", "5xx")}


def test_every_alarm_says_what_is_wrong_and_what_to_do() -> None:
    [group] = yaml.safe_load(read("deploy/prometheus/advisor.rules.yaml"))["groups"]

    for rule in group["rules"]:
        assert rule["expr"]
        assert set(rule["annotations"]) == {"summary", "action"}
        assert rule["labels"]["severity"] in {"page", "warning", "info"}


def commands() -> list[tuple[str, str]]:
    """Return the commands that hosts run, by file."""
    fly = tomllib.loads(read("fly.toml"))
    render = yaml.safe_load(read("render.yaml"))["services"]
    found = [("fly.toml", command) for command in [fly["deploy"]["release_command"], *fly["processes"].values()]]
    for service in render:
        found += [("render.yaml", service[key]) for key in ("dockerCommand", "preDeployCommand") if key in service]
    procfile = re.findall(r"adapters\.cli\.main ([a-z][a-z -]*)", read("Procfile"))
    found += [("Procfile", command) for command in procfile]
    found += [
        ("Dockerfile", command) for command in re.findall(r"adapters\.cli\.main ([a-z][a-z ]*)", read("Dockerfile"))
    ]
    unit = re.search(r"^ExecStart=.* adapters\.cli\.main (.*)$", read("deploy/advisor.service"), re.MULTILINE)
    assert unit
    return [*found, ("deploy/advisor.service", unit[1])]


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_exists(name: str, command: str) -> None:
    words = [word for word in shlex.split(command) if word != "advisor"]
    known: Any = get_command(app)
    while words and hasattr(known, "commands"):
        assert words[0] in known.commands, name
        known = known.commands[words.pop(0)]
    options = {option for parameter in known.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_the_image_runs_as_an_ordinary_user_with_its_health_watched() -> None:
    steps = [line for line in read("Dockerfile").splitlines() if re.match(r"[A-Z]+ ", line)]
    last = steps[max(place for place, step in enumerate(steps) if step.startswith("FROM")) :]

    assert "USER 10001:10001" in last
    assert any(step.startswith("HEALTHCHECK") for step in last)
    assert last.index("USER 10001:10001") < last.index('ENTRYPOINT ["advisor"]')
    assert not any(step.startswith("ADD") for step in steps)


def test_the_image_gets_what_it_copies_and_nothing_else() -> None:
    allowed = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(\S+)", read("Dockerfile"), re.MULTILINE)

    assert set(copied) == allowed
    assert all((ROOT / name).exists() for name in copied)


def test_compose_ties_the_services_together() -> None:
    services = yaml.safe_load(read("compose.yaml"))["services"]

    assert set(services) == {"advisor", "db", "caddy"}
    assert services["advisor"]["read_only"] is True
    assert services["advisor"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert services["advisor"]["cap_drop"] == ["ALL"]
    assert "ports" not in services["db"]
    assert "reverse_proxy advisor:8000" in read("deploy/Caddyfile")
    assert services["advisor"]["environment"]["PORT"] == "8000"


def test_the_unit_gives_no_right_away() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their capitals
    unit.read_string(read("deploy/advisor.service"))
    service = unit["Service"]

    assert service["User"] == "advisor"
    assert service["UMask"] == "0077"
    assert service["StateDirectoryMode"] == "0700"
    assert service["CapabilityBoundingSet"] == ""
    assert service["NoNewPrivileges"] == "yes"
    assert int(service["TimeoutStopSec"]) > 25  # the program's own longest stop


def test_the_board_shows_each_panel_once() -> None:
    board = json.loads(read("deploy/grafana/advisor.json"))
    places = [tuple(panel["gridPos"].values()) for panel in board["panels"]]

    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    assert len(set(places)) == len(places)
