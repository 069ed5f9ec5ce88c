"""A stop ends, whatever the database does; a second signal ends at once."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.service.db_upgrade import upgrade
from adapters.service.serve import LONGEST_STOP
from tests.service.holding import HoldingSlack
from tests.service.processes import Process, serving
from tests.service.running import PATIENCE, SMALL, settings
from tests.slack.people import SECRET, Workspace
from tests.storage.wires import Wire, through, wired


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with wired() as made:
        yield made


def _environment(slack: HoldingSlack, url: str) -> dict[str, str]:
    return {
        "ADVISOR_KNOWLEDGE": str(SMALL),
        "ADVISOR_SLACK_BOT_TOKEN": "xoxb-T1",
        "ADVISOR_SLACK_SIGNING_SECRET": SECRET,
        "ADVISOR_SLACK_API_URL": f"{slack.url}api/",
        "DATABASE_URL": url,
    }


async def _seconds(process: Process) -> tuple[int, float]:
    """Wait for the end of a process that was told to stop; return its exit code and how long it took."""
    begun = time.monotonic()
    return await asyncio.wait_for(process.process.wait(), PATIENCE), time.monotonic() - begun


@pytest.mark.parametrize("trouble", ["slow", "hangs", "gone"])
async def test_a_stop_ends_in_time_whatever_the_database_does(
    slack: HoldingSlack, wire: Wire, tmp_path: Path, trouble: str
) -> None:
    url = through(wire)
    await upgrade(settings(database_url=url))
    async with serving("web", _environment(slack, url), tmp_path) as process:
        people = Workspace(process.session, slack)  # type: ignore[arg-type]  # it only posts
        await people.mention("how much caffeine is in coffee?")
        await slack.wait_for(1)
        if trouble == "slow":
            wire.delay = 0.2
        elif trouble == "hangs":
            wire.hold()
        else:
            await wire.cut()
        for number in range(5):
            await people.mention("how much caffeine is in coffee?", user=f"U{number}")
        process.process.terminate()
        code, seconds = await _seconds(process)

    assert code == 0
    assert seconds < LONGEST_STOP
    assert '"Stopped"' in process.log.read_text()


async def test_a_second_signal_ends_at_once(slack: HoldingSlack, wire: Wire, tmp_path: Path) -> None:
    async with serving("web", _environment(slack, through(wire)), tmp_path) as process:
        slack.hold()
        people = Workspace(process.session, slack)  # type: ignore[arg-type]  # it only posts
        asking = asyncio.create_task(people.mention("how much caffeine is in coffee?"))
        await slack.reached("chat.postMessage")
        process.process.terminate()
        await _said(process, '"Stopping"')
        process.process.terminate()
        code, seconds = await _seconds(process)
        slack.release()
        await asyncio.gather(asking, return_exceptions=True)

    assert code == 128 + signal.SIGTERM
    assert seconds < 3


async def _said(process: Process, what: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while what not in process.log.read_text():  # noqa: ASYNC110  # a file cannot tell us
            await asyncio.sleep(0.02)
