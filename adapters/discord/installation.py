"""What is done once: registering the commands with Discord, and the links that bring the bot to people."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord.http import Route

from adapters.conversations.service import Conversations
from adapters.discord.client import AdvisorClient, ShardedAdvisorClient, build_client
from adapters.discord.connection import DiscordConfig, refusal, use_addresses
from bot.advisor import Advisor

Command = Mapping[str, Any]

_COMPARED = ("type", "name", "description", "required", "autocomplete", "min_length", "max_length", "nsfw")
_COMPARED_WHERE_GLOBAL = ("contexts", "integration_types")
"""Discord keeps these for commands of all servers only, and returns nothing for those of one."""


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


PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
)
"""Seeing the channel, answering in it and in its threads, and replying to a message. No others."""


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
