"""One workspace can be handed out and removed, and no other loses anything."""

from __future__ import annotations

import pytest
from slack_sdk.oauth.installation_store import Installation

from adapters.conversations.ports import Feedback, Missed, WorkspaceSettings
from adapters.storage.database import Database
from adapters.storage.encryption import TokenEncryption
from adapters.storage.installations import InstallationStore
from adapters.storage.retention import WorkspaceRecords
from adapters.storage.store import DatabaseStore
from tests.storage.clocks import Clock
from tests.storage.conftest import dump


def _records(database: Database, workspace: str) -> WorkspaceRecords:
    return WorkspaceRecords(database, workspace, [f"slack/{workspace}", f"discord/{workspace}"])


@pytest.fixture
async def filled(store: DatabaseStore, database: Database, clock: Clock) -> Database:
    """A database with the same records of two workspaces in Slack and of a server in Discord."""
    installations = InstallationStore("client", database, TokenEncryption(), clock)
    for name in ("slack/T1", "slack/T2", "discord/31"):
        platform, workspace = name.split("/")
        await store.missed(Missed(f"ref {workspace}", platform, f"asked in {workspace}", "unknown", ("orm",), name))
        await store.chosen(f"ref {workspace}", "orm")
        await store.feedback(Feedback("ref", platform, "orm", True, f"mark {workspace}", name))
        await store.keep_workspace_settings(name, WorkspaceSettings(help_channel=f"C{workspace}"))
        if platform == "slack":
            await installations.async_save(
                Installation(app_id="A1", team_id=workspace, user_id="U1", bot_token=f"xoxb-{workspace}", bot_id="B1")
            )
    assert await store.flush()
    return database


async def test_an_export_holds_what_came_from_the_workspace_without_tokens_and_pseudonyms(filled: Database) -> None:
    exported = await _records(filled, "T1").read()

    assert {table: len(rows) for table, rows in exported.items()} == {
        "choices": 1, "missed": 1, "feedback": 1, "facts": 1, "slack_bots": 1, "slack_installations": 1,
    }  # fmt: skip
    assert exported["missed"][0]["text"] == "asked in T1"
    assert "CT1" in exported["facts"][0]["value"]
    assert not any(secret in str(exported) for secret in ("xoxb", "mark T1", "in T2", "CT2"))


@pytest.mark.parametrize("workspace", ["T1", "31"])
async def test_a_forgotten_workspace_leaves_nothing_and_takes_nothing_along(filled: Database, workspace: str) -> None:
    before = await dump(filled)

    removed = await _records(filled, workspace).remove()

    after = await dump(filled)
    installed = int(workspace == "T1")
    assert removed == {
        "choices": 1, "missed": 1, "feedback": 1, "facts": 1,
        "slack_bots": installed, "slack_installations": installed,
    }  # fmt: skip
    assert f"ref {workspace}" in before
    assert not any(left in after for left in (f"ref {workspace}", f"asked in {workspace}", f"mark {workspace}"))
    assert f"xoxb-{workspace}" not in after
    assert set(after.splitlines()) <= set(before.splitlines())
    assert len(before.splitlines()) - len(after.splitlines()) == sum(removed.values())
    assert not any((await _records(filled, workspace).remove()).values())
