"""From an event to the screen: in time, inside one error boundary.

discord.py hands errors of buttons, menus and autocomplete to no handler: it logs them, and the person reads "This
interaction failed". So every callback runs inside `Boundary`, where errors are logged with their traceback and said to
the person in plain words.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import discord
from discord import app_commands

from adapters.conversations.identity import Message, Person
from adapters.conversations.ports import Observer, WorkspaceSettings
from adapters.conversations.service import Conversations, Delivery
from adapters.conversations.texts import FAILED
from adapters.discord import sending
from adapters.discord.connection import DiscordConfig, InFlight
from adapters.discord.origins import PLATFORM, audience, conversation, everybody, is_direct, speaker
from adapters.discord.render.answers import COMMANDS
from adapters.discord.render.buttons import Audience, RenderContext
from adapters.discord.render.render import render
from bot.replies import Help, Notice, NoticeKind, NotKnown

T = TypeVar("T")
Interaction = discord.Interaction[Any]

log = logging.getLogger(__name__)

TOO_LATE = 10062
"""Discord has given up waiting for an answer to this interaction."""
TAKEN = 40060
"""Another process, or an earlier try, has answered this interaction."""
ARCHIVED = 50083
"""The thread is archived, or locked."""
PEOPLE = 1_000
"""People that are remembered; beyond that, whoever was told longest ago hears it again."""


class OncePer:
    """Remembers who was told, for so many seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._told: OrderedDict[str, float] = OrderedDict()

    def is_news(self, key: str) -> bool:
        """Return whether this key has not been told lately; it counts as told from now on."""
        now = self._clock()
        before = self._told.get(key)
        if before is not None and now - before < self._seconds:
            return False
        self._told[key] = now
        self._told.move_to_end(key)
        while len(self._told) > PEOPLE:
            self._told.popitem(last=False)
        return True


class CommandMentions:
    """The clickable mentions of the slash commands: their ids are known to Discord alone."""

    tree: app_commands.CommandTree[Any] | None = None

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    async def get(self) -> Mapping[str, str]:
        """Return the mention of each command by its name; none while Discord does not tell."""
        if not self._known and self.tree:
            try:
                self._known = {command.name: command.mention for command in await self.tree.fetch_commands()}
            except discord.HTTPException:
                log.warning("Discord did not list the commands; /help writes them as text")
        return self._known


@dataclass(frozen=True)
class Boundary:
    """Runs the work of callbacks; no error leaves it."""

    observer: Observer
    in_flight: InFlight = field(default_factory=InFlight)

    async def interaction(self, interaction: Interaction, work: Awaitable[None], where: str) -> None:
        """Answer an interaction; where that fails, say so to the person."""
        with self.in_flight.one():
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
        with self.in_flight.one():
            try:
                await work
            except (discord.Forbidden, discord.NotFound) as error:
                log.info("%s: not allowed to answer there (%s)", where, error.code)
                self.observer.failed(PLATFORM, "forbidden")
            except Exception as error:
                if _is_everyday(error):
                    log.warning("%s: not answered (%s)", where, error)
                else:
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

    async def apologise(self, interaction: Interaction, error: Exception, where: str) -> None:
        """Log an error and tell the person, if Discord still takes it."""
        log.error("%s failed", where, exc_info=error)
        self.observer.failed(PLATFORM, where)
        try:
            await sending.show(interaction, Notice(NoticeKind.FAILED, FAILED))
        except Exception as gone:  # noqa: BLE001  # the apology failed, too: the log is all that is left
            log.warning("%s: could not tell the person (%s)", where, gone)


def _is_everyday(error: Exception) -> bool:
    """Return whether an error belongs to the life of the platform: rate limits, locked threads, Discord being down."""
    if isinstance(error, discord.RateLimited | discord.DiscordServerError):
        return True
    return isinstance(error, discord.HTTPException) and (error.code == ARCHIVED or error.status == _TOO_MANY)


_TOO_MANY = 429


RUSH = 20
"""With more events than this on their way, each is acknowledged before its answer is made: that is in time for all."""
REPLIES = 1_000
"""Replies that are remembered; a person edits or deletes a question soon, or never."""


