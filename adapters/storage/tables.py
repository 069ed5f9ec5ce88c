"""The tables of what conversations leave behind, and the SQL that more than one of them needs.

Moments are seconds since 1970, days are ISO dates in UTC.
"""

from __future__ import annotations

import base64
from hashlib import blake2b
from typing import Any

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.encryption import EncryptedText, TokenEncryption

Insert = postgresql.Insert | sqlite.Insert
metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("event", String(32), primary_key=True),
    Column("claimed_at", Float, nullable=False),
    Column("answered_at", Float),
    Index("events_claimed_at", "claimed_at"),
)
"""Events that some process answers; the event is a digest of what the platform calls it."""

contexts = Table(
    "contexts",
    metadata,
    Column("conversation", String(32), primary_key=True),
    Column("mark", String(16), nullable=False),
    Column("context", JSON, nullable=False),
    Column("expires_at", Float, nullable=False),
    Index("contexts_mark", "mark"),
    Index("contexts_expires_at", "expires_at"),
)
"""What a conversation was about; the conversation is a digest, too."""

missed = Table(
    "missed",
    metadata,
    Column("ref", String(32), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("nearest", JSON, nullable=False),
    Column("asked_at", Float, nullable=False),
    Column("workspace", String(32)),
    Index("missed_asked_at", "asked_at"),
)
"""Questions without an answer at once, redacted. Nothing here says who asked, but a digest says in which workspace."""

choices = Table(
    "choices",
    metadata,
    Column("ref", String(32), primary_key=True),
    Column("topic", String(100)),
    Column("chosen_at", Float, nullable=False),
    Index("choices_chosen_at", "chosen_at"),
)
"""What was picked among suggestions; no topic means "none of these". Apart from `missed`, as it may arrive first."""

feedback = Table(
    "feedback",
    metadata,
    Column("ref", String(32), primary_key=True),
    Column("about", String(100), primary_key=True),
    Column("mark", String(16), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("said_at", Float, nullable=False),
    Column("workspace", String(32)),
    Index("feedback_mark", "mark"),
    Index("feedback_said_at", "said_at"),
)
"""Who found what helpful; who is a mark."""

tallies = Table(
    "tallies",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("platform", String(16), primary_key=True),
    Column("what", String(32), primary_key=True),
    Column("about", String(100), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How often what happened, by day."""

facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What all processes of this installation agree on: the key of the pseudonyms, the commands last given to Discord."""

team_choices = Table(
    "team_choices",
    metadata,
    Column("team", String(16), primary_key=True),
    Column("starter", String(16), nullable=False),
    Column("revealed", String(64), nullable=False),
    Column("place", String(200), nullable=False),
    Column("begun_at", Float, nullable=False),
    Index("team_choices_starter", "starter"),
    Index("team_choices_begun_at", "begun_at"),
)
"""Team choices: who began each, what its last verdict was, and where its card stands."""

team_answers = Table(
    "team_answers",
    metadata,
    Column("team", String(16), primary_key=True),
    Column("mark", String(16), primary_key=True),
    Column("code", String(80), nullable=False),
    Column("answered_at", Float, nullable=False),
    Index("team_answers_mark", "mark"),
    Index("team_answers_answered_at", "answered_at"),
)
"""What the members of team choices answered, as result codes; who is a mark."""


BOTS = "slack_bots"
INSTALLATIONS = "slack_installations"
STATES = "slack_oauth_states"
SECRET = (
    "bot_token",
    "bot_refresh_token",
    "user_token",
    "user_refresh_token",
    "incoming_webhook_url",
    "incoming_webhook_configuration_url",
)
"""Columns that open something for whoever reads them."""


def bots_table(metadata: MetaData, vault: TokenEncryption) -> Table:
    """Return the table of bot tokens."""
    return _sealed(SQLAlchemyInstallationStore.build_bots_table(metadata, BOTS), vault)


def installations_table(metadata: MetaData, vault: TokenEncryption) -> Table:
    """Return the table of installations."""
    return _sealed(SQLAlchemyInstallationStore.build_installations_table(metadata, INSTALLATIONS), vault)


def states_table(metadata: MetaData) -> Table:
    """Return the table of OAuth states."""
    return SQLAlchemyOAuthStateStore.build_oauth_states_table(metadata, STATES)


def _sealed(table: Table, vault: TokenEncryption) -> Table:
    for column in table.c:
        if column.name in SECRET:
            column.type = EncryptedText(vault)
    return table


def insert_for(connection: AsyncConnection, table: Table) -> Insert:
    """Return an insert into `table` in the dialect of the connection."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


async def upsert(connection: AsyncConnection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows; a row with the same key is replaced."""
    if not rows:
        return
    insert = insert_for(connection, table)
    keys = [column.name for column in table.primary_key]
    replaced = {column.name: insert.excluded[column.name] for column in table.c if column.name not in keys}
    await connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=replaced), rows)


async def read_fact(connection: AsyncConnection, name: str) -> str | None:
    """Return a fact, or None where nobody has stated it."""
    return (await connection.execute(select(facts.c.value).where(facts.c.name == name))).scalar()


async def write_fact(connection: AsyncConnection, name: str, value: str) -> None:
    """State a fact."""
    await upsert(connection, facts, [{"name": name, "value": value}])


async def settle_fact(connection: AsyncConnection, name: str, proposal: str) -> str:
    """State a fact unless somebody has already, and return what holds: the same in every process."""
    insert = insert_for(connection, facts).values(name=name, value=proposal)
    await connection.execute(insert.on_conflict_do_nothing())
    return await read_fact(connection, name) or proposal


def workspace_digest(name: str) -> str | None:
    """Return what stands for a workspace beside records that came from it; None for none."""
    return digest(name) if name else None


def workspace_settings_fact(name: str) -> str:
    """Return the name of the fact that holds the settings of a workspace."""
    return f"workspace/{digest(name)}"


def digest(name: str) -> str:
    """Return 24 characters that stand for `name`, the same in every process."""
    return base64.urlsafe_b64encode(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=18).digest()).decode()
