"""What the service costs: start, memory, and CPU beside the Slack adapter alone. Everything on loopback.

    python tests/benchmarks/service.py [QUESTIONS]

The adapter alone is the same Slack app in an aiohttp server with its conversations in memory: no database, no metrics,
no logs, no limits on requests; once as it comes, and once with the service's settings for the garbage collector. All
get the same signed events, thirty-two at a time, from this process, which also plays Slack. CPU is user and system time
of the serving process alone, as the kernel counts it.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import psutil
from aiohttp import ClientSession, web

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from adapters.service.db_upgrade import upgrade  # noqa: E402  # the path comes first
from tests.discord.standin import APP, TOKEN, Discord  # noqa: E402  # the path comes first
from tests.service.running import free_port, listening, settings  # noqa: E402
from tests.slack.people import SECRET, Workspace  # noqa: E402
from tests.slack.stand_in import SlackStandIn  # noqa: E402
from tests.storage.databases import postgres  # noqa: E402

AT_ONCE = 32
STARTS = 5
ROUNDS = 3


def questions() -> Iterator[str]:
    """Yield questions as people ask them, again and again."""
    lines = (ROOT / "knowledge" / "flask-vs-django" / "golden.jsonl").read_text().splitlines()
    return itertools.cycle([json.loads(line)["q"] for line in lines])


@contextlib.asynccontextmanager
async def process(arguments: list[str], environment: Mapping[str, str]) -> AsyncIterator[tuple[psutil.Process, str]]:
    """Run a process until the block ends; yield it and its address."""
    port, folder = free_port(), tempfile.mkdtemp(prefix="advisor-benchmark-")
    whole = {**os.environ, "PYTHONPATH": str(ROOT), "PORT": str(port), **environment}
    running = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=folder, env=whole, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield psutil.Process(running.pid), f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        await running.wait()


def configured(slack: SlackStandIn, discord: Discord | None = None, database: str = "") -> dict[str, str]:
    """Return the environment of a service in front of these stand-ins."""
    given = {
        "ADVISOR_SLACK_BOT_TOKEN": "xoxb-T1",
        "ADVISOR_SLACK_SIGNING_SECRET": SECRET,
        "ADVISOR_SLACK_API_URL": f"{slack.url}api/",
        "ADVISOR_HOST": "127.0.0.1",
    }
    if discord:
        given |= {"ADVISOR_DISCORD_TOKEN": TOKEN}
        given |= {"ADVISOR_DISCORD_API_URL": discord.api, "ADVISOR_DISCORD_GATEWAY_URL": discord.gateway}
    return given | ({"DATABASE_URL": database} if database else {})


async def starting(slack: SlackStandIn) -> None:
    """Print how long a start takes and how much memory a process needs, with both platforms."""
    seconds, memory = [], 0.0
    for _ in range(STARTS):
        discord = Discord()
        await discord.start()
        database = f"sqlite:///{tempfile.mkdtemp()}/advisor.db"
        await upgrade(settings(database_url=database))  # as a release does
        began = time.perf_counter()
        environment = configured(slack, discord, database)
        async with process(["-m", "adapters.cli.main", "serve"], environment) as (running, url):
            seconds.append(await _ready(url) - began)
            await _ask_a_hundred(url, slack, discord)
            memory = max(memory, running.memory_info().rss / 2**20)
        await discord.stop()
    print(f"start to ready, both platforms: median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s")
    print(f"resident memory after 200 questions, both platforms: {memory:.0f} MB")


async def _ready(url: str) -> float:
    """Return when the service was ready."""
    async with ClientSession(url) as session:
        await listening(session)
        while True:
            async with session.get("/readyz") as answer:
                if (await answer.json())["status"] == "ok":
                    return time.perf_counter()
            await asyncio.sleep(0.02)


async def _ask_a_hundred(url: str, slack: SlackStandIn, discord: Discord) -> None:
    asked = questions()
    async with ClientSession(url) as session:
        people = Workspace(session, slack)  # type: ignore[arg-type]  # it only posts
        for number in range(100):
            await people.mention(next(asked), user=f"U{number}")
            await discord.say(f"<@{APP}> {next(asked)}", user=number + 2)


async def load(url: str, running: psutil.Process, slack: SlackStandIn, count: int) -> tuple[float, float]:
    """Ask so many questions; return CPU milliseconds of the process for each, and questions a second."""
    asked, users = questions(), itertools.count(1)
    async with ClientSession(url) as session:
        people = Workspace(session, slack)  # type: ignore[arg-type]  # it only posts

        async def ask() -> None:
            for _ in range(count // AT_ONCE):
                user = next(users)
                await people.mention(next(asked), user=f"U{user}", channel=f"C{user % 500}")

        slack.take()
        before, began = _cpu(running), time.perf_counter()
        await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
        done = count // AT_ONCE * AT_ONCE
        await slack.wait_for(done, 60)
        return (_cpu(running) - before) / done * 1000, done / (time.perf_counter() - began)


def _cpu(running: psutil.Process) -> float:
    spent = running.cpu_times()
    return float(spent.user + spent.system)


async def overhead(slack: SlackStandIn, count: int) -> None:
    """Print the CPU for a question: the adapter alone, then the service on either database."""
    kinds = {
        "adapter alone": ([__file__, "--bare"], configured(slack)),
        "service, SQLite": (["-m", "adapters.cli.main", "serve"], configured(slack)),
        "service, PostgreSQL": (["-m", "adapters.cli.main", "serve"], configured(slack, None, postgres().fresh())),
    }
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    for _ in range(ROUNDS):  # in turns, as the machine has other things to do
        for name, (arguments, environment) in kinds.items():
            async with process(arguments, environment) as (running, url):
                async with ClientSession(url) as session:
                    await listening(session)
                await load(url, running, slack, count // 5)
                spent[name].append(await load(url, running, slack, count))
    base = min(cpu for cpu, _ in spent["adapter alone"])
    for name, rounds in spent.items():
        cpu = min(cpu for cpu, _ in rounds)
        rate = max(rate for _, rate in rounds)
        print(f"{name:26} {cpu:.2f} ms CPU a question ({cpu / base - 1:+.0%}), {rate:.0f} questions a second")


def bare(port: int) -> None:
    """Serve the Slack adapter alone."""
    from adapters.conversations.service import Conversations
    from adapters.knowledge_base import shipped_folder
    from adapters.slack.app import build_app
    from adapters.slack.config import SlackConfig
    from adapters.slack.connection import web_routes
    from bot.advisor import Advisor
    from bot.knowledge import load as load_knowledge

    advisor = Advisor(load_knowledge(shipped_folder()))
    told = SlackConfig(signing_secret=SECRET, bot_token="xoxb-T1", api_url=os.environ["ADVISOR_SLACK_API_URL"])

    app = web.Application()
    app.add_routes(web_routes(build_app(Conversations(lambda: advisor), told)))
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


async def main(count: int) -> None:
    """Print all figures."""
    slack = SlackStandIn()
    await slack.start()
    await starting(slack)
    await overhead(slack, count)
    await slack.stop()


if __name__ == "__main__":
    if "--bare" in sys.argv:
        bare(int(os.environ["PORT"]))
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
