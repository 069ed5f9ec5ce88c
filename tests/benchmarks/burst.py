"""How long 300 people wait who type a command in the same moment, until the platform hears that it has arrived.

The whole service runs in a process of its own, with SQLite, against stand-ins on loopback; this process plays the
platforms. Everybody asks something else, which is read for the first time in "new" and was read before in "again".
Slack gives an app three seconds to acknowledge a command, and so does Discord. Ends with 1 where anybody waits longer
than the goal; on a machine with other things to do, look at the processor time, too.
"""

# ruff: noqa: E402  # the library can be imported only once this folder is out of the way
from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[0] = str(ROOT)  # a script's own folder comes first, and there a file hides the library of the same name

import argparse
import asyncio
import itertools
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import psutil
from aiohttp import ClientSession, TCPConnector

from tests.benchmarks.service import configured, process, questions
from tests.discord.standin import Discord, Exchange
from tests.service.running import listening
from tests.slack.people import Workspace
from tests.slack.stand_in import SlackStandIn

PEOPLE = 300
GOAL = 1.5
"""Seconds until the last of them is acknowledged."""
IDLE = 0.5
"""Seconds without work after which everything is taken for answered."""
PAUSE = 61.0
"""Seconds between two bursts: nobody is to be told that it is too much at once."""
Burst = Callable[[Sequence[str]], Awaitable[list[float]]]


class Timed(Discord):
    """A stand-in that notes when each interaction is acknowledged."""

    def __init__(self) -> None:
        super().__init__(strict=False)
        self.heard: dict[int, float] = {}

    def _callback(self, exchange: Exchange, body: Any, files: tuple[str, ...]) -> Any:
        self.heard[exchange.id] = time.perf_counter()
        return super()._callback(exchange, body, files)


def in_slack(url: str, slack: SlackStandIn) -> Burst:
    """Return what has everybody type a command in Slack."""
    users = itertools.count()

    async def burst(texts: Sequence[str]) -> list[float]:
        async with ClientSession(url, connector=TCPConnector(limit=0)) as session:
            people = Workspace(session, slack)  # type: ignore[arg-type]  # it only posts

            async def ask(text: str) -> float:
                began = time.perf_counter()
                await people.command("/advisor", text, user=f"U{next(users)}")
                return time.perf_counter() - began

            return list(await asyncio.gather(*map(ask, texts)))

    return burst


def in_discord(discord: Timed) -> Burst:
    """Return what has everybody type a command in Discord."""
    users = itertools.count(1)

    async def burst(texts: Sequence[str]) -> list[float]:
        async def ask(text: str) -> float:
            given = [{"name": "question", "type": 3, "value": text[:300]}]
            data = {"id": "1", "name": "ask", "type": 1, "options": given}
            began = time.perf_counter()
            exchange = await discord.begin(2, data, next(users))
            await exchange.answered.wait()
            return discord.heard[exchange.id] - began

        return list(await asyncio.gather(*map(ask, texts)))

    return burst


async def measure(name: str, burst: Burst, running: psutil.Process) -> bool:
    """Print how long people wait; return whether all are heard in time."""
    texts, good = list(itertools.islice(questions(), PEOPLE)), True
    for kind in ("new", "again"):
        before, began = running.cpu_times(), time.perf_counter()
        waited = await burst(texts)
        whole = await _idle(running) - began
        after = running.cpu_times()
        used = after.user + after.system - before.user - before.system
        print(
            f"{name:8} {kind:6} acknowledged: median {statistics.median(waited):.2f} s, last {max(waited):.2f} s (goal "
            f"{GOAL}); all answered in {whole:.2f} s, with {used:.2f} s of processor time"
        )
        good = good and max(waited) <= GOAL
        await asyncio.sleep(PAUSE if kind == "new" else 0)
    return good


async def _idle(running: psutil.Process) -> float:
    """Return when a process had nothing left to do, having waited until it was so for half a second."""
    busy, spent = time.perf_counter(), -1.0
    while time.perf_counter() - busy < IDLE:
        now = sum(running.cpu_times()[:2])
        if now - spent > IDLE / 20:
            busy, spent = time.perf_counter(), now
        await asyncio.sleep(IDLE / 10)
    return busy


async def main(platforms: Sequence[str]) -> int:
    """Measure, each platform with a process of its own."""
    slack, discord, good = SlackStandIn(), Timed(), True
    await slack.start()
    await discord.start()
    everything = configured(slack, discord)
    for platform in platforms:
        own = {key: value for key, value in everything.items() if platform.upper() in key or "HOST" in key}
        async with process(["-m", "adapters.cli.main", "serve"], own) as (running, url):
            async with ClientSession(url) as session:
                await listening(session)
            if platform == "discord":
                await discord.ready()
            burst = in_slack(url, slack) if platform == "slack" else in_discord(discord)
            await burst(["hello"] * 10)
            good = await measure(platform, burst, running) and good
    await discord.stop()
    await slack.stop()
    return 0 if good else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("platforms", nargs="*", default=["slack", "discord"])
    sys.exit(asyncio.run(main(parser.parse_args().platforms)))
