"""The Discord client: what it listens to and leaves out; and what is done once: its commands, its invite links."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from adapters.conversations.service import Conversations
from adapters.discord.connection import DiscordConfig, InFlight, refusal, use_addresses
from adapters.discord.dispatcher import Boundary, Dispatcher
from adapters.discord.listeners import buttons, commands, messages, servers, setup
from adapters.discord.sending import show_unknown
from bot.advisor import Advisor

log = logging.getLogger(__name__)

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""None of them is privileged: mentions, direct messages and replies to ordinary messages arrive with their text."""
STATUS = "Mention me, or type /{ask}"
"""What stands under the bot's name."""
LONGEST_WAIT = 30.0
"""Seconds to wait out a rate limit; beyond that an answer comes too late to be of use."""
Command = Mapping[str, Any]
_COMPARED = ("type", "name", "description", "required", "autocomplete", "min_length", "max_length", "nsfw")
_COMPARED_WHERE_GLOBAL = ("contexts", "integration_types")
"""Discord keeps these for commands of all servers only, and returns nothing for those of one."""
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
)
"""Seeing the channel, answering in it and in its threads, and replying to a message. No others."""


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
    setup.register(client.tree, dispatcher)
    servers.register(client, dispatcher)
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


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync found and did."""

    commands: tuple[str, ...]
    """Names of the commands, as Discord lists them."""
    fingerprint: str
    changed: bool
    """Whether Discord had something else before."""


async def sync(
    config: DiscordConfig, guild: int | None = None, *, dry_run: bool = False, clear: bool = False
) -> Synced:
    """Register the commands everywhere, or in one server (`guild`), unless Discord has them already.

    With `clear` all commands are removed there; with `dry_run` nothing is written.

    Raises:
        RefusedError: Discord does not accept the token.
        discord.HTTPException: Discord refused the commands, or is away.
    """
    use_addresses(config)
    client = build_client(Conversations(advisor=_nobody), config)
    try:
        await client.login(config.token)
        wanted = [] if clear else payloads(client)
        there = await client.http.request(_route("GET", client, guild))
        changed = fingerprint(wanted, everywhere=guild is None) != fingerprint(there, everywhere=guild is None)
        if changed and not dry_run:
            await client.http.request(_route("PUT", client, guild), json=wanted)
    except discord.LoginFailure as error:
        raise refusal(error) or error from error
    finally:
        await client.close()
    return Synced(tuple(command["name"] for command in (there if clear else wanted)), fingerprint(wanted), changed)


def payloads(client: AdvisorClient | ShardedAdvisorClient) -> list[dict[str, Any]]:
    """Return every command as Discord takes it."""
    return [command.to_dict(client.tree) for command in client.tree.get_commands()]


def fingerprint(commands: Iterable[Command], *, everywhere: bool = True) -> str:
    """Return a hash of what people can see and do; ids, versions, order and defaults do not count."""
    compared = _COMPARED + (_COMPARED_WHERE_GLOBAL if everywhere else ())
    seen = [_seen(command, compared) for command in commands]
    seen.sort(key=lambda each: (each.get("type", 1), each["name"]))
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def _seen(command: Command, compared: tuple[str, ...]) -> dict[str, Any]:
    """Return what counts of a command or an option; what is empty, false or zero counts as absent."""
    counted = {key: command.get(key) for key in compared}
    counted |= {key: sorted(counted[key] or ()) for key in _COMPARED_WHERE_GLOBAL if key in counted}
    options = [_seen(option, compared) for option in command.get("options") or ()]
    return {key: value for key, value in {**counted, "options": options}.items() if value}


def _route(method: str, client: discord.Client, guild: int | None) -> Route:
    path = "/applications/{application_id}/" + ("guilds/{guild_id}/commands" if guild else "commands")
    return Route(method, path, application_id=client.application_id, guild_id=guild)


def _nobody() -> Advisor:
    raise RuntimeError("commands are registered here, not answered")


def server_invite(application_id: int) -> str:
    """Return the link that adds the bot to a server."""
    return (
        discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))
        + "&integration_type=0"
    )


def user_invite(application_id: int) -> str:
    """Return the link that adds the commands to one person, wherever they are."""
    return discord.utils.oauth_url(application_id, scopes=("applications.commands",)) + "&integration_type=1"


def application_of(token: str) -> int | None:
    """Return the application's id, which is the first part of its bot token; None where the token does not tell."""
    first = token.partition(".")[0]
    try:
        number = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode()
    except ValueError:
        return None
    return int(number) if number.isascii() and number.isdecimal() else None
