"""`advisor slack`: what concerns Slack alone."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from adapters.cli.errors import UsageError
from adapters.cli.shared import KnowledgeOption, configured

app = typer.Typer(help="The Slack app.", no_args_is_help=True)
NO_ADDRESS = (
    "This manifest is for Socket Mode, as no public address is known. For HTTP, set ADVISOR_PUBLIC_URL or use --url."
)


@app.callback()
def slack() -> None:
    """The Slack app."""


@app.command()
def manifest(
    url: Annotated[str, typer.Option(help="The public address of the service; the configured one by default.")] = "",
    socket_mode: Annotated[bool, typer.Option("--socket-mode", help="For a service without a public address.")] = False,
    direct_messages: Annotated[
        bool | None, typer.Option(help="Take direct messages (needs the scope im:history); as configured by default.")
    ] = None,
    name: Annotated[
        str, typer.Option(help="What the app is called in the workspace; as the knowledge base says by default.")
    ] = "",
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the manifest from which Slack creates the app."""
    from adapters.slack.manifest import Wanted
    from adapters.slack.manifest import manifest as make
    from adapters.slack.render.context import Commands
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
