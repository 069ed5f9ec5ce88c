"""A stand-in for Slack that can keep its callers waiting."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from aiohttp import web

from tests.slack.stand_in import SlackStandIn


@dataclass
class HoldingSlack(SlackStandIn):
    """Takes requests and, while it holds, answers none."""

    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _reached: defaultdict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))

    def __post_init__(self) -> None:
        self._open.set()

    def hold(self) -> None:
        """Keep callers waiting from now on."""
        self._open.clear()

    def release(self) -> None:
        """Answer them."""
        self._open.set()

    async def reached(self, method: str) -> None:
        """Wait until somebody calls a method while we hold."""
        await asyncio.wait_for(self._reached[method].wait(), 60)

    async def _method(self, request: web.Request) -> web.Response:
        if not self._open.is_set() and request.match_info["method"] != "auth.test":
            self._reached[request.match_info["method"]].set()
            await self._open.wait()
        return await super()._method(request)
