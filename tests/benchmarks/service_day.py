"""A day of 500 workspaces, for some minutes, at the pace of a day in an hour: 25,000 questions in 60 minutes.

    python tests/benchmarks/service_day.py [MINUTES [DATABASE_URL]]

One process serves Slack for many workspaces, with sealed tokens, on a new SQLite file, on the database that is named,
or on a PostgreSQL of its own where that is `postgres`. This process plays Slack. People ask at times by chance: new
questions in channels, questions that follow in the same thread, and commands. A message that is not acknowledged is
sent again, at once and after a minute; one without an answer half a minute later is lost.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from aiohttp import ClientSession
from slack_sdk.oauth.installation_store import Bot
from sqlalchemy import func, select, text

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from adapters.service.db_upgrade import upgrade  # noqa: E402  # the path comes first
from adapters.storage.address import parse_address  # noqa: E402
from adapters.storage.database import Database  # noqa: E402
from adapters.storage.encryption import TokenEncryption, new_key  # noqa: E402
from adapters.storage.installations import InstallationStore  # noqa: E402
from adapters.storage.tables import metadata  # noqa: E402
from tests.benchmarks.service import process, questions  # noqa: E402
from tests.service.running import listening, settings  # noqa: E402
from tests.slack.people import SECRET, Payload, Workspace, stamp  # noqa: E402
from tests.slack.stand_in import Call, SlackStandIn  # noqa: E402
from tests.storage.databases import postgres  # noqa: E402

WORKSPACES, A_DAY = 500, 50
PACE = WORKSPACES * A_DAY / 3600
"""Questions a second of a day in an hour."""
CLIENT = "1.2"
FOLLOWS, COMMANDS = 0.25, 0.15
"""Shares of the questions that follow in a thread, and that are commands."""
SHARES = {"median": 0.5, "95 %": 0.95, "99 %": 0.99, "worst": 1.0}
SIZES = "SELECT pg_database_size(current_database()) AS held, pg_current_wal_lsn() - '0/0' AS log"
RETRIES = (0.5, 60.0)
"""Seconds from one try to the next."""
PATIENCE = 30.0
"""Seconds to wait for an answer."""


@dataclass
class WaitingSlack(SlackStandIn):
    """A stand-in that knows when each thread is answered."""

    answered: dict[str, asyncio.Future[float]] = field(default_factory=dict)

    def _record(self, call: Call) -> None:
        expected = self.answered.pop(str(call.body.get("thread_ts")), None)
        if expected:
            expected.set_result(time.perf_counter())


@dataclass
class Day:
    """The day of all workspaces."""

    session: ClientSession
    slack: WaitingSlack
    asked: Iterator[str] = field(default_factory=questions)
    latencies: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    _threads: deque[tuple[str, Payload]] = field(default_factory=lambda: deque(maxlen=200))
    """Threads with an answer, which may be followed up."""

    async def pass_by(self, seconds: float) -> None:
        """Ask at the pace of the day."""
        asking, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            asking.append(asyncio.create_task(self._ask()))
            await asyncio.sleep(random.expovariate(PACE))  # people come by chance
        await asyncio.gather(*asking)

    async def _ask(self) -> None:
        begun, chance = time.perf_counter(), random.random()
        if chance < COMMANDS:
            people = self._people(f"T{random.randrange(WORKSPACES)}")
            sent = await people.command("/advisor", next(self.asked), user=f"U{random.randrange(40)}")
            self._note("command" if sent.json else "command answered later", time.perf_counter() - begun)
            return
        follows = chance < COMMANDS + FOLLOWS and self._threads
        team, where = self._threads.popleft() if follows else _new_thread()
        event = where | {"ts": stamp(), "text": f"<@UBOT> {next(self.asked)}"}
        seconds = await self._answered(self._people(team), event, begun)
        self._note("follow-up" if follows else "question", seconds)
        self._threads.append((team, where))

    async def _answered(self, people: Workspace, event: Payload, begun: float) -> float | None:
        """Send an event; return the seconds until its answer, None where there is none."""
        expected = self.slack.answered[event["thread_ts"]] = asyncio.get_running_loop().create_future()
        sent = await people.event(event)
        for after in RETRIES:
            if sent.status != 200 and not expected.done():
                await asyncio.wait({expected}, timeout=after)
                self.outcomes["sent again"] += 1
                sent = await people.replay()
        done, _ = await asyncio.wait({expected}, timeout=PATIENCE)
        return expected.result() - begun if done else None

    def _people(self, team: str) -> Workspace:
        return Workspace(self.session, self.slack, team=team)  # type: ignore[arg-type]  # it only posts

    def _note(self, kind: str, seconds: float | None) -> None:
        self.outcomes[kind if seconds is not None else f"{kind} lost"] += 1
        self.latencies += [] if seconds is None else [seconds]


def _new_thread() -> tuple[str, Payload]:
    """Return a workspace, and what the events of a new thread in it have in common."""
    where = {"type": "app_mention", "user": f"U{random.randrange(40)}", "channel": f"C{random.randrange(8)}"}
    return f"T{random.randrange(WORKSPACES)}", where | {"thread_ts": stamp()}


async def _install(database: Database, key: str) -> None:
    """Have all workspaces install the app."""
    store = InstallationStore(CLIENT, database, TokenEncryption([key]), time.time)
    for number in range(WORKSPACES):
        team = f"T{number}"
        given = {"bot_id": "BBOT", "bot_user_id": "UBOT", "bot_scopes": "chat:write", "installed_at": time.time()}
        await store.async_save_bot(Bot(app_id="A1", team_id=team, bot_token=f"xoxb-{team}", **given))


async def _sizes(database: Database) -> tuple[float, float]:
    """Return the MB of the database, and those of its log: all that PostgreSQL has written, or SQLite's file."""
    if database.address.is_sqlite:
        files = [Path(f"{database.address.url.database}{end}") for end in ("", "-wal")]
        held, log = await asyncio.to_thread(lambda: [file.stat().st_size if file.exists() else 0 for file in files])
        return held / 2**20, log / 2**20
    async with database.engine.connect() as connection:
        row = (await connection.execute(text(SIZES))).one()
    return float(row.held) / 2**20, float(row.log) / 2**20


