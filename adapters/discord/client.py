"""The Discord client: what it listens to, what it leaves out, and what the log says of its connection."""

from __future__ import annotations

import logging
from typing import Any

import discord
from discord import app_commands

from adapters.conversations.service import Conversations
from adapters.discord.connection import DiscordConfig, InFlight, RefusedError, run
from adapters.discord.dispatcher import Boundary, Dispatcher
from adapters.discord.listeners import buttons, commands, messages, moderation
from adapters.discord.sending import show_unknown

__all__ = ["RefusedError", "build_client", "run"]

log = logging.getLogger(__name__)

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""None of them is privileged: mentions, direct messages and replies to ordinary messages arrive with their text."""
STATUS = "Mention me, or type /{ask}"
"""What stands under the bot's name."""
LONGEST_WAIT = 30.0
"""Seconds to wait out a rate limit; beyond that an answer comes too late to be of use."""


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands, usable in servers, direct messages and private channels, installed by servers or by users."""

    def __init__(self, client: discord.Client, boundary: Boundary) -> None:
        super().__init__(
            client,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self._boundary = boundary

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answer a command that this version does not know; log whatever else the library could not read."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await self._boundary.interaction(interaction, show_unknown(interaction), "unknown command")
        else:
            await self._boundary.apologise(interaction, error, "command")


class AdvisorClient(discord.Client):
    """A client that knows what it is answering right now."""

    in_flight: InFlight
    tree: Tree


class ShardedAdvisorClient(discord.AutoShardedClient):
    """The same over several connections."""

    in_flight: InFlight
    tree: Tree


def build_client(conversations: Conversations, config: DiscordConfig) -> AdvisorClient | ShardedAdvisorClient:
    """Return a client that answers through `conversations`; `run` connects it."""
    dispatcher = Dispatcher(conversations, config, Boundary(conversations.observer))
    client = _client(config)
    client.in_flight = dispatcher.boundary.in_flight
    client.tree = Tree(client, dispatcher.boundary)
    dispatcher.commands.tree = client.tree
    commands.register(client.tree, dispatcher)
    moderation.register(client, client.tree, dispatcher)
    messages.register(client, dispatcher)
    buttons.register(client, dispatcher)
    _log_connection(client)
    return client


def _client(config: DiscordConfig) -> AdvisorClient | ShardedAdvisorClient:
    options: dict[str, Any] = {
        "intents": INTENTS,
        "application_id": config.application_id,
        "allowed_mentions": discord.AllowedMentions.none(),
        "activity": discord.CustomActivity(STATUS.format(ask=config.command("ask"))),
        "max_messages": None,
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "chunk_guilds_at_startup": False,
        "max_ratelimit_timeout": LONGEST_WAIT,
    }
    if not config.sharded:
        return AdvisorClient(**options)
    options |= {"shard_ids": list(config.shard_ids) or None, "shard_count": config.shard_count}
    return ShardedAdvisorClient(**options)


def _log_connection(client: discord.Client) -> None:
    """Let the log say when Discord is connected, lost and resumed: what the library says of it holds too much else."""

    async def on_ready() -> None:
        count = len(client.guilds)
        log.info("Connected to Discord as %s in %d server%s", client.user, count, "" if count == 1 else "s")

    async def on_disconnect() -> None:
        if not client.is_closed():
            log.warning("The connection to Discord is lost; reconnecting")

    async def on_resumed() -> None:
        log.info("The connection to Discord is back; nothing was missed")

    for listener in (on_ready, on_disconnect, on_resumed):
        client.event(listener)
