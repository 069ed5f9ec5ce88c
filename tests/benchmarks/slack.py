"""How many real questions a CPU-second answers in Slack, against a Bolt app that does nothing.

Each request is a signed slash command over HTTP. "nothing" acknowledges; "one" reads the signature, matches the
question, renders the answer and acknowledges with it; "many" does so for 50 workspaces that have installed the app.
In both, all questions were asked before, by others in the same words, and are not read again. In "new" no reading is
remembered, as if each were asked for the first time; they are read by their words alone, without the sentence encoder.
Each server is a process of its own, and only its CPU time counts. Modes take turns, each is compared with another one
of the same round, and the medians are printed. Run it with `python tests/benchmarks/slack.py`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import psutil
from aiohttp import ClientSession, TCPConnector, web
from slack_bolt.async_app import AsyncApp
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from adapters.conversations.flow_control import RateLimit  # noqa: E402
from adapters.conversations.service import Conversations  # noqa: E402
from adapters.knowledge_base import open_advisor  # noqa: E402
from adapters.slack.app import SlackApp, build_app  # noqa: E402
from adapters.slack.config import SlackConfig  # noqa: E402
from adapters.slack.connection import web_routes  # noqa: E402
from adapters.storage import migrator  # noqa: E402
from adapters.storage.address import parse_address  # noqa: E402
from adapters.storage.database import Database  # noqa: E402
from adapters.storage.encryption import TokenEncryption, new_key  # noqa: E402
from adapters.storage.installations import InstallationStore, StateStore  # noqa: E402
from bot.advisor import Advisor  # noqa: E402

KNOWLEDGE = ROOT / "knowledge" / "flask-vs-django"
SECRET = "benchmark"
MODES = ("nothing", "one", "new", "many")
CALLED = {"nothing": "a Bolt app that does nothing", "one": "one workspace"}
TEAMS = 50
GOAL, GOAL_OF_NEW = 0.6, 0.4
DIFFERENT = 200
"""Questions; fewer than the requests that warm a server up, so that each is asked again."""
LONGEST = 300
"""Characters of a question; of longer messages no reading is remembered."""
AT_ONCE = 16
MOST = 10_000
"""More people than ask before anything is measured. Nobody asks twice: a second question is read after the first."""


async def serve(mode: str, folder: str) -> None:
    """Serve one mode on a free port, which is printed, until killed."""
    line = socket.socket()
    line.bind(("127.0.0.1", 0))
    port = line.getsockname()[1]
    site = await _site(mode, f"http://127.0.0.1:{port}/api/", folder)
    site.router.add_post("/api/auth.test", _auth_test)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.SockSite(runner, line).start()
    print(port, flush=True)
    await asyncio.Event().wait()


async def _site(mode: str, api: str, folder: str) -> web.Application:
    if mode == "nothing":
        return _nothing(AsyncWebClient(token="xoxb-T0", base_url=api)).web_app()
    site = web.Application()
    site.add_routes(web_routes(await _app(mode, api, folder)))
    return site


async def _app(mode: str, api: str, folder: str) -> SlackApp:
    client = AsyncWebClient(token=None if mode == "many" else "xoxb-T0", base_url=api)
    unlimited = RateLimit(burst=1_000_000, per_minute=1e9, clock=time.monotonic)
    advisor = open_advisor(KNOWLEDGE, folder)  # learned once, without an encoder, then recalled by every mode
    conversations = Conversations(
        lambda: advisor if mode != "new" else _forgetful(advisor), limit=unlimited, workspace_limit=unlimited
    )
    if mode != "many":
        return build_app(conversations, SlackConfig(signing_secret=SECRET, bot_token="xoxb-T0"), client=client)
    config = SlackConfig(signing_secret=SECRET, client_id="1.2", client_secret="s", public_url="https://a.example")
    database = Database(parse_address(f"sqlite:///{tempfile.mkdtemp()}/advisor.db"))
    await migrator.upgrade(database.engine)
    database.trouble = ""
    installations = InstallationStore("1.2", database, TokenEncryption([new_key()]), time.time)
    for number in range(TEAMS):
        await installations.async_save_bot(_bot(f"T{number}"))
    states = StateStore("client secret", time.time)
    return build_app(conversations, config, client=client, installation_store=installations, state_store=states)


def _forgetful(advisor: Advisor) -> Advisor:
    advisor._reread.cache_clear()
    if advisor._opening:
        advisor._opening._redescribes.cache_clear()
    return advisor


def _nothing(client: AsyncWebClient) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=SECRET)

    @app.command("/advisor")
    async def nothing(ack) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  # as short as Bolt's own examples
        await ack()

    return app


def _bot(team: str) -> Bot:
    return Bot(
        app_id="A1",
        enterprise_id=None,
        team_id=team,
        bot_token=f"xoxb-{team}",
        bot_id="B1",
        bot_user_id="U0",
        bot_scopes="commands",
        installed_at=time.time(),
    )


async def _auth_test(request: web.Request) -> web.Response:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    team = token.removeprefix("xoxb-")
    return web.json_response({"ok": True, "user_id": "U0", "bot_id": "B1", "team_id": team, "user": "b", "team": team})


@asynccontextmanager
async def server(mode: str, folder: str) -> AsyncIterator[tuple[psutil.Process, int]]:
    """Run a mode in a process of its own; give the process and its port."""
    command = [sys.executable, __file__, "--serve", mode, folder]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    port = int(await process.stdout.readline())
    try:
        yield psutil.Process(process.pid), port
    finally:
        process.terminate()
        await process.wait()


def questions() -> list[str]:
    """Return some of the project's own golden questions, without long stories, which nobody tells in the same words."""
    lines = (KNOWLEDGE / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    short = [text for text in (json.loads(line)["q"] for line in lines) if len(text) <= LONGEST]
    return short[:: len(short) // DIFFERENT]


def signed(text: str, number: int) -> tuple[str, dict[str, str]]:
    """Return the body and headers of a slash command."""
    team = f"T{number % TEAMS}"
    body = urlencode(
        {
            "command": "/advisor",
            "text": text,
            "team_id": team,
            "user_id": f"U{number}",
            "channel_id": "C1",
            "trigger_id": f"{time.time_ns()}.{number}",
            "response_url": "http://127.0.0.1:9/",
        }
    )
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or ""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return body, headers | {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}


async def ask(port: int, texts: Sequence[str], people: range) -> None:
    """Let each of these people ask a question, some at once, and see to it that it is answered."""
    numbers = iter(people)
    async with ClientSession(connector=TCPConnector(limit=AT_ONCE)) as session:

        async def one_after_another() -> None:
            for number in numbers:
                body, headers = signed(texts[number % len(texts)], number)
                address = f"http://127.0.0.1:{port}/slack/events"
                async with session.post(address, data=body, headers=headers) as answer:
                    said = await answer.text()
                    assert answer.status == 200, said
                    assert "Something broke" not in said, said

        await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))


