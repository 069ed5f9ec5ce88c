"""The Discord client: what it listens to, and what it leaves out."""

from __future__ import annotations

from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.conversations.service import Conversations
from adapters.discord.config import DiscordConfig
from adapters.discord.connection import RefusedError, run
from adapters.discord.dispatcher import Dispatcher
from adapters.discord.errors import Boundary
from adapters.discord.in_flight import InFlight
from adapters.discord.listeners import commands, messages
from adapters.discord.listeners.buttons import dynamic_items
from adapters.discord.sending import show_unknown

__all__ = ["RefusedError", "build_client", "run"]

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""None of them is privileged: mentions, direct messages and replies arrive with their text all the same."""
STATUS = "Mention me, or type /ask"
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

    flights: InFlight
    tree: Tree


class ShardedAdvisorClient(discord.AutoShardedClient):
    """The same over several connections."""

    flights: InFlight
    tree: Tree


def build_client(conversations: Conversations, config: DiscordConfig) -> AdvisorClient | ShardedAdvisorClient:
    """Return a client that answers through `conversations`; `run` connects it.

    `api_base` and `gateway` of the config hold for the whole process: the library has one address for all clients.
    """
    _point_elsewhere(config)
    dispatcher = Dispatcher(conversations, Boundary(conversations.observer), config.patience)
    client = _client(config)
    client.flights = dispatcher.boundary.flights
    client.tree = Tree(client, dispatcher.boundary)
    commands.register(client.tree, dispatcher)
    messages.register(client, dispatcher)

    async def setup_hook() -> None:
        client.add_dynamic_items(*dynamic_items(dispatcher))

    client.event(setup_hook)
    return client


def _client(config: DiscordConfig) -> AdvisorClient | ShardedAdvisorClient:
    options: dict[str, Any] = {
        "intents": INTENTS,
        "application_id": config.application_id,
        "allowed_mentions": discord.AllowedMentions.none(),
        "activity": discord.CustomActivity(STATUS),
        "max_messages": None,
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "chunk_guilds_at_startup": False,
        "max_ratelimit_timeout": LONGEST_WAIT,
    }
    if not config.sharded:
        return AdvisorClient(**options)
    options |= {"shard_ids": list(config.shard_ids) or None, "shard_count": config.shard_count}
    return ShardedAdvisorClient(**options)


def _point_elsewhere(config: DiscordConfig) -> None:
    if config.api_base:
        Route.BASE = config.api_base
    if config.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(config.gateway)
