"""What the service knows about each platform stands in its record, and a new one needs no change elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.conversations.identity import Person
from adapters.service import bootstrap, doctor, serve, settings_loader
from adapters.service.bootstrap import compose, provisional_pseudonyms
from adapters.service.logs import Redactor
from adapters.service.platforms import PLATFORMS
from adapters.service.platforms.platform import Platform, Token, TokenCheck
from adapters.service.settings_loader import Settings
from tests.service.running import settings

SERVICE = Path(serve.__file__).parent
EXAMPLES = {
    "slack": ["xoxb-12345678-abc", "xapp-1-A123-456", "https://hooks.slack.com/services/T1/B1/secret"],
    "discord": ["MTA4NTU5NjE2MTY5MjQ2OTI0OA.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB"],
}


async def _known(_session: ClientSession, url: str, token: str) -> TokenCheck:
    return TokenCheck(well=True, words=f"{token} is known at {url}.")


class _Runner:
    name = "teams"

    def routes(self) -> list[Any]:
        return []

    async def run(self, stop: Any) -> None:
        await stop.wait()

    async def close(self) -> None:
        return


TEAMS = Platform(
    name="teams",
    title="Teams",
    process="web",
    users_are_global=True,
    secret_shapes=(r"teams-[0-9]{6,}",),
    credentials=("metrics_token",),
    is_configured=lambda settings: settings.metrics_token is not None,
    describe=lambda _settings: "over HTTP",
    problems=lambda _settings, given: ["TEAMS needs a port."] if given("metrics_token") and not given("port") else [],
    findings=lambda _settings: iter([("teams address", False, "not set.")]),
    tokens=(Token("Teams token", "metrics_token", lambda _settings: "https://teams.example/", _known),),
    run=lambda _service, _release: _Runner(),
)
"""A platform that is nothing but a record; it borrows a setting that others do not look at."""


@pytest.fixture
def with_teams(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add one line to the list."""
    for module in (doctor, bootstrap, serve, settings_loader, doctor):
        monkeypatch.setattr(module, "PLATFORMS", (*PLATFORMS, TEAMS))


@pytest.mark.usefixtures("with_teams")
async def test_a_new_platform_is_served_examined_and_checked_by_its_record_alone(tmp_path: Path) -> None:
    given = settings(metrics_token="t" * 20, port=0)
    [part] = serve.build_parts(compose(given, upgrade=False), serve.Role.WEB)
    found = {finding.about: finding.words for finding in await doctor.examine(given)}

    assert part.name == "teams"
    assert serve.build_parts(compose(given, upgrade=False), serve.Role.WORKER) == []
    assert found["Teams"] == "over HTTP."
    assert found["teams address"] == "not set."
    assert found["Teams token"] == "[hidden] is known at https://teams.example."
    assert "service" not in found


@pytest.mark.usefixtures("with_teams")
def test_its_settings_are_checked_together_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_METRICS_TOKEN", "t" * 20)
    with pytest.raises(settings_loader.SettingsError) as caught:
        settings_loader.load_settings()

    assert caught.value.problems == ["TEAMS needs a port."]


@pytest.mark.usefixtures("with_teams")
def test_its_users_are_the_same_in_every_workspace_where_it_says_so() -> None:
    pseudonyms = provisional_pseudonyms(settings(secret="s" * 20))

    assert pseudonyms.of(Person("teams", "one", "7")) == pseudonyms.of(Person("teams", "two", "7"))
    assert pseudonyms.of(Person("slack", "one", "7")) != pseudonyms.of(Person("slack", "two", "7"))


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_every_secret_of_a_platform_is_hidden_wherever_it_stands(platform: Platform) -> None:
    for secret in EXAMPLES[platform.name]:
        hidden = Redactor()(f"it says {secret} and more")
        assert secret.rpartition("/")[2] not in hidden
        assert hidden.startswith("it says ")


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_the_settings_that_a_record_names_exist(platform: Platform) -> None:
    named = {*platform.credentials, *(token.setting for token in platform.tokens)}

    assert named <= set(Settings.model_fields)


def test_no_other_part_of_the_service_names_a_platform() -> None:
    naming = {
        path.name
        for path in SERVICE.glob("*.py")
        if re.search(r"settings\.(has_)?(slack|discord)\w*", path.read_text(encoding="utf-8"))
    }

    assert naming == set()
