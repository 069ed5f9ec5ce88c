from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.service.db_upgrade import upgrade
from tests.service.holding import HoldingSlack
from tests.service.running import PATIENCE, running, settings, slack_settings
from tests.slack.people import Workspace
from tests.storage.wires import Wire, through, wired


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with wired() as made:
        yield made


@pytest.mark.parametrize("trouble", ["cut", "hang"])
async def test_questions_are_answered_and_health_says_degraded_while_the_database_is_away(
    slack: HoldingSlack, wire: Wire, trouble: str
) -> None:
    url = through(wire)
    await upgrade(settings(database_url=url))
    async with running(database_url=url, **slack_settings(slack)) as service:
        await service.until("/readyz", "ok")
        people = service.workspace(slack)
        await (wire.cut() if trouble == "cut" else asyncio.sleep(0))
        if trouble == "hang":
            wire.hold()

        sent = [await _asked(people, f"U{number}") for number in range(10)]
        await slack.wait_for(10)
        degraded = await service.until("/healthz", "degraded")
        ready, _ = await service.get("/readyz")

        await (wire.start() if trouble == "cut" else asyncio.sleep(0))
        wire.release()
        await service.until("/healthz", "ok")
        _, metrics = await service.get("/metrics")

    assert set(sent) == {200}
    assert len([call for call in slack.calls if call.method == "chat.postMessage"]) == 10
    assert list(degraded["reasons"]) == ["database"]
    assert ready == 200
    assert 'advisor_failures_total{platform="slack",where="store"}' in metrics


async def _asked(people: Workspace, user: str) -> int:
    """Ask, and again until that is acknowledged, as Slack does; return the status."""
    sent = await people.mention("how much caffeine is in coffee?", user=user)
    async with asyncio.timeout(PATIENCE):
        while sent.status == 503:
            sent = await people.replay()
    return sent.status


async def test_a_database_that_is_away_at_start_does_not_keep_the_service_from_starting(
    slack: HoldingSlack, wire: Wire
) -> None:
    url = through(wire)
    await wire.cut()
    async with running(database_url=url, **slack_settings(slack)) as service:
        await service.workspace(slack).mention("how much caffeine is in coffee?")
        await slack.wait_for(1)
        assert (await service.get("/readyz"))[1]["status"] == "degraded"

        await wire.start()
        await service.until("/readyz", "ok")
