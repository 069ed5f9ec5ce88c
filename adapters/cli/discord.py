"""`advisor discord sync`, `advisor discord invite`: what is done once, and after a change of the commands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.errors import CHECK_FAILED, UsageError
from adapters.cli.shared import configured
from adapters.cli.signals import run_on_network
from adapters.version import documentation

if TYPE_CHECKING:
    from adapters.discord.connection import DiscordConfig
    from adapters.discord.installation import Synced

app = typer.Typer(help="Discord: register the commands, print the invite links.", no_args_is_help=True)

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


@app.command()
def sync(guild: GuildOption = None, clear_guild: ClearGuildOption = None, dry_run: DryRunOption = False) -> None:
    """Register the commands with Discord if they differ from what Discord has."""
    from aiohttp import ClientError
    from discord import HTTPException

    from adapters.discord.connection import RefusedError
    from adapters.discord.installation import sync as run

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


@app.command()
def invite() -> None:
    """Print the links that bring the bot into a server, or to yourself."""
    from adapters.discord.installation import application_of, server_invite, user_invite

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
    from adapters.service.platforms.configs import discord_config

    return discord_config(configured())
