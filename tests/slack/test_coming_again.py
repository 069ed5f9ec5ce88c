"""Events that Slack has to send again, as they cannot be answered now: the safest place for them to wait is Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.conversations.flow_control import Acknowledgement, Turns
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.service import Conversations
from adapters.slack.app import SlackApp
from adapters.slack.connection import web_routes
from adapters.slack.dispatcher import LONGEST_QUEUE, MOST_AT_WORK
from tests.slack.people import Workspace
from tests.slack.stand_in import SlackStandIn
from tests.storage.clocks import Clock, end

QUESTION = "does flask have an orm?"
Serve = Callable[[float], AbstractAsyncContextManager[Workspace]]


@pytest.fixture
def served(app: SlackApp, slack: SlackStandIn) -> Serve:
    """Serves the app, which waits for answers for so many seconds before it lets a message come again."""

    @asynccontextmanager
    async def serve(patience: float) -> AsyncIterator[Workspace]:
        application = web.Application()
        application.add_routes(web_routes(app, patience))
        async with TestClient(TestServer(application)) as client:
            yield Workspace(client, slack)

    return serve


class UndecidedStore(MemoryStore):
    """A store that does not know who a message is to be answered by, until it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.known = asyncio.Event()
        self.knew_that_it_comes_again: list[bool] = []

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:
        await self.known.wait()
        assert acknowledgement
        self.knew_that_it_comes_again.append(acknowledgement.held)
        return False


async def test_a_message_without_an_answer_in_time_comes_again_and_who_is_at_work_on_it_knows(
    served: Serve, conversations: Conversations, app: SlackApp
) -> None:
    conversations.store = store = UndecidedStore()
    async with served(0.01) as workspace:
        sent = await workspace.mention(QUESTION)
        store.known.set()
        await app.drain(60)

    assert sent.status == 503
    assert store.knew_that_it_comes_again == [True]


class NotingStore(MemoryStore):
    """A store that notes which messages Slack has sent before and will send again."""

    def __init__(self) -> None:
        super().__init__()
        self.repeated: list[bool] = []

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:
        assert acknowledgement
        self.repeated.append(acknowledgement.repeated)
        return await super().claim(event, acknowledgement)


async def test_the_tries_between_the_first_and_the_last_are_told_apart(
    served: Serve, conversations: Conversations
) -> None:
    conversations.store = store = NotingStore()
    async with served(60) as workspace:
        await workspace.mention(QUESTION)
        for number in ("1", "2", "3"):
            await workspace.replay(**{"X-Slack-Retry-Num": number})

    assert store.repeated == [False, True, True, False]


async def test_messages_come_again_while_questions_wait_too_long_to_be_read_and_commands_are_taken(
    served: Serve, conversations: Conversations, slack: SlackStandIn, app: SlackApp
) -> None:
    clock = Clock()
    conversations.reading = Turns(clock)
    async with served(60) as workspace:
        async with conversations.reading.turn():
            first = asyncio.create_task(workspace.mention(QUESTION))
            async with asyncio.timeout(60):
                while not app.dispatcher.is_full:
                    clock.now += LONGEST_QUEUE + 1
                    await asyncio.sleep(0.01)
            shed = await workspace.mention(QUESTION)
            command = await workspace.command("/recommend", "help")
        answered, taken = await first, await workspace.mention(QUESTION)

    assert (shed.status, command.status) == (503, 200)
    assert (answered.status, taken.status) == (200, 200)
    assert [call.method for call in slack.calls] == ["chat.postMessage"] * 2


async def test_messages_come_again_while_slack_takes_no_answers(served: Serve, app: SlackApp) -> None:
    waiting = [app.dispatcher.work.start(asyncio.Event().wait()) for _ in range(MOST_AT_WORK)]
    async with served(60) as workspace:
        shed = await workspace.mention(QUESTION)
        for task in waiting:
            await end(task)
        taken = await workspace.mention(QUESTION)

    assert (shed.status, taken.status) == (503, 200)
