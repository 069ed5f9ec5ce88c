"""The tables of what conversations leave behind. Moments are seconds since 1970, days are ISO dates in UTC."""

from __future__ import annotations

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

from adapters.storage.encryption import EncryptedText, TokenEncryption

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
