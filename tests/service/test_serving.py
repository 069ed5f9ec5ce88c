from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adapters.service.db_upgrade import upgrade
from adapters.service.platforms.platform import PlatformRefusedError
from adapters.service.serve import Role, serve
from tests.discord.standin import APP, TOKEN, Discord
from tests.service.running import free_port, running, settings, slack_settings
from tests.slack.stand_in import SlackStandIn


def _discord(discord: Discord) -> dict[str, str]:
    return {"discord_token": TOKEN, "discord_api_url": discord.api, "discord_gateway_url": discord.gateway}


async def test_one_process_serves_both_platforms(slack: SlackStandIn, discord: Discord) -> None:
    async with running(**slack_settings(slack), **_discord(discord)) as service:
        await service.until("/readyz", "ok")
        await service.workspace(slack).mention("how much caffeine is in coffee?")
        in_slack = (await slack.wait_for(1))[0]
        in_discord = await discord.say(f"<@{APP}> how much caffeine is in coffee?")

    assert in_slack.method == "chat.postMessage"
    assert "caffeine" in str(in_slack.body).lower()
    assert "caffeine" in str(in_discord).lower()
    assert [command["name"] for command in discord.commands if command["name"] == "ask"] == ["ask"]


async def test_the_worker_serves_discord_alone_and_the_web_process_slack_alone(
    slack: SlackStandIn, discord: Discord
) -> None:
    both = slack_settings(slack) | _discord(discord)
    await upgrade(settings(**both))
    async with running(Role.WORKER, **both) as worker:
        await worker.until("/readyz", "ok")
        slack_on_worker, _ = await worker.get("/slack/events")
    assert slack_on_worker == 404

    identified = len(discord.identified)
    async with running(Role.WEB, **both) as web:
        await web.workspace(slack).mention("how much caffeine is in coffee?")
        await slack.wait_for(1)
    assert len(discord.identified) == identified


async def test_what_was_acknowledged_is_answered_before_a_stop(slack: SlackStandIn, tmp_path: Path) -> None:
    async with running(**slack_settings(slack)) as service:
        people = service.workspace(slack)
        answers = await asyncio.gather(*(people.mention("how much caffeine?", user=f"U{n}") for n in range(20)))
        service.stop.set()

    assert [answer.status for answer in answers] == [200] * 20
    assert len([call for call in slack.calls if call.method == "chat.postMessage"]) == 20


async def test_a_token_that_discord_refuses_ends_a_process_that_has_nothing_else(discord: Discord) -> None:
    given = _discord(discord) | {"discord_token": "wrong-token"}

    with pytest.raises(PlatformRefusedError, match="Reset Token") as refused:
        await serve(settings(port=free_port(), **given), Role.WORKER)
    assert refused.value.exit_code == 78


async def test_a_token_that_discord_refuses_leaves_slack_running(slack: SlackStandIn, discord: Discord) -> None:
    given = slack_settings(slack) | _discord(discord) | {"discord_token": "wrong-token"}
    reports = []
    with pytest.raises(PlatformRefusedError, match="Reset Token"):  # noqa: PT012  # raised at the end of the block
        async with running(**given) as service:
            reports.append(await service.until("/readyz", "degraded"))
            await service.workspace(slack).mention("how much caffeine is in coffee?")
            await slack.wait_for(1)

    assert [list(report["reasons"]) for report in reports] == [["discord"]]
    assert "wrong-token" not in str(reports)


async def test_a_port_that_is_taken_is_an_error_at_once(slack: SlackStandIn) -> None:
    async with running(**slack_settings(slack)) as service:
        port = int(service.url.rsplit(":", 1)[1])
        with pytest.raises(OSError, match="address already in use"):
            await serve(settings(port=port, **slack_settings(slack)), Role.WEB)


async def test_slack_is_reached_through_the_proxy_that_the_environment_names(
    slack: SlackStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", slack.url)

    async with running(**slack_settings(slack) | {"slack_api_url": "http://slack.invalid/api/"}) as service:
        await service.workspace(slack).mention("how much caffeine is in tea?")
        await slack.wait_for(1)
