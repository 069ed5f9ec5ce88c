"""A stand-in for Discord, the real advisor, and a client between the two."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.service import Conversations
from adapters.discord.client import build_client
from adapters.discord.connection import DiscordConfig, run, use_addresses
from bot.advisor import Advisor
from tests.discord.standin import TOKEN, Discord
from tests.trained import SHIPPED, trained_advisor

Connect = Callable[..., Awaitable[asyncio.Event]]


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return trained_advisor(SHIPPED)


@pytest.fixture
def conversations(advisor: Advisor) -> Conversations:
    patient = RateLimit(burst=100_000, per_minute=60_000, clock=time.monotonic)
    return Conversations(lambda: advisor, limit=patient, workspace_limit=patient)


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    standin = Discord()
    await standin.start()
    yield standin
    await standin.stop()


def config(discord: Discord, **others: object) -> DiscordConfig:
    """Return a config that points at the stand-in."""
    options = {"token": TOKEN, "api_base": discord.api, "gateway": discord.gateway, "first_delay": 0.01, **others}
    return DiscordConfig(**options)  # type: ignore[arg-type]


@asynccontextmanager
async def connected(discord: Discord, conversations: Conversations, **others: object) -> AsyncIterator[asyncio.Event]:
    """Run a client until the block ends or the event that it yields is set."""
    stop = asyncio.Event()
    use_addresses(config(discord))
    client = build_client(conversations, config(discord, **others))
    running = asyncio.create_task(run(client, config(discord, **others), stop))
    await asyncio.wait({asyncio.create_task(discord.ready()), running}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield stop
    finally:
        stop.set()
        await running


@pytest.fixture
async def bot(discord: Discord, conversations: Conversations) -> AsyncIterator[Discord]:
    """The stand-in, with a client connected to it."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(connected(discord, conversations))
        yield discord
