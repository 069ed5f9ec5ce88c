"""What the advisor costs in Discord beside a bare discord.py handler that replies "ok": processor time and memory.

A client runs in a process of its own against a stand-in on loopback; only that process is measured.

    added CPU   processor time of an interaction minus that of the bare handler, as a share of the bare one's
    memory      resident memory after 3,000 answers with buttons, beside that after 100

Ends with 1 where a ceiling is broken: 4 times the bare handler's time added, 5 % more memory. It takes about two
minutes and ends by itself after three; the client's process ends with this one, however that ends.
"""

# ruff: noqa: E402  # the library can be imported only once this folder is out of the way
from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[0] = str(ROOT)  # a script's own folder comes first, and there this file hides the library of the same name

import argparse
import asyncio
import copy
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
import psutil
from discord import app_commands

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.service import Conversations
from adapters.discord.client import build_client
from adapters.discord.connection import DiscordConfig, run, use_addresses
from adapters.knowledge_base import open_advisor
from tests.discord.rules import walk
from tests.discord.standin import TOKEN, Discord, Json

ADDED_CEILING = 4.0
MEMORY_CEILING = 1.05
LONGEST = 175.0
"""Seconds until it gives up."""
QUESTIONS = ("does flask have an orm?", "and django?", "how do they handle logins?", "which should I use?")
WITH_BUTTONS = 2
"""A box and a row at least: what an answer has and an apology has not."""
Act = Callable[[Discord, int], Awaitable[Any]]


def bare(_: DiscordConfig) -> discord.Client:
    """Return the client to compare with."""
    client = discord.Client(intents=discord.Intents(4609), max_messages=None)
    tree = app_commands.CommandTree(client)

    @tree.command(name="ask", description="Ask")
    async def ask(interaction: discord.Interaction, question: str) -> None:
        await interaction.response.send_message("ok", ephemeral=True)

    class Action(discord.ui.DynamicItem[discord.ui.Button[Any]], template="adv1:.*"):
        @classmethod
        async def from_custom_id(cls, interaction: discord.Interaction, item: Any, match: Any, /) -> Action:
            return cls(item)

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await interaction.response.edit_message(content="ok")

    client.add_dynamic_items(Action)
    return client


def ours(config: DiscordConfig) -> discord.Client:
    """Return the advisor's client."""
    advisor = open_advisor(ROOT / "knowledge" / "flask-vs-django", None)
    patient = RateLimit(burst=1_000_000, per_minute=60_000_000, clock=time.monotonic)
    return build_client(Conversations(lambda: advisor, limit=patient, workspace_limit=patient), config)


async def serve(kind: str, api: str, gateway: str) -> None:
    """Be the client until SIGTERM, or until the process that measures is gone and closes its end of the pipe."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(stop.set)), daemon=True).start()
    config = DiscordConfig(token=TOKEN, api_base=api, gateway=gateway)
    use_addresses(config)
    await run({"bare": bare, "ours": ours}[kind](config), config, stop)


class Process:
    """A client in a process of its own."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.discord = Discord(strict=kind == "ours")

    async def __aenter__(self) -> Self:
        await self.discord.start()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            __file__,
            "--serve",
            self.kind,
            self.discord.api,
            self.discord.gateway,
            stdin=asyncio.subprocess.PIPE,
        )
        await self.discord.ready(within=120)
        self._watched = psutil.Process(self._process.pid)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), 10)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self.discord.stop()

    async def act(self, act: Act, times: int) -> float:
        """Do something so many times; return the client's processor time of one, in milliseconds."""
        before = self._watched.cpu_times()
        for number in range(times):
            await act(self.discord, number)
            self.discord.forget()
        after = self._watched.cpu_times()
        return (after.user + after.system - before.user - before.system) / times * 1000

    @property
    def memory(self) -> float:
        """Resident memory in megabytes."""
        return self._watched.memory_info().rss / 2**20


async def ask(standin: Discord, number: int) -> Any:
    """Ask with the slash command."""
    asked = await standin.slash("ask", question=QUESTIONS[number % len(QUESTIONS)])
    if standin.strict and len(asked.last["components"]) < WITH_BUTTONS:
        raise RuntimeError(f"this is no answer: {asked.last['components']}")
    return asked


def pressing(message: Json, custom_id: str) -> Act:
    """Return what presses a button of a message."""

    async def press(standin: Discord, _: int) -> Any:
        return await standin.press(copy.deepcopy(message), custom_id)

    return press


async def compare(times: int, rounds: int) -> bool:
    """Print the processor time of both clients; return whether what is added stays below the ceiling."""
    figures: dict[tuple[str, str], list[float]] = {}
    async with Process("bare") as plain, Process("ours") as advisor:
        message = (await ask(advisor.discord, 0)).last
        custom_id = next(c["custom_id"] for c in walk(message["components"]) if "custom_id" in c)
        one = {**message, "flags": 0, "components": [{"type": 1, "id": 1, "components": [
            {"type": 2, "id": 2, "style": 2, "label": "ok", "custom_id": custom_id}]}]}  # fmt: skip
        for _ in range(rounds):
            for process, shown in ((plain, one), (advisor, message)):
                await process.act(ask, times // 10)  # warm up
                for name, act in (("slash command", ask), ("button", pressing(shown, custom_id))):
                    figures.setdefault((name, process.kind), []).append(await process.act(act, times))
    good = True
    for name in ("slash command", "button"):
        base, full = (min(figures[name, kind]) for kind in ("bare", "ours"))
        share = (full - base) / base
        good &= share < ADDED_CEILING
        print(f"{name:14} bare {base:5.2f} ms   advisor {full:5.2f} ms   added {share:4.2f} of the bare one's time")
    return good


async def remember(answers: int) -> bool:
    """Print the memory after 100 answers and after many; return whether it stayed below the ceiling."""
    async with Process("ours") as advisor:
        await advisor.act(ask, 100)
        early = advisor.memory
        await advisor.act(ask, answers - 100)
        late = advisor.memory
    print(f"memory         after 100 answers {early:.1f} MiB, after {answers:,} {late:.1f} MiB: {late / early:.3f}")
    return late / early < MEMORY_CEILING


async def main(times: int, rounds: int, answers: int) -> int:
    """Run both parts; give up after `LONGEST`."""
    try:
        async with asyncio.timeout(LONGEST):
            compared = await compare(times, rounds)
            return 0 if await remember(answers) and compared else 1
    except TimeoutError:
        print(f"This machine is too busy: not done after {LONGEST:.0f} s.")
        return 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--times", type=int, default=200, help="interactions in a round")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the best counts")
    parser.add_argument("--answers", type=int, default=3_000, help="answers of the memory test")
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve(*given.serve))
    else:
        sys.exit(asyncio.run(main(given.times, given.rounds, given.answers)))
