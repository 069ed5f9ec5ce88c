"""Services for tests: in this process, with stand-ins for the platforms at their other end."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from adapters.service.serve import Role, serve
from adapters.service.settings_loader import Settings
from tests.slack.people import SECRET, Workspace
from tests.slack.stand_in import SlackStandIn

SMALL = Path(__file__).parents[1] / "bases" / "tea-and-coffee"
"""A small knowledge base, which loads fast."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def settings(**given: Any) -> Settings:
    """Return settings as the environment would give them, with the small knowledge base."""
    return Settings(_env_file=None, **{"knowledge": SMALL, "host": "127.0.0.1", **given})  # type: ignore[arg-type]


def slack_settings(slack: SlackStandIn) -> dict[str, str]:
    """Return the settings of a workspace that the stand-in stands for."""
    return {
        "slack_bot_token": "xoxb-T1",
        "slack_signing_secret": SECRET,
        "slack_api_url": f"{slack.url}api/",
    }


class Running:
    """A service that runs."""

    def __init__(self, port: int, session: ClientSession, stop: asyncio.Event, task: asyncio.Task[bool]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.session = session
        self.stop = stop
        self.task = task

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        """Return status and body of a page."""
        async with self.session.get(path, headers=headers) as answer:
            return answer.status, await (answer.json() if "json" in answer.content_type else answer.text())

    async def until(self, path: str, wanted: str) -> Any:
        """Wait until a health page has this status, and return it."""
        async with asyncio.timeout(PATIENCE):
            while (found := (await self.get(path))[1])["status"] != wanted:  # noqa: ASYNC110  # it cannot tell us
                await asyncio.sleep(0.05)
        return found

    def workspace(self, slack: SlackStandIn, **more: Any) -> Workspace:
        """Return people in Slack in front of this service."""
        return Workspace(self.session, slack, **more)  # type: ignore[arg-type]  # it only posts


@asynccontextmanager
async def running(role: Role = Role.ALL, **given: Any) -> AsyncIterator[Running]:
    """Run a service until the block ends."""
    port, stop = free_port(), asyncio.Event()
    task = asyncio.create_task(serve(settings(port=port, **given), role, stop))
    async with ClientSession(f"http://127.0.0.1:{port}") as session:
        await listening(session, task)
        try:
            yield Running(port, session, stop, task)
        finally:
            stop.set()
            await task


PATIENCE = 60
"""Seconds to wait for a service: a machine that is busy with other things is slow."""


async def listening(session: ClientSession, task: asyncio.Task[Any] | None = None, seconds: float = 150) -> None:
    """Wait until somebody answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            async with session.get("/healthz"):
                return
        except ClientError:
            if (task and task.done()) or time.monotonic() > end:
                raise
            await asyncio.sleep(0.05)
