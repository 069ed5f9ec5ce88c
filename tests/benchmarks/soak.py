"""Mixed traffic for some minutes while processes are killed and the database is stopped, locked and far away.

    python tests/benchmarks/soak.py [MINUTES [QUESTIONS A SECOND IN SLACK]]

Two web processes and a worker on one PostgreSQL answer people in Slack and Discord; this process plays both platforms.
Slack sends an event again when it is not acknowledged: at once, and after one and two minutes (the real one takes five
for the last). Twice a minute something happens: a web process or the worker is killed or told to stop and started anew,
or the database is away for some seconds, locked, or 150 ms off. The first web process is left alone, so that its memory
can be watched.

At the end every acknowledged question must have exactly one answer. For each that has none, or several, the report says
when it was sent, acknowledged and answered, and what was done to the service meanwhile. Two answers are accepted where
a process was killed between sending the first and noting it, or had to stop before it could, or the database was away:
there nobody can know.

On a machine that is too slow for so many questions, some are never acknowledged, as the service lets them come again
rather than fall behind. How late this process was itself says how busy the machine was: Slack gives up after 3 seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from aiohttp import ClientError, ClientSession, ClientTimeout

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from adapters.service.db_upgrade import upgrade  # noqa: E402  # the path comes first
from adapters.storage.address import parse_address  # noqa: E402
from tests.discord.standin import APP, TOKEN, Discord  # noqa: E402
from tests.service.running import free_port, listening, settings  # noqa: E402
from tests.slack.people import SECRET, Workspace  # noqa: E402
from tests.slack.stand_in import Call, SlackStandIn  # noqa: E402
from tests.storage.databases import Postgres  # noqa: E402

RETRIES = (0, 0.5, 60, 120)
"""Seconds from an event to each time that Slack sends it."""
SLACK_EVERY, DISCORD_EVERY, TROUBLE_EVERY = 0.04, 0.2, 30.0
START = 180
"""Seconds that a start may take on a machine that is busy with other things."""
TWICE = ("web killed", "web stopped", "database stopped")
"""Faults under which an answer may be given twice."""
BEFORE, AFTER = 10.0, 10.0
"""Seconds for which a fault shows before it begins, as an answer is noted a little later than it is sent, and after it
has ended, as what waited for it goes on."""
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
class DelayingWire:
    """A wire to PostgreSQL in a process of its own: it must not be slow because Slack is played here."""

    process: subprocess.Popen[str]
    port: int

    @classmethod
    def to(cls, socket: str) -> DelayingWire:
        """Lay a wire to this socket."""
        command = (sys.executable, "-m", "tests.storage.wires", socket)
        process = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdout
        return cls(process, int(process.stdout.readline()))

    def delay(self, seconds: float) -> None:
        """Let everything take so many seconds from now on."""
        assert self.process.stdin
        self.process.stdin.write(f"{seconds}\n")
        self.process.stdin.flush()


ANSWERS = ("chat.postMessage", "chat.postEphemeral")
"""How an answer comes: the guide in a channel is shown to the asker alone."""


@dataclass
class TimedSlack(SlackStandIn):
    """A stand-in that knows when each message was answered."""

    answered: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def _record(self, call: Call) -> None:
        if call.method in ANSWERS and call.body.get("thread_ts"):
            self.answered[str(call.body["thread_ts"])].append(time.monotonic())
        super()._record(call)


@dataclass
class Soak:
    """Everything that goes on."""

    slack: TimedSlack
    discord: Discord
    postgres: Postgres
    web: list[Member]
    worker: Member
    wire: DelayingWire
    database: str
    slack_every: float = SLACK_EVERY
    acknowledged: set[str] = field(default_factory=set)
    tries: dict[str, list[tuple[float, int, int]]] = field(default_factory=lambda: defaultdict(list))
    """By event: when it was sent, to which port, and the status that came back."""
    faults: list[tuple[float, float, str]] = field(default_factory=list)
    """From when to when what was done."""
    waits: list[float] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    samples: list[float] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)
    """By how many seconds this process was late, every second."""
    spoken: list[str] = field(default_factory=list)
    _asked: Iterable[str] = field(default_factory=lambda: itertools.cycle(_questions()))

    async def talk_in_slack(self, until: float) -> None:
        """Send events at a steady pace."""
        asking = []
        for user in itertools.count():
            if time.monotonic() > until:
                break
            asking.append(asyncio.create_task(self._send(f"U{user % 5000}", f"C{user % 300}")))
            await asyncio.sleep(self.slack_every)
        await asyncio.gather(*asking)

    async def _send(self, user: str, channel: str) -> None:
        """Send one event as Slack does: until some process has acknowledged it."""
        stamp, began = f"{1_900_000_000 + next(_numbers)}.000001", time.monotonic()
        event = {"type": "app_mention", "text": f"<@UBOT> {next(iter(self._asked))}"}
        event |= {"user": user, "channel": channel, "ts": stamp}
        for number, after in enumerate(RETRIES):
            await asyncio.sleep(max(0, began + after - time.monotonic()))
            if await self._post(event, number) == ACKNOWLEDGED:
                self.acknowledged.add(stamp)
                self.waits.append(time.monotonic() - began)
                return
        self.given_up.append(stamp)

    async def _post(self, event: dict[str, str], number: int) -> int:
        """Send to any process, as a balancer does; return the status, 0 for none."""
        headers = {"X-Slack-Retry-Num": str(number)} if number else {}
        member, sent_at, status = random.choice(self.web), time.monotonic(), 0  # for spreading load
        with contextlib.suppress(ClientError, OSError, TimeoutError):
            async with ClientSession(f"http://127.0.0.1:{member.port}", timeout=ClientTimeout(total=3)) as session:
                people = Workspace(session, self.slack)  # type: ignore[arg-type]  # it only posts
                sent = await people.event(event, **headers)
                status = sent.status
        self.tries[event["ts"]].append((sent_at, member.port, status))
        return status

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
        order = itertools.cycle([*kinds, "database stopped", "database locked", "database far away"])
        while time.monotonic() < until:
            await asyncio.sleep(TROUBLE_EVERY)
            kind, begun = next(order), time.monotonic()
            self.troubles[kind] += 1
            if kind in kinds:
                kinds[kind]()
            else:
                await self._hurt_database(kind)
            self.faults.append((begun, time.monotonic(), kind))

    async def _hurt_database(self, kind: str) -> None:
        if kind == "database stopped":
            await asyncio.to_thread(self.postgres.stop)
            await asyncio.sleep(6)
            await asyncio.to_thread(self.postgres.start)
        elif kind == "database locked":
            lock = "BEGIN; LOCK TABLE events; SELECT pg_sleep(8); COMMIT"
            await asyncio.to_thread(self.postgres.run, self.database, lock)
        else:
            self.wire.delay(0.075)
            await asyncio.sleep(15)
            self.wire.delay(0)

    async def watch(self) -> None:
        """Take the memory of the first web process, and how late we are."""
        while True:
            due = time.monotonic() + 1
            await asyncio.sleep(1)
            self.lateness.append(time.monotonic() - due)
            self.samples.append(self.web[0].memory)

    def report(self) -> bool:
        """Print the figures; return whether all is as it must be."""
        slack = Counter(len(self.slack.answered[stamp]) for stamp in self.acknowledged)
        discord = Counter(_answers_to(self.discord, said) for said in self.spoken)
        early, last = self.samples[len(self.samples) // 4], self.samples[-1]
        print(f"troubles: {dict(self.troubles)}; starts: {[each.starts for each in (*self.web, self.worker)]}")
        print(f"Slack: {len(self.acknowledged)} acknowledged: {_in_words(slack)}")
        unheard = Counter(len(self.slack.answered[stamp]) for stamp in self.given_up)
        print(f"  {len(self.given_up)} never acknowledged: {_in_words(unheard)}")
        print(f"Discord: {len(self.spoken)} sent: {_in_words(discord)}")
        print("  (Discord does not send again: what was on its way to a worker that was killed is lost)")
        print(f"memory of the first web process: {early:.0f} MB after a quarter of the time, {last:.0f} MB at the end")
        slowest = sorted(self.waits)
        print(f"until acknowledged: median {slowest[len(slowest) // 2]:.2f} s, worst {slowest[-1]:.1f} s")
        late = sorted(self.lateness)
        print(f"this process was late by: median {late[len(late) // 2]:.2f} s, worst {late[-1]:.1f} s")
        many = [stamp for stamp, answers in self.slack.answered.items() if len(answers) > 1]
        none = [stamp for stamp in self.acknowledged if not self.slack.answered[stamp]]
        return not [stamp for stamp in sorted(many + none) if not self._explained(stamp)] and not self.given_up

    def _explained(self, stamp: str) -> bool:
        """Print what became of a question that was not answered once; return whether two were to be expected."""
        tries, answers = self.tries[stamp], self.slack.answered[stamp]
        begun, moments = tries[0][0], [*(at for at, _, _ in tries), *answers]
        shows = [fault for fault in self.faults if any(fault[0] - BEFORE <= at <= fault[1] + AFTER for at in moments)]
        faults = sorted({kind for _, _, kind in shows})
        sent = ", ".join(f"{at - begun:.1f} s to {port}: {status or 'no answer'}" for at, port, status in tries)
        said = ", ".join(f"{at - begun:.1f} s" for at in answers) or "never"
        print(f"  {stamp}: sent {sent}; answered {said}; meanwhile: {', '.join(faults) or 'nothing'}")
        return len(answers) > 1 and any(kind in TWICE for kind in faults)


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


def _learn() -> None:
    """Learn before the clock runs: the start of a process is waited for, but not for that long."""
    subprocess.run([sys.executable, "-m", "adapters.cli.main", "learn"], cwd=ROOT, check=True)


async def _prepare(folder: str, questions_a_second: float) -> Soak:
    await asyncio.to_thread(_learn)
    slack, discord, postgres = TimedSlack(), Discord(), Postgres()
    await slack.start()
    await discord.start()
    fresh = postgres.fresh()
    await upgrade(settings(database_url=fresh))
    wire, name = DelayingWire.to(postgres.socket), parse_address(fresh).url.database or ""
    environment = {
        "DATABASE_URL": f"postgres://postgres@127.0.0.1:{wire.port}/{name}?sslmode=disable",
        "ADVISOR_WORKSPACE_QUESTIONS_PER_MINUTE": "1000000",  # all of it comes from one workspace
        "ADVISOR_HOST": "127.0.0.1", "ADVISOR_RELOAD_SECONDS": "0",
        "ADVISOR_SLACK_BOT_TOKEN": "xoxb-T1",
        "ADVISOR_SLACK_SIGNING_SECRET": SECRET, "ADVISOR_SLACK_API_URL": f"{slack.url}api/",
        "ADVISOR_DISCORD_TOKEN": TOKEN, "ADVISOR_DISCORD_API_URL": discord.api,
        "ADVISOR_DISCORD_GATEWAY_URL": discord.gateway,
    }  # fmt: skip
    web = [Member("web", environment, folder) for _ in range(2)]
    worker = Member("worker", environment, folder)
    return Soak(slack, discord, postgres, web, worker, wire, name, 1 / questions_a_second)


async def _started(soak: Soak) -> None:
    """Wait until every process serves."""
    async with asyncio.timeout(START):
        while not soak.discord.sockets:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0.1)
    for member in soak.web:
        async with ClientSession(f"http://127.0.0.1:{member.port}") as session:
            await listening(session, seconds=START)


async def main(minutes: float, questions_a_second: float) -> bool:
    """Run for so many minutes; return whether every acknowledged question has one answer."""
    folder = tempfile.mkdtemp(prefix="advisor-soak-")
    soak = await _prepare(folder, questions_a_second)
    members = [asyncio.create_task(member.keep()) for member in (*soak.web, soak.worker)]
    await _started(soak)
    watching = asyncio.create_task(soak.watch())
    end = time.monotonic() + 60 * minutes
    await asyncio.gather(soak.talk_in_slack(end), soak.talk_in_discord(end), soak.make_trouble(end - 45))
    await asyncio.sleep(5)
    watching.cancel()
    in_order = soak.report()
    for task in members:
        task.cancel()
    for member in (*soak.web, soak.worker):
        member.send(signal.SIGTERM)
        assert member.process
        await member.process.wait()
    soak.wire.process.terminate()
    print(f"logs: {folder}")
    await soak.slack.stop()
    await soak.discord.stop()
    return in_order


if __name__ == "__main__":
    given = [float(argument) for argument in sys.argv[1:]]
    sys.exit(not asyncio.run(main(*(given + [5, 1 / SLACK_EVERY][len(given) :]))))
