"""Discord, as the service knows it: its settings, what is wrong with them, and whether its token is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode

from adapters.service.platforms.platform import Given, Platform, PlatformRunner, Token, TokenCheck, WebUrl, secret_text

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from adapters.discord.connection import DiscordConfig
    from adapters.service.bootstrap import Service
    from adapters.service.settings_loader import Settings


def _numbers(value: Any) -> Any:
    """Read `0,1,2` as numbers; leave anything else for the checks that follow."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _renamed(value: Any) -> Any:
    """Read `ask=framework,help=framework-help` as names by the usual ones."""
    if not isinstance(value, str):
        return value
    pairs = [part.partition("=") for part in value.split(",") if part.strip()]
    names = {usual.strip(): name.strip() for usual, _, name in pairs}
    if not all(usual and re.fullmatch(r"[a-z0-9_-]{1,32}", name) for usual, name in names.items()):
        raise ValueError("pairs such as ask=framework are needed; names have small letters, digits, - and _")
    return names


def _alone(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if text.startswith("Bot ") or any(character.isspace() for character in text):
        raise ValueError('give the token alone, without "Bot" and without spaces')
    return value


DiscordToken = Annotated[SecretStr, AfterValidator(_alone)]


class DiscordSettings(BaseSettings):
    """What Discord needs."""

    discord_token: DiscordToken | None = None
    discord_application_id: int | None = None
    discord_command_names: Annotated[dict[str, str], NoDecode, BeforeValidator(_renamed)] = Field({})
    """Other names for slash commands, as in `ask=framework,help=framework-help`."""
    support_url: WebUrl | None = None
    """Where people get help with this bot; `/about` names it."""
    discord_sharded: bool = False
    discord_shard_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_numbers)] = ()
    """The shards of this process, as in `0,1`."""
    discord_shard_count: Annotated[int, Field(ge=1)] | None = None
    discord_api_url: WebUrl | None = None
    discord_gateway_url: str | None = None

    @property
    def has_discord(self) -> bool:
        """Whether enough is given for Discord."""
        return self.discord_token is not None


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
    """Ask Discord whose token this is, whether people can invite that bot, and whether its commands are known."""
    status, user = await _asked(session, f"{url}/users/@me", token)
    if status != _OK:
        return TokenCheck(well=False, words=f"Discord does not accept it (status {status}).")
    known = f"known to Discord, as {user.get('username')}"
    _, application = await _asked(session, f"{url}/applications/@me", token)
    if application.get("bot_require_code_grant"):
        return TokenCheck(well=False, words=f"{known}. {CODE_GRANT}")
    servers = application.get("approximate_guild_count")
    where = f", in {servers} server{'' if servers == 1 else 's'}" if isinstance(servers, int) else ""
    _, commands = await _asked(session, f"{url}/applications/{application.get('id')}/commands", token)
    doubled = await _doubled(session, url, token, application.get("id"), commands)
    return TokenCheck(well=True, words=f"{known}{where}.{'' if commands else UNREGISTERED}{doubled}")


_OK = 200
LOOKED_AT = 20
"""Servers that are asked for commands of their own: those are left by whoever tries the bot out, in few servers."""
CODE_GRANT = 'Nobody can invite it: switch off "Requires OAuth2 Code Grant" in the portal, on the page Bot.'
UNREGISTERED = " Its commands are not registered yet; `advisor serve` does that."
OTHER_APPLICATION = (
    "ADVISOR_DISCORD_APPLICATION_ID is {told}, but the token belongs to {application}: leave the id out, "
    "the token holds it."
)


async def _doubled(session: ClientSession, url: str, token: str, application: Any, commands: list[Any]) -> str:
    """Return which servers list commands of their own beside the same ones for all servers, in a sentence."""
    known = {(command.get("type", 1), command["name"]) for command in commands}
    _, guilds = await _asked(session, f"{url}/users/@me/guilds?limit={LOOKED_AT}", token)
    doubled = []
    for guild in guilds if known and isinstance(guilds, list) else ():
        where = f"{url}/applications/{application}/guilds/{guild['id']}/commands"
        status, own = await _asked(session, where, token)
        if status == _OK and any((command.get("type", 1), command["name"]) in known for command in own):
            doubled.append(guild["id"])
    if not doubled:
        return ""
    remedies = ", ".join(f"`advisor discord sync --clear-guild {guild}`" for guild in doubled)
    return f" Some commands are listed twice in {len(doubled)} of its servers: run {remedies}."


async def _asked(session: ClientSession, url: str, token: str) -> tuple[int, Any]:
    async with session.get(url, headers={"Authorization": f"Bot {token}"}) as response:
        return response.status, await response.json(content_type=None)


def _findings(settings: DiscordSettings) -> Iterator[tuple[str, bool, str]]:
    from adapters.discord.client import application_of

    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    told, application = settings.discord_application_id, application_of(token)
    if told and application and told != application:
        yield "Discord application", True, OTHER_APPLICATION.format(told=told, application=application)
    if settings.discord_shard_count and not (settings.discord_sharded or settings.discord_shard_ids):
        yield "Discord shards", False, COUNT_ALONE


COUNT_ALONE = (
    "ADVISOR_DISCORD_SHARD_COUNT alone does nothing: set ADVISOR_DISCORD_SHARDED or ADVISOR_DISCORD_SHARD_IDS with it, "
    "or leave it out."
)


def _api(settings: DiscordSettings) -> str:
    return settings.discord_api_url or "https://discord.com/api/v10"


def discord_config(settings: Settings) -> DiscordConfig:
    """Return what the Discord client needs."""
    from adapters.discord.connection import DiscordConfig

    return DiscordConfig(
        token=secret_text(settings.discord_token),
        application_id=settings.discord_application_id,
        sharded=settings.discord_sharded or bool(settings.discord_shard_ids),
        shard_ids=settings.discord_shard_ids,
        shard_count=settings.discord_shard_count,
        grace=settings.grace_seconds,
        api_base=settings.discord_api_url,
        gateway=settings.discord_gateway_url,
        support_url=settings.support_url,
        command_names=settings.discord_command_names,
    )


def _run(service: Service, release: bool) -> PlatformRunner:
    from adapters.service.platforms.discord_runner import DiscordRunner

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
    findings=_findings,
    tokens=(Token("Discord token", "discord_token", _api, check_token),),
    run=_run,
)