async def _rows(database: Database) -> str:
    """Return how many rows each table has."""
    counted = []
    async with database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(select(func.count()).select_from(table))).scalar()
            counted += [f"{table.name} {rows}"] if rows else []
    return ", ".join(counted)


def _report(day: Day, cpu: float, seconds: float) -> None:
    asked = len(day.latencies)
    slowest = sorted(day.latencies)
    print(f"{asked} answered in {seconds / 60:.1f} minutes: {dict(day.outcomes)}")
    print(f"CPU: {cpu:.1f} s, {cpu / asked * 1000:.1f} ms a question, {cpu / seconds:.1%} of one processor")
    print(f"  the whole day of {WORKSPACES * A_DAY:,} questions would take {cpu / asked * WORKSPACES * A_DAY:.0f} s")
    shares = {name: slowest[min(asked - 1, int(asked * share))] for name, share in SHARES.items()}
    print(f"until answered: {', '.join(f'{name} {each:.3f} s' for name, each in shares.items())}")


def _cpu(running: psutil.Process) -> float:
    spent = running.cpu_times()
    return float(spent.user + spent.system)


def _environment(slack: SlackStandIn, url: str, key: str) -> dict[str, str]:
    return {
        "ADVISOR_SLACK_SIGNING_SECRET": SECRET, "ADVISOR_SLACK_API_URL": f"{slack.url}api/",
        "ADVISOR_SLACK_CLIENT_ID": CLIENT, "ADVISOR_SLACK_CLIENT_SECRET": "secret",
        "ADVISOR_ENCRYPTION_KEYS": key, "ADVISOR_HOST": "127.0.0.1", "DATABASE_URL": url,
    }  # fmt: skip


async def main(minutes: float, url: str) -> bool:
    """Let the day pass; return whether every question was answered."""
    slack, key = WaitingSlack(), new_key()
    await slack.start()
    await upgrade(settings(database_url=url))
    database = Database(parse_address(url), patience=PATIENCE)
    assert await database.look(), database.trouble
    await _install(database, key)
    serving = process(["-m", "adapters.cli.main", "serve"], _environment(slack, url, key))
    async with serving as (running, address), ClientSession(address) as session:
        await listening(session)
        day, before, used, begun = Day(session, slack), await _sizes(database), _cpu(running), time.monotonic()
        await day.pass_by(60 * minutes)
        _report(day, _cpu(running) - used, time.monotonic() - begun)
        print(f"memory: {running.memory_info().rss / 2**20:.0f} MB")
        held, log = await _sizes(database)
        log -= 0 if database.address.is_sqlite else before[1]  # PostgreSQL tells all that it has ever written
        print(f"the database grew by {held - before[0]:.2f} to {held:.2f} MB; its log: {log:.2f} MB")
        print(f"rows: {await _rows(database)}")
    await database.close()
    await slack.stop()
    return not any("lost" in outcome for outcome in day.outcomes)


def _address(given: list[Any]) -> str:
    named = given[1] if len(given) > 1 else ""
    return postgres().fresh() if named == "postgres" else named or f"sqlite:///{tempfile.mkdtemp()}/advisor.db"


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(not asyncio.run(main(float(given[0]) if given else 5.0, _address(given))))
