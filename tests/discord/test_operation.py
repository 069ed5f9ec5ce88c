from __future__ import annotations

import asyncio
import signal
import sys
import textwrap

import pytest

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.service import Conversations
from adapters.discord.client import build_client
from adapters.discord.connection import DiscordConfig, RefusedError, run, use_addresses
from tests.discord.conftest import config, connected
from tests.discord.reading import text
from tests.discord.standin import APP, LATER, NEW, Discord

ME = f"<@{APP}>"


async def test_no_privileged_intent_is_asked_for(bot: Discord) -> None:
    assert [each["intents"] for each in bot.identified] == [4609]


async def test_a_message_that_fell_into_a_dropped_connection_is_answered_after_the_resume(bot: Discord) -> None:
    await bot.drop()
    said = await bot.post(f"{ME} does flask have an orm?")
    reply = await bot.reply(said)

    assert "SQLAlchemy" in text(reply)
    assert bot.resumed == 1
    assert len(bot.identified) == 1


class SlowStore(MemoryStore):
    """A store that takes its time, and tells when it has begun."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = asyncio.Event()

    async def count(self, tally: object) -> None:
        self.begun.set()
        await asyncio.sleep(0.1)


async def test_a_stop_answers_what_is_in_flight_and_closes_the_gateway_properly(
    discord: Discord, conversations: Conversations
) -> None:
    store = SlowStore()
    async with connected(discord, Conversations(conversations.advisor, store=store)) as stop:
        exchange = await discord.begin(2, {"id": "1", "name": "help", "type": 1, "options": []})
        await store.begun.wait()
        stop.set()

    assert exchange.shown
    assert discord.closes == [1000]


async def test_in_a_rush_everything_is_acknowledged_before_it_is_answered(bot: Discord) -> None:
    command = {"id": "1", "name": "help", "type": 1, "options": []}
    rush = [await bot.begin(2, command, user) for user in range(1, 61)]
    await asyncio.gather(*(asyncio.wait_for(each.answered.wait(), 20) for each in rush))

    ways = [(each.callback or {})["type"] for each in rush]
    assert set(ways) == {NEW, LATER}
    assert {text(each.last)[:10] for each in rush} == {text(rush[0].last)[:10]}


class Gathering(MemoryStore):
    """A store that answers when so many claims have come together."""

    def __init__(self, claims: int) -> None:
        super().__init__()
        self._all = asyncio.Barrier(claims)

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:
        await self._all.wait()
        return await super().claim(event, acknowledgement)


async def test_in_a_rush_nobody_waits_for_the_database_of_another(
    discord: Discord, conversations: Conversations
) -> None:
    store = Gathering(60)
    patient = Conversations(conversations.advisor, store=store, workspace_limit=conversations.workspace_limit)
    command = {"id": "1", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "hello"}]}
    async with connected(discord, patient):
        rush = [await discord.begin(2, command, user) for user in range(1, 61)]
        await asyncio.gather(*(asyncio.wait_for(each.answered.wait(), 20) for each in rush))

    assert all(each.shown for each in rush)


async def test_two_shards_of_one_process_close_properly(discord: Discord, conversations: Conversations) -> None:
    async with connected(discord, conversations, sharded=True, shard_ids=(0, 1), shard_count=2):
        await discord.identifies(2)
        asked = await discord.slash("help")

    assert text(asked.last)
    assert [each["shard"] for each in discord.identified] == [[0, 2], [1, 2]]
    assert discord.closes == [1000, 1000]


async def test_a_wrong_token_ends_with_what_to_do(discord: Discord, conversations: Conversations) -> None:
    wrong = config(discord, token="wrong")

    use_addresses(wrong)
    with pytest.raises(RefusedError, match="Reset Token") as refused:
        await run(build_client(conversations, wrong), wrong, asyncio.Event())
    assert (refused.value.code, refused.value.exit_code) == (401, 78)


@pytest.mark.parametrize(
    ("code", "words", "sharded"),
    [(4004, "token", False), (4011, "sharding", False), (4014, "intents", False), (4014, "intents", True)],
)
async def test_what_the_gateway_refuses_for_good_is_not_tried_again(
    discord: Discord, conversations: Conversations, code: int, words: str, sharded: bool
) -> None:
    discord.refused_with = code
    settings = config(discord, sharded=sharded)

    use_addresses(settings)
    with pytest.raises(RefusedError, match=words) as refused:
        await run(build_client(conversations, settings), settings, asyncio.Event())
    assert refused.value.code == code
    assert len(discord.identified) == (2 if sharded else 1)


async def test_an_interface_that_is_away_is_tried_again(discord: Discord, conversations: Conversations) -> None:
    for _ in range(2):
        discord.refusals.append(("/users/@me", 403, {"message": "blocked for now", "code": 0}, {}))
    async with connected(discord, conversations):
        await discord.ready()
        asked = await discord.slash("help")

    assert text(asked.last)
    assert discord.closes == [1000]


async def test_an_event_that_the_library_cannot_read_does_not_end_the_bot(bot: Discord) -> None:
    await bot.dispatch("MESSAGE_CREATE", {"id": "not a message"})
    await bot.identifies(2)
    asked = await bot.slash("help")

    assert text(asked.last)


async def test_the_process_ends_with_zero_on_sigterm(discord: Discord) -> None:
    program = textwrap.dedent("""
        import asyncio, signal, sys
        from adapters.conversations.service import Conversations
        from adapters.discord.client import build_client
        from adapters.discord.connection import run
        from adapters.discord.connection import DiscordConfig, use_addresses

        async def main():
            stop = asyncio.Event()
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
            config = DiscordConfig(token="right-token", api_base=sys.argv[1], gateway=sys.argv[2])
            use_addresses(config)
            await run(build_client(Conversations(advisor=lambda: None), config), config, stop)

        asyncio.run(main())
    """)
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, discord.api, discord.gateway)
    await discord.ready()
    process.send_signal(signal.SIGTERM)

    assert await asyncio.wait_for(process.wait(), 60) == 0
    assert discord.closes == [1000]


def test_shard_ids_that_do_not_fit_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        DiscordConfig(token="t", shard_ids=(2,), shard_count=2)
    with pytest.raises(ValueError, match="shard count"):
        DiscordConfig(token="t", shard_ids=(0,))


def test_the_token_is_not_shown() -> None:
    assert "secret" not in repr(DiscordConfig(token="secret"))
