"""Discord, as the service knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adapters.service.platforms.platform import Given, Platform, Token, TokenCheck
from adapters.service.platforms.settings import DiscordSettings

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from adapters.service.bootstrap import Service
    from adapters.service.serve import PlatformRunner


def _describe(settings: DiscordSettings) -> str:
    return "over the gateway" if settings.has_discord else "not configured: set ADVISOR_DISCORD_TOKEN"


def _problems(settings: DiscordSettings, given: Given) -> Iterator[str]:
    shards, count = settings.discord_shard_ids, settings.discord_shard_count
    if not shards:
        return
    if not count:
        if given("discord_shard_count"):
            return
        yield "ADVISOR_DISCORD_SHARD_COUNT is missing: shard ids need it, the same in every process."
    elif not all(0 <= shard < count for shard in shards):
        yield f"ADVISOR_DISCORD_SHARD_IDS: the ids run from 0 to {count - 1}."


async def check_token(session: ClientSession, url: str, token: str) -> TokenCheck:
    """Ask Discord whose token this is."""
    async with session.get(f"{url}/users/@me", headers={"Authorization": f"Bot {token}"}) as response:
        if response.status == 200:  # noqa: PLR2004  # the one status that means yes
            said = await response.json(content_type=None)
            return TokenCheck(well=True, words=f"known to Discord, as {said.get('username')}.")
        return TokenCheck(well=False, words=f"Discord does not accept it (status {response.status}).")


def _api(settings: DiscordSettings) -> str:
    return settings.discord_api_url or "https://discord.com/api/v10"


def _run(service: Service, release: bool) -> PlatformRunner:
    from adapters.service.platforms.discord import DiscordRunner

    return DiscordRunner(service, register=release)


DISCORD = Platform(
    name="discord",
    title="Discord",
    process="worker",
    users_are_global=True,
    secret_shapes=(r"(?<![\w.-])[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}",),
    credentials=("discord_token",),
    is_configured=lambda settings: settings.has_discord,
    describe=_describe,
    problems=_problems,
    findings=lambda _settings: iter(()),
    tokens=(Token("Discord token", "discord_token", _api, check_token),),
    run=_run,
)
