"""serve, doctor, db, model, and what came from one workspace: the verbs of whoever runs the service."""

from __future__ import annotations

import os
import sys
from collections.abc import Coroutine
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from adapters.cli.reports import with_database
from adapters.cli.shared import (
    CHECK_FAILED,
    JsonOption,
    UsageError,
    configured,
    dump,
    knowledge_settings,
    run_on_network,
)

db = typer.Typer(help="The database.", no_args_is_help=True)
WorkspaceArgument = Annotated[
    str, typer.Argument(metavar="ID", help="The workspace's id in Slack (T... or E...), or the server's in Discord.")
]
TITLES = {
    "choices": "choices among suggestions",
    "missed": "missed questions",
    "feedback": "words of feedback",
    "facts": "settings",
    "slack_bots": "bot tokens",
    "slack_installations": "installations",
}
model_app = typer.Typer(help="The sentence encoder.", no_args_is_help=True)
FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FOLDER",
        help="Take model.safetensors and tokenizer.json from this folder instead of the installed package.",
    ),
]


def serve(
    only: Annotated[
        str, typer.Option(help="`web` for Slack over HTTP, `worker` for Discord; both by default.")
    ] = "all",
) -> None:
    """Serve Slack and Discord, whatever is configured, until told to stop."""
    from adapters.service import serve
    from adapters.service.logs import Redactor, set_up
    from adapters.service.platforms import PLATFORMS
    from adapters.service.platforms.platform import PlatformRefusedError

    if only not in list(serve.Role):
        raise UsageError("--only takes `web` or `worker`.")
    settings = configured()
    role = serve.Role(only)
    if not any(platform.is_configured(settings) for platform in PLATFORMS):
        names = " or ".join(platform.title for platform in PLATFORMS)
        raise UsageError(f"Nothing to serve: configure {names}. `advisor doctor` says how.")
    set_up(settings.log_level, settings.log_format, Redactor(settings.secrets()))
    try:
        in_order = run_on_network(serve.serve(settings, role))
    except PlatformRefusedError as refused:
        sys.exit(refused.exit_code)
    except OSError as error:
        port = serve.DEFAULT_PORT if settings.port is None else settings.port
        raise UsageError(f"The service cannot listen on {settings.listen_host}:{port}: {_why(error)}.") from None
    if not in_order:
        sys.exit(CHECK_FAILED)


def _why(error: OSError) -> str:
    """Return the reason in the system's words; asyncio puts the address in front, and resolvers have their own."""
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)


def doctor(as_json: JsonOption = False) -> None:
    """Say what is configured, what is missing, and whether everything that the service stands on is there."""
    from adapters.service.doctor import examine, in_words
    from adapters.service.settings_loader import SettingsError, load_settings

    problems: list[str] = []
    try:
        settings = load_settings()
    except SettingsError as mistakes:
        if mistakes.usable is None:
            raise UsageError(str(mistakes)) from None
        settings, problems = mistakes.usable, mistakes.problems
    findings = run_on_network(examine(settings, problems))
    if as_json:
        print(dump([finding.as_dict() for finding in findings]))
    else:
        print(in_words(findings))
    if any(finding.is_bad for finding in findings):
        sys.exit(CHECK_FAILED)


@db.command()
def upgrade() -> None:
    """Bring the tables up to date, and seal stored tokens with the newest key."""
    from adapters.service.db_upgrade import upgrade as run

    _say(run(configured()))


@db.command()
def downgrade() -> None:
    """Take the tables back by one step, for an earlier release. Stop `serve` first."""
    from adapters.service.db_upgrade import downgrade as run

    _say(run(configured()))


@db.command("copy")
def copy_database(
    to: Annotated[str, typer.Argument(help="The address of the new database; nothing may be stored there yet.")],
) -> None:
    """Copy everything from the configured database to another one, as from a file to PostgreSQL. Stop `serve` first."""
    from adapters.service.db_upgrade import copy_to as run

    _say(run(configured(), to))


def _say(work: Coroutine[Any, Any, str]) -> None:
    """Print what was done to a database; where it could not be done, say why."""
    from adapters.service.db_upgrade import UpgradeError

    try:
        print(run_on_network(work))
    except UpgradeError as error:
        print(error, file=sys.stderr)
        sys.exit(CHECK_FAILED)


@db.command("new-key")
def new_key() -> None:
    """Print a fresh key for ADVISOR_ENCRYPTION_KEYS."""
    from adapters.storage.encryption import new_key as make

    print(make())


if TYPE_CHECKING:
    from adapters.storage.database import Database
    from adapters.storage.retention import WorkspaceRecords


def forget_workspace(workspace: WorkspaceArgument) -> None:
    """Remove everything that came from one workspace: questions, feedback, settings, tokens."""
    removed = with_database(lambda database: _records(database, workspace).remove())
    if not any(removed.values()):
        print(f"Nothing is stored about {workspace}.", file=sys.stderr)
        sys.exit(CHECK_FAILED)
    counts = ", ".join(f"{count} {TITLES[table]}" for table, count in removed.items() if count)
    print(f"Removed: {counts}. What conversations there were about expires within a day.")
    print("If the app is still in the workspace, remove it there, too.")


def export_workspace(workspace: WorkspaceArgument) -> None:
    """Print as JSON everything that came from one workspace, without tokens and pseudonyms."""
    print(dump(with_database(lambda database: _records(database, workspace).read())))


def _records(database: Database, workspace: str) -> WorkspaceRecords:
    from adapters.conversations.identity import workspace_name
    from adapters.service.platforms import PLATFORMS
    from adapters.storage.retention import WorkspaceRecords

    return WorkspaceRecords(database, workspace, [workspace_name(platform.name, workspace) for platform in PLATFORMS])


@model_app.command()
def install(from_folder: FolderOption = None) -> None:
    """Build the encoder into the cache folder, once. Needs no network."""
    from adapters import encoder
    from bot.matching.semantic import EncoderError

    try:
        folder = encoder.install(_cache(), from_folder, lambda step: print(f"{step} ...", flush=True))
    except EncoderError as error:
        raise UsageError(str(error)) from None
    print(f"The sentence encoder is ready in {folder}.")


@model_app.command()
def status(as_json: JsonOption = False) -> None:
    """Say whether the encoder is there and works; exit code 1 if not."""
    from adapters import encoder

    found = encoder.status(_cache())
    if as_json:
        print(dump(asdict(found)))
    elif found.ready:
        print(f"The sentence encoder {found.name} is ready: {found.size / 1e6:.0f} MB in {found.folder}.")
    else:
        print(f"{found.problem}\nUntil then, questions are understood by their words alone.")
    if not found.ready:
        raise typer.Exit(CHECK_FAILED)


def _cache() -> Path:
    cache = knowledge_settings().cache_folder
    if cache is None:
        raise UsageError("ADVISOR_CACHE_DIR is off, so the encoder has no place. Set it to a folder, or unset it.")
    return cache
