"""Slack installations: tokens sealed at rest, and none left after they were revoked."""

from __future__ import annotations

import base64
import hmac
import logging
import secrets
import struct
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from logging import Logger, getLogger
from typing import Any, TypeVar

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import Column, ColumnElement, MetaData, Table, Text, and_, delete, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.conversations.ports import StoreUnavailableError
from adapters.storage.database import Database
from adapters.storage.encryption import TokenEncryption
from adapters.storage.tables import SECRET, bots_table, installations_table

T = TypeVar("T")
FRESH = 30.0
"""Seconds for which a process trusts what it has read, so all see an installation or removal within a minute."""
KEPT = 5_000
"""Workspaces whose tokens are kept at hand."""

log = logging.getLogger(__name__)


class InstallationStore(AsyncSQLAlchemyInstallationStore):
    """Slack's store over our database. While the database is away, tokens at hand are still used."""

    def __init__(self, client_id: str, database: Database, vault: TokenEncryption, clock: Callable[[], float]) -> None:
        super().__init__(client_id=client_id, engine=database.engine, logger=log)
        self.metadata = MetaData()
        self.bots = bots_table(self.metadata, vault)
        self.installations = installations_table(self.metadata, vault)
        self._database = database
        self._clock = clock
        self._at_hand: dict[tuple[str | None, str | None], tuple[Bot, float]] = {}

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation in place of earlier ones by the same person."""
        self._at_hand.clear()
        await self._soon(lambda: AsyncSQLAlchemyInstallationStore.async_save(self, installation))
        team = self._team(self.installations, installation.enterprise_id, installation.team_id)
        await self._remove_earlier(self.installations, and_(team, self.installations.c.user_id == installation.user_id))

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot's token in place of earlier ones."""
        self._at_hand.clear()
        await self._soon(lambda: AsyncSQLAlchemyInstallationStore.async_save_bot(self, bot))
        await self._remove_earlier(self.bots, self._team(self.bots, bot.enterprise_id, bot.team_id))

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Return the token of a workspace, at most half a minute old unless the database is away.

        Raises:
            StoreUnavailableError: it is away, and the token is not at hand.
        """
        key = (enterprise_id, None if is_enterprise_install else team_id)
        bot, since = self._at_hand.get(key, (None, 0.0))
        if bot and 0 <= self._clock() - since < FRESH:
            return bot
        try:
            found = await self._soon(
                lambda: AsyncSQLAlchemyInstallationStore.async_find_bot(
                    self, enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
                )
            )
        except StoreUnavailableError:
            if bot:
                return bot
            raise
        return self._keep(key, found if found and found.bot_token else None)

    async def async_find_installation(self, **where: Any) -> Installation | None:
        """Return an installation, straight from the database.

        Raises:
            StoreUnavailableError: it is away.
        """
        return await self._soon(lambda: AsyncSQLAlchemyInstallationStore.async_find_installation(self, **where))

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Remove a bot's token wherever it stands."""
        self._at_hand.clear()
        removed = delete(self.bots).where(self._team(self.bots, enterprise_id, team_id))
        emptied = update(self.installations).where(self._team(self.installations, enterprise_id, team_id))
        gone = dict.fromkeys(column for column in SECRET if not column.startswith("user_"))
        await self._database.run(lambda connection: connection.execute(removed))
        await self._database.run(lambda connection: connection.execute(emptied.values(**gone)))

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Remove the installations of a workspace, or those by one person."""
        self._at_hand.clear()
        await self._soon(
            lambda: AsyncSQLAlchemyInstallationStore.async_delete_installation(
                self, enterprise_id=enterprise_id, team_id=team_id, user_id=user_id
            )
        )

    def _keep(self, key: tuple[str | None, str | None], bot: Bot | None) -> Bot | None:
        self._at_hand.pop(key, None)
        if bot:
            self._at_hand[key] = (bot, self._clock())
            if len(self._at_hand) > KEPT:
                del self._at_hand[next(iter(self._at_hand))]
        return bot

    def _team(self, table: Table, enterprise_id: str | None, team_id: str | None) -> ColumnElement[bool]:
        return and_(
            table.c.client_id == self.client_id, table.c.enterprise_id == enterprise_id, table.c.team_id == team_id
        )

    async def _remove_earlier(self, table: Table, where: ColumnElement[bool]) -> None:
        latest = table.select().with_only_columns(table.c.id).where(where)
        newest = latest.order_by(table.c.installed_at.desc(), table.c.id.desc()).limit(1).scalar_subquery()
        await self._database.run(
            lambda connection: connection.execute(delete(table).where(where, table.c.id != newest))
        )

    async def _soon(self, call: Callable[[], Awaitable[T]]) -> T:
        return await self._database.call(call)


LIFE = 600
"""Seconds for which a state is good."""
USED = 10_000
"""States of its own last minutes that a process knows as used."""
_EXPIRY, _SIGNATURE = 8, 32


class StateStore(AsyncOAuthStateStore):
    """Slack's state store without a store: any process that has the same secret can check a state.

    A state is good once in each process. That it is used once in all of them needs no care of ours: Slack takes the
    code that comes with it only once, and the browser has to bring the cookie that was set with the state.
    """

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        """`secret`: what all processes know and nobody else, such as the client secret."""
        self._key = blake2b(secret.encode(), digest_size=32, person=b"advisor-state").digest()
        self._clock = clock
        self._used: OrderedDict[str, None] = OrderedDict()

    @property
    def logger(self) -> Logger:
        """Where Slack's part of the work logs."""
        return getLogger(__name__)

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:
        """Return a new state."""
        said = struct.pack(">Q", int(self._clock()) + LIFE) + secrets.token_bytes(16)
        return base64.urlsafe_b64encode(said + self._sign(said)).decode()

    async def async_consume(self, state: str) -> bool:
        """Return whether the state is one of ours, fresh, and used here for the first time."""
        if state in self._used or not self._is_good(state):
            return False
        self._used[state] = None
        if len(self._used) > USED:
            self._used.popitem(last=False)
        return True

    def _is_good(self, state: str) -> bool:
        try:
            whole = base64.b64decode(state, altchars=b"-_", validate=True)
        except ValueError:
            return False
        said, signature = whole[:-_SIGNATURE], whole[-_SIGNATURE:]
        if len(said) < _EXPIRY or not hmac.compare_digest(signature, self._sign(said)):
            return False
        (expiry,) = struct.unpack(">Q", said[:_EXPIRY])
        return bool(self._clock() < expiry <= self._clock() + LIFE + 60)

    def _sign(self, said: bytes) -> bytes:
        return hmac.digest(self._key, said, "sha256")


async def reseal(engine: AsyncEngine, vault: TokenEncryption) -> tuple[int, int]:
    """Seal all tokens anew; return how many were sealed, and how many no key opens (they stay as they are)."""
    metadata = MetaData()
    done = lost = 0
    async with engine.connect() as connection:
        for table in (bots_table(metadata, vault), installations_table(metadata, vault)):
            for column in (column for column in table.c if column.name in SECRET):
                sealed, unreadable = await _column(connection, table, column, vault)
                done, lost = done + sealed, lost + unreadable
    return done, lost


async def _column(
    connection: AsyncConnection, table: Table, column: Column[str], vault: TokenEncryption
) -> tuple[int, int]:
    stored = type_coerce(column, Text)
    rows = (await connection.execute(select(table.c.id, stored).where(column.is_not(None)))).all()
    lost = 0
    for identity, text in rows:
        opened = vault.unseal(text)
        if opened is None:
            lost += 1
            continue
        unchanged = (table.c.id == identity, stored == text)  # somebody may install again just now
        await connection.execute(update(table).where(*unchanged).values({column: opened}))
    return len(rows) - lost, lost
