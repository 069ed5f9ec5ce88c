"""OAuth states: each is good once, for a while, whichever process the browser comes back to."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from logging import Logger, getLogger
from typing import Any

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import MetaData, delete, insert

from adapters.storage.database import Database
from adapters.storage.tables import states_table

LIFE = timedelta(minutes=10)


class StateStore(AsyncOAuthStateStore):
    """Slack's state store over our database."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._states = states_table(MetaData())

    @property
    def logger(self) -> Logger:
        """Where Slack's part of the work logs."""
        return getLogger(__name__)

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:
        """Return a new state.

        Raises:
            StoreUnavailableError: the database is away.
        """
        state = secrets.token_urlsafe(32)
        row = {"state": state, "expire_at": self._now() + LIFE}
        await self._database.run(lambda connection: connection.execute(insert(self._states), row))
        return state

    async def async_consume(self, state: str) -> bool:
        """Return whether the state is one of ours, fresh, and used for the first time.

        Raises:
            StoreUnavailableError: the database is away.
        """
        c = self._states.c
        used = delete(self._states).where(c.state == state, c.expire_at > self._now()).returning(c.id)
        return (await self._database.run(lambda connection: _first(connection, used))) is not None

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC).replace(tzinfo=None)  # as Slack's table has it


async def _first(connection: Any, statement: Any) -> Any:
    return (await connection.execute(statement)).first()
