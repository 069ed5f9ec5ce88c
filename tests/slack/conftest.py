from __future__ import annotations

import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.conversations.flow_control import RateLimit
from adapters.conversations.identity import Pseudonyms
from adapters.conversations.service import Conversations
from adapters.slack.app import SlackApp, build_app
from adapters.slack.config import SlackConfig
from adapters.slack.connection import web_routes
from bot.advisor import Advisor
from tests.slack.people import SECRET, Workspace
from tests.slack.stand_in import SlackStandIn
from tests.trained import SHIPPED, trained_advisor


def shipped() -> Advisor:
    return trained_advisor(SHIPPED)


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return shipped()


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    stand_in = SlackStandIn()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


@pytest.fixture
def conversations(advisor: Advisor) -> Conversations:
    generous = RateLimit(burst=1_000, per_minute=60_000, clock=time.monotonic)
    return Conversations(
        lambda: advisor,
        pseudonyms=Pseudonyms(b"key"),
        limit=generous,
        workspace_limit=generous,
        privacy="I keep no names.",
    )


@pytest.fixture
def app(conversations: Conversations, slack: SlackStandIn) -> SlackApp:
    config = SlackConfig(signing_secret=SECRET, bot_token="xoxb-T1", api_url=f"{slack.url}api/")
    return build_app(conversations, config)


@pytest.fixture
async def workspace(app: SlackApp, slack: SlackStandIn) -> AsyncIterator[Workspace]:
    served = web.Application()
    served.add_routes(web_routes(app))
    async with TestClient(TestServer(served)) as client:
        yield Workspace(client, slack)
        await app.drain(5)
