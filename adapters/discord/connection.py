"""How to connect to Discord; keeps a client connected until it is asked to stop, and then stops in an orderly way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

PATIENCE = 1.5
"""Seconds to wait for an answer before deferring; Discord gives up after 3, and the network needs its share."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DiscordConfig:
    """How to connect.

    Raises:
        ValueError: shard ids without their count, or ids outside it.
    """

    token: str = field(repr=False)
    application_id: int | None = None
    """Needed for an invite link without a connection; otherwise Discord tells."""
    sharded: bool = False
    """Split the servers over several gateway connections: needed from 2,500 servers on."""
    shard_ids: tuple[int, ...] = ()
    """The shards of this process; empty for all."""
    shard_count: int | None = None
    """All shards of all processes; None lets Discord recommend a number."""
    grace: float = 20.0
    """Seconds to finish what is in flight when asked to stop; hosts kill after 30."""
    patience: float = PATIENCE
    """Seconds to wait for an answer before telling Discord that it takes longer."""
    first_delay: float = 2.0
    """Seconds before the first new attempt when the connection is lost for good; doubles from attempt to attempt."""
    api_base: str | None = None
    """Another address for Discord's REST interface, such as a stand-in; see `use_addresses`."""
    gateway: str | None = None
    """Another address for Discord's gateway, likewise."""
    command_names: Mapping[str, str] = field(default_factory=dict)
    """Other names for slash commands, by their usual ones, where another bot of the server has those."""
    support_url: str | None = None
    """Where people get help with this bot; `/about` names it."""

    def __post_init__(self) -> None:
        if self.shard_ids and not self.shard_count:
            raise ValueError("shard ids need the shard count, which is the same in every process")
        if any(not 0 <= shard < (self.shard_count or 0) for shard in self.shard_ids):
            raise ValueError(f"shard ids run from 0 to {(self.shard_count or 0) - 1}")

    def command(self, usual: str) -> str:
        """Return the name of a slash command."""
        return self.command_names.get(usual, usual)


def use_addresses(config: DiscordConfig) -> None:
    """Send everything to the addresses of the config, where it has any.

    The library has one address for all clients of a process, so whoever starts the process calls this, once.
    """
    if config.api_base:
        Route.BASE = config.api_base
    if config.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(config.gateway)


class InFlight:
    """Counts events between their arrival and their answer, so that a stop can wait for them."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def count(self) -> int:
        """How many events have arrived and are not answered."""
        return self._count

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one event while the block runs."""
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def wait_idle(self, within: float) -> bool:
        """Wait until nothing is in flight; return whether that was so within so many seconds."""
        try:
            await asyncio.wait_for(self._idle.wait(), within)
        except TimeoutError:
            return False
        return True


EXIT_CODE = 78
"""The exit code of a program that is configured wrongly (EX_CONFIG); hosts do not restart it in a loop."""

NOT_ACCEPTED = (
    "Discord does not accept the bot token. Open https://discord.com/developers/applications, choose the application, "
    "then Bot, Reset Token, and put the new token into the settings."
)
REASONS = {
    4004: NOT_ACCEPTED,
    4010: "Discord refused the shard: the shard ids do not fit the shard count. Every process needs the same count.",
    4011: "Discord wants this bot sharded: it is in too many servers for one connection. Switch sharding on.",
    4012: "Discord no longer speaks this version of the gateway. Update discord.py.",
    4013: "Discord does not know the intents that were asked for. Update discord.py.",
    4014: (
        "Discord refused the intents. This program asks for no privileged intent, so the portal may have blocked the "
        "application: look for a notice at https://discord.com/developers/applications, on the page Bot."
    ),
}


class RefusedError(Exception):
    """Discord will not have this bot as it is configured; `str` says why and what to do."""

    exit_code = EXIT_CODE

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.code = code
        """The HTTP status or the close code of the gateway."""


def refusal(error: Exception) -> RefusedError | None:
    """Return why an error is final; None where another try may help."""
    match error:
        case discord.LoginFailure():
            return RefusedError(NOT_ACCEPTED, 401)
        case discord.PrivilegedIntentsRequired():
            return RefusedError(REASONS[4014], 4014)
        case discord.ConnectionClosed(code=code) if code in REASONS:
            return RefusedError(REASONS[code], code)
        case _:
            return None


LONGEST_DELAY = 300.0
"""Seconds between attempts in the long run. Discord resets the token of a bot that identifies 1,000 times a day."""
STEADY = 600.0
"""A connection that held so many seconds was a good one: the next attempt comes soon again."""


async def run(client: discord.Client, config: DiscordConfig, stop: asyncio.Event) -> None:
    """Connect, and stay connected until `stop` is set; then answer what is in flight and close with code 1000.

    Whatever breaks is tried again, with growing delays.

    Raises:
        RefusedError: Discord does not accept the token, the shards or the intents; its text says what to do.
    """
    staying = asyncio.create_task(_stay(client, config))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({staying, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not staying.done():
            await _end(staying)
            await _finish(client, config.grace)
    finally:
        await _end(stopping)
        await _end(staying)
        await client.close()
    if not staying.cancelled():
        staying.result()


async def _stay(client: discord.Client, config: DiscordConfig) -> None:
    loop, delay = asyncio.get_running_loop(), config.first_delay
    while True:
        began = loop.time()
        try:
            await client.__aenter__()
            await client.start(config.token)
        except Exception as error:
            refused = refusal(error)
            if refused:
                raise refused from error
            log.exception("lost Discord; trying again in %.1f s", delay)
        else:
            return
        await _reopen(client)
        await asyncio.sleep(delay)
        delay = config.first_delay if loop.time() - began > STEADY else min(2 * delay, LONGEST_DELAY)


async def _reopen(client: discord.Client) -> None:
    """Make a client that broke ready for another start."""
    await client.close()
    client.clear()
    client.http.connector = discord.utils.MISSING  # the library would go on with the closed one


async def _finish(client: discord.Client, grace: float) -> None:
    """Wait for answers that are on their way, including to events that have only just been read."""
    in_flight = getattr(client, "in_flight", InFlight())
    for _ in range(3):
        await asyncio.sleep(0)  # the library starts a task for an event, which starts another
    if not await in_flight.wait_idle(grace):
        log.warning("stopping with answers still on their way")


async def _end(task: asyncio.Task[object]) -> None:
    """Cancel a task and wait for it; its outcome is looked at elsewhere."""
    task.cancel()
    await asyncio.wait({task})
