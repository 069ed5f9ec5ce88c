"""Discord as part of the service."""

from __future__ import annotations

import asyncio
import logging

import discord
from aiohttp import web

from adapters.discord.client import build_client, sync
from adapters.discord.connection import RefusedError, run, use_addresses
from adapters.service.bootstrap import Service
from adapters.service.platforms.discord import discord_config
from adapters.service.platforms.platform import PlatformRefusedError

log = logging.getLogger(__name__)
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks here


class DiscordRunner:
    """The Discord client."""

    name = "discord"

    def __init__(self, service: Service, *, register: bool) -> None:
        self._register = register
        self._config = discord_config(service.settings)
        use_addresses(self._config)
        self._client: discord.Client = build_client(service.conversations, self._config)
        self._refused = ""
        service.health.watch("discord", self.trouble)

    def routes(self) -> list[web.RouteDef]:
        """Return nothing: Discord is reached over a connection that we open."""
        return []

    def trouble(self) -> str:
        """Return what is wrong with the connection, in words."""
        return self._refused or ("" if _is_connected(self._client) else "not connected to Discord")

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop`, and send the answers on their way.

        Raises:
            PlatformRefusedError: Discord does not accept the token, the shards or the intents.
        """
        registering = asyncio.create_task(self._register_commands())
        try:
            await run(self._client, self._config, stop)
        except RefusedError as error:
            self._refused = str(error)
            raise PlatformRefusedError(str(error)) from error
        finally:
            registering.cancel()

    async def close(self) -> None:
        """Nothing is left to close."""

    async def _register_commands(self) -> None:
        """Register the commands where no release step does; what fails here can wait for the next start."""
        if not self._register:
            return
        try:
            synced = await sync(self._config)
        except RefusedError:
            return  # connecting is refused for the same reason, and says so
        except Exception:
            log.exception("The commands could not be registered with Discord")
        else:
            log.info("Commands registered" if synced.changed else "Discord has these commands already")


def _is_connected(client: discord.Client) -> bool:
    """Return whether messages reach us. The library itself calls a client ready two seconds later."""
    if isinstance(client, discord.AutoShardedClient):
        return client.is_ready() and not any(shard.is_closed() for shard in client.shards.values())
    return client.ws is not None and client.ws.open and client.ws.session_id is not None