@dataclass(frozen=True)
class Dispatcher:
    """What every listener needs."""

    conversations: Conversations
    config: DiscordConfig
    boundary: Boundary
    commands: CommandMentions = field(default_factory=CommandMentions)
    too_much: OncePer = field(default_factory=lambda: OncePer(60.0))
    """Who has just heard that it is too much at once."""
    hints: OncePer = field(default_factory=lambda: OncePer(3_600.0))
    """Who has heard, within the hour, how to reach the bot."""
    replies: OrderedDict[int, discord.PartialMessage] = field(default_factory=OrderedDict)
    """The last replies of this process by the message that they answer, to follow when that is edited or deleted."""

    @property
    def patience(self) -> float:
        """Seconds to wait for an answer before Discord is told that it takes longer: none in a rush."""
        return 0.0 if self.boundary.in_flight.count > RUSH else self.config.patience

    def remember_reply(self, question: int, sent: discord.Message) -> None:
        """Note what answers a message; the oldest are forgotten."""
        self.replies[question] = discord.PartialMessage(channel=sent.channel, id=sent.id)
        while len(self.replies) > REPLIES:
            self.replies.popitem(last=False)

    def pseudonym(self, who: Person) -> str:
        """Return the pseudonym of a person."""
        return self.conversations.pseudonyms.of(who)

    async def settings(self, who: Person) -> WorkspaceSettings:
        """Return what has been chosen for somebody's server; the defaults outside of servers."""
        return await self.conversations.workspace_settings(who) if who.workspace else WorkspaceSettings()

    def private_key(self, interaction: Interaction) -> str:
        """Return the conversation of what somebody does in private where they are."""
        pseudonym = self.pseudonym(speaker(interaction))
        return conversation(interaction.channel_id, pseudonym, direct=is_direct(interaction), private=True)

    def ask(self, interaction: Interaction, text: str) -> Awaitable[Delivery | None]:
        """Ask what somebody wrote, as a private question of theirs."""
        event = f"{PLATFORM}/interaction/{interaction.id}"
        asked = Message(speaker(interaction), self.private_key(interaction), text, event=event)
        return self.conversations.ask(asked)

    async def context(
        self, delivery: Delivery, who: Person, seen: Audience, note: str = "", *, shared: bool = False
    ) -> RenderContext:
        """Return the surroundings of a reply."""
        asks_people, commands = False, {}
        if isinstance(delivery.reply, NotKnown):
            asks_people = bool((await self.settings(who)).help_channel)
        if isinstance(delivery.reply, Help):
            mentions = await self.commands.get()
            names = {usual: self.config.command(usual) for usual in COMMANDS}
            commands = {usual: mentions.get(name, f"`/{name}`") for usual, name in names.items()}
        return RenderContext(delivery.ref, delivery.owner, seen, note, shared, asks_people, commands)


async def answer(
    dispatcher: Dispatcher,
    interaction: Interaction,
    making: Awaitable[Delivery | None],
    note: str = "",
    *,
    public: bool = False,
) -> None:
    """Answer with a new message: private, unless it is a direct message; nothing where another process answers.

    With `public`, everybody in the channel sees it.
    """
    seen = everybody(interaction) if public else audience(interaction)
    private = seen is Audience.ASKER
    delivery, late = await in_time(
        making,
        dispatcher.patience,
        lambda: interaction.response.defer(ephemeral=private, thinking=True),
    )
    if delivery is None:
        if late:
            await interaction.delete_original_response()
        return
    payload = render(delivery.reply, await dispatcher.context(delivery, speaker(interaction), seen, note))
    await (sending.complete(interaction, payload) if late else sending.add(interaction, payload, private=private))


async def update(dispatcher: Dispatcher, interaction: Interaction, making: Awaitable[Delivery]) -> Delivery:
    """Return what comes in place of the pressed button's message; where that takes long, tell Discord to wait."""
    delivery, _ = await in_time(making, dispatcher.patience, interaction.response.defer)
    return delivery


async def in_time(
    making: Awaitable[T], seconds: float, announce: Callable[[], Coroutine[Any, Any, object]]
) -> tuple[T, bool]:
    """Return what is made, and whether that took so many seconds that it was announced first."""
    if not seconds:
        await announce()
        return await making, True
    loop = asyncio.get_running_loop()
    announced: list[asyncio.Task[object]] = []
    timer = loop.call_later(seconds, lambda: announced.append(loop.create_task(announce())))
    try:
        made = await making
    finally:
        timer.cancel()
        for task in announced:
            await task  # Discord must have heard the announcement before it gets the answer
    return made, bool(announced)
