"""Registers the commands with Discord, and only when they differ from what Discord already has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord.http import Route

from adapters.conversations.service import Conversations
from adapters.discord.client import AdvisorClient, ShardedAdvisorClient, build_client
from adapters.discord.config import DiscordConfig
from adapters.discord.connection import refusal
from adapters.discord.localization import Translator
from bot.advisor import Advisor

Command = Mapping[str, Any]

_COMPARED = ("type", "name", "name_localizations", "description", "description_localizations", "contexts")
_COMPARED_TOO = ("integration_types", "required", "autocomplete", "min_length", "max_length", "nsfw")


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync found and did."""

    commands: tuple[str, ...]
    """Names of the commands, as Discord lists them."""
    fingerprint: str
    changed: bool
    """Whether Discord had something else before."""


async def sync(config: DiscordConfig, guild: int | None = None, *, dry_run: bool = False) -> Synced:
    """Register the commands everywhere, or in one server (`guild`), unless Discord has them already.

    With `dry_run` nothing is written.

    Raises:
        RefusedError: Discord does not accept the token.
        discord.HTTPException: Discord refused the commands, or is away.
    """
    client = build_client(Conversations(advisor=_nobody), config)
    try:
        await client.login(config.token)
        wanted = await payloads(client)
        there = await client.http.request(_route("GET", client, guild), params={"with_localizations": "true"})
        changed = fingerprint(wanted) != fingerprint(there)
        if changed and not dry_run:
            await client.http.request(_route("PUT", client, guild), json=wanted)
    except discord.LoginFailure as error:
        raise refusal(error) or error from error
    finally:
        await client.close()
    return Synced(tuple(command["name"] for command in wanted), fingerprint(wanted), changed)


async def payloads(client: AdvisorClient | ShardedAdvisorClient) -> list[dict[str, Any]]:
    """Return every command as Discord takes it, with its translations."""
    tree = client.tree
    translator = Translator()
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]


def fingerprint(commands: Iterable[Command]) -> str:
    """Return a hash of what people can see and do; ids, versions, order and defaults do not count."""
    seen = sorted((_seen(command) for command in commands), key=lambda each: (each.get("type", 1), each["name"]))
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def _seen(command: Command) -> dict[str, Any]:
    """Return what counts of a command or an option; what is empty, false or zero counts as absent."""
    counted = {key: command.get(key) for key in (*_COMPARED, *_COMPARED_TOO)}
    sets = {key: sorted(counted[key] or ()) for key in ("contexts", "integration_types")}
    options = [_seen(option) for option in command.get("options") or ()]
    return {key: value for key, value in {**counted, **sets, "options": options}.items() if value}


def _route(method: str, client: discord.Client, guild: int | None) -> Route:
    path = "/applications/{application_id}/" + ("guilds/{guild_id}/commands" if guild else "commands")
    return Route(method, path, application_id=client.application_id, guild_id=guild)


def _nobody() -> Advisor:
    raise RuntimeError("commands are registered here, not answered")