async def measure(mode: str, texts: Sequence[str], count: int, folder: str) -> float:
    """Return the requests per CPU-second of a mode."""
    async with server(mode, folder) as (process, port):
        await ask(port, texts, range(len(texts) + AT_ONCE))
        before = process.cpu_times()
        await ask(port, texts, range(MOST, MOST + count))
        after = process.cpu_times()
    used: float = after.user + after.system - before.user - before.system
    return count / used


async def main(count: int, rounds: int) -> int:
    """Measure all modes in turn, print the medians, and return 1 where a goal is missed."""
    texts = questions()
    with tempfile.TemporaryDirectory() as folder:
        measured = [{mode: await measure(mode, texts, count, folder) for mode in MODES} for _ in range(rounds)]
    print(f"a Bolt app that does nothing         {_median(measured, 'nothing'):8.0f} requests per CPU-second")
    reached = [
        _compared("one workspace, asked before", measured, "one", "nothing", GOAL),
        _compared("one workspace, new, by words", measured, "new", "nothing", GOAL_OF_NEW),
        _compared(f"{TEAMS} workspaces, asked before", measured, "many", "one", GOAL),
    ]
    return 0 if all(reached) else 1


def _compared(name: str, measured: Sequence[Mapping[str, float]], mode: str, base: str, goal: float) -> bool:
    """Print a mode beside the one that it is compared with; return whether the goal is reached."""
    ratio = statistics.median(turn[mode] / turn[base] for turn in measured)
    print(f"{name:36} {_median(measured, mode):8.0f}   {ratio:.2f} of {CALLED[base]}, goal {goal}")
    return ratio >= goal


def _median(measured: Sequence[Mapping[str, float]], mode: str) -> float:
    return statistics.median(turn[mode] for turn in measured)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(*options.serve))
    else:
        sys.exit(asyncio.run(main(options.requests, options.rounds)))
