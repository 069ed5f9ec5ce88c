"""The one place where errors of callbacks end: logged with their traceback, and said to the person in plain words.

discord.py hands errors of buttons, menus and autocomplete to no handler: it logs them, and the person reads "This
interaction failed". So every callback runs inside `Boundary`.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import discord

from adapters.conversations.ports import Observer
from adapters.conversations.texts import FAILED
from adapters.discord.in_flight import InFlight
from adapters.discord.sending import show
from bot.replies import Notice, NoticeKind

T = TypeVar("T")

log = logging.getLogger(__name__)

PLATFORM = "discord"
TOO_LATE = 10062
"""Discord has given up waiting for an answer to this interaction."""
TAKEN = 40060
"""Another process, or an earlier try, has answered this interaction."""


@dataclass(frozen=True)
class Boundary:
    """Runs the work of callbacks; no error leaves it."""

    observer: Observer
    flights: InFlight = field(default_factory=InFlight)

    async def interaction(self, interaction: discord.Interaction, work: Awaitable[None], where: str) -> None:
        """Answer an interaction; where that fails, say so to the person."""
        with self.flights.one():
            try:
                await work
            except discord.HTTPException as error:
                if error.code in (TOO_LATE, TAKEN):
                    log.warning("%s: the answer came too late or twice (%s)", where, error.code)
                    self.observer.failed(PLATFORM, where)
                else:
                    await self.apologise(interaction, error, where)
            except Exception as error:  # noqa: BLE001  # the boundary: nothing may pass
                await self.apologise(interaction, error, where)

    async def message(self, work: Awaitable[None], where: str) -> None:
        """Answer a message; there is nobody to tell where Discord does not let us speak."""
        with self.flights.one():
            try:
                await work
            except discord.Forbidden as error:
                log.info("%s: not allowed to answer there (%s)", where, error.code)
                self.observer.failed(PLATFORM, "forbidden")
            except Exception:
                log.exception("%s failed", where)
                self.observer.failed(PLATFORM, where)

    def suggestions(self, work: Callable[[], list[T]], where: str) -> list[T]:
        """Return suggestions for what somebody types; none where that fails, which is all that can be shown."""
        try:
            return work()
        except Exception:
            log.exception("%s failed", where)
            self.observer.failed(PLATFORM, where)
            return []

    async def apologise(self, interaction: discord.Interaction, error: Exception, where: str) -> None:
        """Log an error and tell the person, if Discord still takes it."""
        log.error("%s failed", where, exc_info=error)
        self.observer.failed(PLATFORM, where)
        try:
            await show(interaction, Notice(NoticeKind.FAILED, FAILED))
        except Exception as gone:  # noqa: BLE001  # the apology failed, too: the log is all that is left
            log.warning("%s: could not tell the person (%s)", where, gone)
