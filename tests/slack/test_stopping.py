"""A process that is told to stop by its host, with answers in flight."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from aiohttp import ClientSession

from tests.slack.people import Workspace
from tests.slack.stand_in import SlackStandIn

SERVED = Path(__file__).with_name("served.py")


async def test_sigterm_loses_no_answer_that_was_acknowledged(slack: SlackStandIn) -> None:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, str(SERVED), slack.url, "0.5", stdout=pipe)
    assert process.stdout
    port = int(await process.stdout.readline())
    async with ClientSession(f"http://127.0.0.1:{port}") as client:
        workspace = Workspace(client, slack)  # type: ignore[arg-type]  # it only posts
        sent = [await workspace.mention("how much caffeine is in tea?", user=f"U{number}") for number in range(3)]
    before = len(slack.calls)
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(30):
        await process.wait()

    assert [answer.status for answer in sent] == [200, 200, 200]
    assert before == 0
    assert [call.method for call in slack.calls] == ["chat.postMessage"] * 3
