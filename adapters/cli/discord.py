"""`advisor discord sync`, `advisor discord invite`: what is done once, and after a change of the commands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.errors import CHECK_FAILED, UsageError
from adapters.cli.shared import configured
from adapters.cli.signals import run_on_network

if TYPE_CHECKING:
    from adapters.discord.installation import Synced
    from adapters.discord.connection import DiscordConfig

app = typer.Typer(help="Discord: register the commands, print the invite links.", no_args_is_help=True)

GuildOption = Annotated[
    int | None,
    typer.Option("--guild", metavar="ID", help="Register in one server only, for trying things out."),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
NOT_CONFIGURED = "Discord is not configured: set ADVISOR_DISCORD_TOKEN. docs/discord.md says where it comes from."
NO_ID = "Set ADVISOR_DISCORD_APPLICATION_ID, the number on the page General Information, or ADVISOR_DISCORD_TOKEN."


@app.command()
def sync(guild: GuildOption = None, dry_run: DryRunOption = False) -> None:
    """Register the commands with Discord if they differ from what Discord has."""
    from aiohttp import ClientError
    from discord import HTTPException

    from adapters.discord.installation import sync as run
    from adapters.discord.connection import RefusedError

    config = _config()
    if not config.token:
        raise UsageError(NOT_CONFIGURED)
    try:
        print(in_words(run_on_network(run(config, guild, dry_run=dry_run)), dry_run=dry_run))
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
    application = config.application_id or application_of(config.token)
    if application is None:
        raise UsageError(NO_ID)
    print(f"Add it to a server:\n  {server_invite(application)}\n")
    print(f"Take it along yourself, into any server and direct message:\n  {user_invite(application)}")


def in_words(synced: Synced, *, dry_run: bool) -> str:
    """Return what a sync did, in one sentence."""
    names = ", ".join(synced.commands)
    if not synced.changed:
        return f"Discord has these commands already: {names}."
    return f"{'These commands would be registered' if dry_run else 'Registered'}: {names}."


def _config() -> DiscordConfig:
    from adapters.service.platforms.configs import discord_config

    return discord_config(configured())
