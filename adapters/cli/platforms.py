"""discord, slack: what the platforms' own consoles need."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.shared import CHECK_FAILED, KnowledgeOption, UsageError, configured, run_on_network
from adapters.version import documentation

if TYPE_CHECKING:
    from adapters.discord.client import Synced
    from adapters.discord.connection import DiscordConfig


slack_app = typer.Typer(help="The Slack app.", no_args_is_help=True)
NO_ADDRESS = (
    "This manifest is for Socket Mode, as no public address is known. For HTTP, set ADVISOR_PUBLIC_URL or use --url."
)


@slack_app.callback()
def slack() -> None:
    """The Slack app."""


@slack_app.command()
def manifest(
    url: Annotated[str, typer.Option(help="The public address of the service; the configured one by default.")] = "",
    socket_mode: Annotated[bool, typer.Option("--socket-mode", help="For a service without a public address.")] = False,
    direct_messages: Annotated[
        bool | None, typer.Option(help="Take direct messages (needs the scope im:history); as configured by default.")
    ] = None,
    name: Annotated[
        str, typer.Option(help="What the app is called in the workspace; the advisor's own name by default.")
    ] = "",
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the manifest from which Slack creates the app."""
    from adapters.slack.config import Wanted
    from adapters.slack.config import manifest as make
    from adapters.slack.render.buttons import Commands
    from bot.knowledge import load

    settings = configured()
    about = load(knowledge or settings.knowledge_folder).about
    address = "" if socket_mode else _address(url or settings.public_url or "")
    if not address and not socket_mode:
        print(NO_ADDRESS, file=sys.stderr)
    direct = settings.slack_direct_messages if direct_messages is None else direct_messages
    commands = Commands(settings.slack_command, settings.slack_recommend_command)
    wanted = Wanted(about.subject, name or about.called, about.examples, address, direct, commands)
    print(json.dumps(make(wanted), indent=2, ensure_ascii=False))


def _address(url: str) -> str:
    if url and not url.startswith("https://"):
        raise UsageError("Slack reaches only addresses that begin with https://.")
    return url


discord_app = typer.Typer(help="Discord: register the commands, print the invite links.", no_args_is_help=True)

GuildOption = Annotated[
    int | None,
    typer.Option("--guild", metavar="ID", help="Register in one server only, for trying things out."),
]
ClearGuildOption = Annotated[
    int | None,
    typer.Option("--clear-guild", metavar="ID", help="Remove what was registered in one server only."),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
NOT_CONFIGURED = "Discord is not configured: set ADVISOR_DISCORD_TOKEN. {page} says where it comes from."
OTHER_ID = (
    "ADVISOR_DISCORD_APPLICATION_ID is {told}, but the token belongs to the application {application}. "
    "Correct the one that is wrong, or leave the id out: the token holds it."
)
TWICE = (
    "`advisor serve` registers the commands for all servers as well, and then this one shows each of them twice.\n"
    "To have them once: advisor discord sync --clear-guild {guild}"
)
NO_ID = "Set ADVISOR_DISCORD_APPLICATION_ID, the number on the page General Information, or ADVISOR_DISCORD_TOKEN."


@discord_app.command()
def sync(guild: GuildOption = None, clear_guild: ClearGuildOption = None, dry_run: DryRunOption = False) -> None:
    """Register the commands with Discord if they differ from what Discord has."""
    from aiohttp import ClientError
    from discord import HTTPException

    from adapters.discord.client import sync as run
    from adapters.discord.connection import RefusedError

    config = _config()
    if not config.token:
        raise UsageError(NOT_CONFIGURED.format(page=documentation("discord.md")))
    if guild and clear_guild:
        raise UsageError("--guild registers and --clear-guild removes: give one of them.")
    try:
        synced = run_on_network(run(config, guild or clear_guild, dry_run=dry_run, clear=clear_guild is not None))
        print(in_words(synced, dry_run=dry_run, cleared=clear_guild is not None))
        if guild:
            print(TWICE.format(guild=guild))
    except RefusedError as refused:
        print(refused, file=sys.stderr)
        sys.exit(refused.exit_code)
    except (HTTPException, ClientError, OSError) as error:
        print(f"Discord did not take the commands: {error}", file=sys.stderr)
        sys.exit(CHECK_FAILED)


@discord_app.command()
def invite() -> None:
    """Print the links that bring the bot into a server, or to yourself."""
    from adapters.discord.client import application_of, server_invite, user_invite

    config = _config()
    told, application = config.application_id, application_of(config.token)
    if told and application and told != application:
        raise UsageError(OTHER_ID.format(told=told, application=application))
    application = application or told
    if application is None:
        raise UsageError(NO_ID)
    print(f"Add it to a server:\n  {server_invite(application)}\n")
    print(f"Take it along yourself, into any server and direct message:\n  {user_invite(application)}")


def in_words(synced: Synced, *, dry_run: bool, cleared: bool = False) -> str:
    """Return what a sync did, in one sentence."""
    names = ", ".join(synced.commands)
    if cleared and not synced.changed:
        return "That server has no commands of its own."
    if cleared:
        return f"{'These commands would be removed' if dry_run else 'Removed'} from that server: {names}."
    if not synced.changed:
        return f"Discord has these commands already: {names}."
    return f"{'These commands would be registered' if dry_run else 'Registered'}: {names}."


def _config() -> DiscordConfig:
    from adapters.service.platforms.discord import discord_config

    return discord_config(configured())
