"""A small service in a process of its own, to be told to stop: `python served.py SLACK_URL SECONDS`.

Its store takes so many seconds for every question.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from aiohttp import web

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.service import Conversations
from adapters.slack.app import build_app
from adapters.slack.config import SlackConfig
from adapters.slack.connection import web_routes
from bot.advisor import Advisor
from bot.knowledge import load

BASE = Path(__file__).parents[1] / "bases" / "tea-and-coffee"


class SlowStore(MemoryStore):
    """A store that takes its time."""

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:
        await asyncio.sleep(float(sys.argv[2]))
        return await super().claim(event, acknowledgement)


def main() -> None:
    """Serve until told to stop; then send what is in flight."""
    advisor = Advisor(load(BASE))
    advisor.ask("warm up")
    config = SlackConfig(signing_secret="shhh", bot_token="xoxb-T1", api_url=f"{sys.argv[1]}api/")
    slack = build_app(Conversations(lambda: advisor, SlowStore()), config)

    async def drain(_: web.Application) -> None:
        await slack.drain()

    served = web.Application()
    served.add_routes(web_routes(slack))
    served.on_shutdown.append(drain)
    line = socket.socket()
    line.bind(("127.0.0.1", 0))
    web.run_app(served, sock=line, print=lambda _: print(line.getsockname()[1], flush=True))


if __name__ == "__main__":
    main()
