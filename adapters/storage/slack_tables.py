"""The tables of Slack's own stores, with room for sealed tokens."""

from __future__ import annotations

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import MetaData, Table

from adapters.storage.vault import Sealed, Vault

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


def bots_table(metadata: MetaData, vault: Vault) -> Table:
    """Return the table of bot tokens."""
    return _sealed(SQLAlchemyInstallationStore.build_bots_table(metadata, BOTS), vault)


def installations_table(metadata: MetaData, vault: Vault) -> Table:
    """Return the table of installations."""
    return _sealed(SQLAlchemyInstallationStore.build_installations_table(metadata, INSTALLATIONS), vault)


def states_table(metadata: MetaData) -> Table:
    """Return the table of OAuth states."""
    return SQLAlchemyOAuthStateStore.build_oauth_states_table(metadata, STATES)


def _sealed(table: Table, vault: Vault) -> Table:
    for column in table.c:
        if column.name in SECRET:
            column.type = Sealed(vault)
    return table
