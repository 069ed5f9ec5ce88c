"""Mixed traffic for some minutes while processes are killed and the database is stopped and started.

    python tests/benchmarks/soak.py [MINUTES]

Two web processes and a worker on one PostgreSQL answer people in Slack and Discord; this process plays both platforms.
Slack sends an event again when it is not acknowledged: at once, and after one and two minutes (the real one takes five
for the last). Every quarter of a minute something happens: a web process or the worker is killed or told to stop and
started anew, or the database is away for some seconds. The first web process is left alone, so that its memory can be
watched. At the end every acknowledged question must have exactly one answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from aiohttp import ClientError, ClientSession, ClientTimeout

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from adapters.service.db_upgrade import upgrade  # noqa: E402  # the path comes first
from tests.discord.standin import APP, TOKEN, Discord  # noqa: E402
from tests.service.running import free_port, settings  # noqa: E402
from tests.slack.people import SECRET, Workspace  # noqa: E402
from tests.slack.stand_in import SlackStandIn  # noqa: E402
from tests.storage.databases import Postgres  # noqa: E402

RETRIES = (0, 0.5, 60, 120)
"""Seconds from an event to each time that Slack sends it."""
SLACK_EVERY, DISCORD_EVERY, TROUBLE_EVERY = 0.04, 0.2, 15.0
ACKNOWLEDGED = 200


@dataclass
class Member:
    """A process of the fleet, which is started again whenever it ends."""

    role: str
    environment: dict[str, str]
    folder: str
    port: int = field(default_factory=free_port)
    process: asyncio.subprocess.Process | None = None
    starts: int = 0

    async def keep(self) -> None:
        """Run, again and again, until cancelled."""
        while True:
            whole = {**os.environ, **self.environment, "PORT": str(self.port), "PYTHONPATH": str(ROOT)}
            command = (sys.executable, "-m", "adapters.cli.main", "serve", "--only", self.role)
            with Path(self.folder, f"{self.role}-{self.port}.log").open("a") as log:  # noqa: ASYNC230  # rarely
                self.process = await asyncio.create_subprocess_exec(*command, cwd=self.folder, env=whole, stderr=log)
            self.starts += 1
            await self.process.wait()

    def send(self, number: signal.Signals) -> None:
        """Send a signal, if it runs."""
        if self.process and self.process.returncode is None:
            self.process.send_signal(number)

    @property
    def memory(self) -> float:
        """Resident memory in MB."""
        assert self.process
        return float(psutil.Process(self.process.pid).memory_info().rss / 2**20)


@dataclass
class Soak:
    """Everything that goes on."""

    slack: SlackStandIn
    discord: Discord
    postgres: Postgres
    web: list[Member]
    worker: Member
    acknowledged: set[str] = field(default_factory=set)
    waits: list[float] = field(default_factory=list)
    given_up: int = 0
    troubles: Counter[str] = field(default_factory=Counter)
    samples: list[float] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    _asked: Iterable[str] = field(default_factory=lambda: itertools.cycle(_questions()))

    async def talk_in_slack(self, until: float) -> None:
        """Send events at a steady pace."""
        asking = []
        for user in itertools.count():
            if time.monotonic() > until:
                break
            asking.append(asyncio.create_task(self._send(f"U{user % 5000}", f"C{user % 300}")))
            await asyncio.sleep(SLACK_EVERY)
        await asyncio.gather(*asking)

    async def _send(self, user: str, channel: str) -> None:
        """Send one event as Slack does: until some process has acknowledged it."""
        stamp, began = f"{1_900_000_000 + next(_numbers)}.000001", time.monotonic()
        event = {"type": "app_mention", "text": f"<@UBOT> {next(iter(self._asked))}"}
        event |= {"user": user, "channel": channel, "ts": stamp}
        for after in RETRIES:
            await asyncio.sleep(max(0, began + after - time.monotonic()))
            if await self._post(event) == ACKNOWLEDGED:
                self.acknowledged.add(stamp)
                self.waits.append(time.monotonic() - began)
                return
        self.given_up += 1

    async def _post(self, event: dict[str, str]) -> int:
        """Send to any process, as a balancer does; return the status, 0 for none."""
        member = random.choice(self.web)  # for spreading load
        with contextlib.suppress(ClientError, OSError, TimeoutError):
            async with ClientSession(f"http://127.0.0.1:{member.port}", timeout=ClientTimeout(total=3)) as session:
                sent = await Workspace(session, self.slack).event(event)  # type: ignore[arg-type]  # it only posts
                return sent.status
        return 0

    async def talk_in_discord(self, until: float) -> None:
        """Post messages wherever a worker listens."""
        for user in itertools.count(10):
            if time.monotonic() > until:
                return
            if self.discord.sockets and not self.discord.sockets[-1].closed:
                with contextlib.suppress(ConnectionError):
                    text = f"<@{APP}> {next(iter(self._asked))}"
                    self.spoken.append((await self.discord.post(text, user=user % 5000 + 10))["id"])
            await asyncio.sleep(DISCORD_EVERY)

    async def make_trouble(self, until: float) -> None:
        """Do something bad every now and then, and leave the last minute in peace."""
        kinds: dict[str, Callable[[], object]] = {
            "web killed": lambda: self.web[1].send(signal.SIGKILL),
            "web stopped": lambda: self.web[1].send(signal.SIGTERM),
            "worker killed": lambda: self.worker.send(signal.SIGKILL),
            "worker stopped": lambda: self.worker.send(signal.SIGTERM),
        }
        order = itertools.cycle([*kinds, "database stopped"])
        while time.monotonic() < until:
            await asyncio.sleep(TROUBLE_EVERY)
            kind = next(order)
            self.troubles[kind] += 1
            if kind in kinds:
                kinds[kind]()
            else:
                await asyncio.to_thread(self.postgres.stop)
                await asyncio.sleep(6)
                await asyncio.to_thread(self.postgres.start)

    async def watch(self) -> None:
        """Take the memory of the first web process now and then."""
        while True:
            await asyncio.sleep(5)
            self.samples.append(self.web[0].memory)

    def report(self) -> bool:
        """Print the figures; return whether all is as it must be."""
        answers = Counter(str(call.body.get("thread_ts")) for call in self.slack.calls)
        slack = Counter(answers[stamp] for stamp in self.acknowledged)
        discord = Counter(_answers_to(self.discord, said) for said in self.spoken)
        early, late = self.samples[len(self.samples) // 4], self.samples[-1]
        print(f"troubles: {dict(self.troubles)}; starts: {[each.starts for each in (*self.web, self.worker)]}")
        print(f"Slack: {len(self.acknowledged)} acknowledged: {_in_words(slack)}; never acknowledged: {self.given_up}")
        print(f"Discord: {len(self.spoken)} sent: {_in_words(discord)}")
        print("  (Discord does not send again: what was on its way to a worker that was killed is lost)")
        print(f"memory of the first web process: {early:.0f} MB after a quarter of the time, {late:.0f} MB at the end")
        slowest = sorted(self.waits)
        print(f"until acknowledged: median {slowest[len(slowest) // 2]:.2f} s, worst {slowest[-1]:.1f} s")
        return slack[1] == len(self.acknowledged) and not self.given_up


_numbers = itertools.count(1)


def _in_words(counts: Counter[int]) -> str:
    more = sum(counts.values()) - counts[0] - counts[1]
    return f"answered once {counts[1]}, never {counts[0]}, more often {more}"


def _questions() -> list[str]:
    lines = (ROOT / "knowledge" / "flask-vs-django" / "golden.jsonl").read_text().splitlines()
    return [json.loads(line)["q"] for line in lines]


def _answers_to(discord: Discord, said: str) -> int:
    replies = [(message.get("message_reference") or {}).get("message_id") for message in discord.messages.values()]
    return sum(str(reply) == said for reply in replies)


async def _prepare(folder: str) -> Soak:
    slack, discord, postgres = SlackStandIn(), Discord(), Postgres()
    await slack.start()
    await discord.start()
    url = postgres.fresh()
    await upgrade(settings(database_url=url))
    environment = {
        "DATABASE_URL": url, "ADVISOR_HOST": "127.0.0.1", "ADVISOR_RELOAD_SECONDS": "0",
        "ADVISOR_SLACK_BOT_TOKEN": "xoxb-T1",
        "ADVISOR_SLACK_SIGNING_SECRET": SECRET, "ADVISOR_SLACK_API_URL": f"{slack.url}api/",
        "ADVISOR_DISCORD_TOKEN": TOKEN, "ADVISOR_DISCORD_API_URL": discord.api,
        "ADVISOR_DISCORD_GATEWAY_URL": discord.gateway,
    }  # fmt: skip
    web = [Member("web", environment, folder) for _ in range(2)]
    return Soak(slack, discord, postgres, web, Member("worker", environment, folder))


async def main(minutes: float) -> bool:
    """Run for so many minutes; return whether every acknowledged question has one answer."""
    folder = tempfile.mkdtemp(prefix="advisor-soak-")
    soak = await _prepare(folder)
    members = [asyncio.create_task(member.keep()) for member in (*soak.web, soak.worker)]
    await soak.discord.ready()
    await asyncio.sleep(3)
    watching = asyncio.create_task(soak.watch())
    end = time.monotonic() + 60 * minutes
    await asyncio.gather(soak.talk_in_slack(end), soak.talk_in_discord(end), soak.make_trouble(end - 20))
    await asyncio.sleep(3)
    watching.cancel()
    in_order = soak.report()
    for task in members:
        task.cancel()
    for member in (*soak.web, soak.worker):
        member.send(signal.SIGTERM)
        assert member.process
        await member.process.wait()
    print(f"logs: {folder}")
    await soak.slack.stop()
    await soak.discord.stop()
    return in_order


if __name__ == "__main__":
    sys.exit(not asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)))
