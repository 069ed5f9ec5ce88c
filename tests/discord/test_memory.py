from __future__ import annotations

import asyncio
import gc

from adapters.conversations.service import Conversations
from adapters.discord.client import build_client
from adapters.discord.connection import run, use_addresses
from tests.discord.conftest import config
from tests.discord.reading import press
from tests.discord.standin import Discord

QUESTIONS = ("does flask have an orm?", "how do they handle logins?", "which should I use?")


async def ask(discord: Discord, times: int) -> int:
    """Ask, press a button of each answer, and return how many objects are alive afterwards."""
    for number in range(times):
        asked = await discord.slash("ask", question=QUESTIONS[number % len(QUESTIONS)])
        await press(discord, asked.last, "Helpful")
        discord.forget()
    gc.collect()
    return len(gc.get_objects())


async def test_answers_with_buttons_leave_nothing_behind(discord: Discord, conversations: Conversations) -> None:
    stop = asyncio.Event()
    use_addresses(config(discord))
    client = build_client(conversations, config(discord))
    running = asyncio.create_task(run(client, config(discord), stop))
    await discord.ready()

    early = await ask(discord, 60)
    late = await ask(discord, 240)

    assert late < early * 1.05
    assert list(client.persistent_views) == []
    assert [task for task in asyncio.all_tasks() if "timeout" in task.get_name()] == []
    stop.set()
    await running
