"""forget-workspace, export-workspace: everything that came from one workspace."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.reports import with_database
from adapters.cli.shared import dump
from adapters.cli.streams import CHECK_FAILED

if TYPE_CHECKING:
    from adapters.storage.database import Database
    from adapters.storage.retention import WorkspaceRecords

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
