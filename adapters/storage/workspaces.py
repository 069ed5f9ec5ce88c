"""Everything that came from one workspace: to be handed out, and to be removed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, MetaData, Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.database import Database
from adapters.storage.slack_installations.encryption import TokenEncryption
from adapters.storage.statements import digest, workspace_settings_fact
from adapters.storage.tables import SECRET, bots_table, choices, facts, feedback, installations_table, missed

LONGEST = 600.0
"""Seconds that reading or removing a workspace may take."""
Rows = list[dict[str, Any]]


class WorkspaceRecords:
    """The records of one workspace in a database.

    What conversations were about, and which events are claimed, says nothing of where that was; it expires in a day.
    """

    def __init__(self, database: Database, workspace: str, names: Iterable[str]) -> None:
        """`workspace`: its id on its platform; `names`: what `workspace_name` makes of that for each platform."""
        self._database = database
        self._workspace = workspace
        self._names = tuple(names)

    async def read(self) -> dict[str, Rows]:
        """Return the records by table, as plain JSON types. Tokens and pseudonyms are left out.

        Raises:
            StoreUnavailableError: the database is away.
        """

        async def fetch(connection: AsyncConnection) -> dict[str, Rows]:
            return {table.name: await self._rows(connection, table, where) for table, where in self._parts()}

        return await self._database.run(fetch, patience=LONGEST)

    async def remove(self) -> dict[str, int]:
        """Remove the records, all or nothing; return how many of each table that were.

        Raises:
            StoreUnavailableError: the database is away.
        """

        async def removing(connection: AsyncConnection) -> dict[str, int]:
            gone = {}
            for table, where in self._parts():
                gone[table.name] = int((await connection.execute(delete(table).where(where))).rowcount)
            return gone

        return await self._database.run(removing, transaction=True, patience=LONGEST)

    def _parts(self) -> list[tuple[Table, ColumnElement[bool]]]:
        """Return each table with its condition for rows of the workspace; choices before their questions."""
        digests = [digest(name) for name in self._names]
        asked_here = select(missed.c.ref).where(missed.c.workspace.in_(digests))
        settings = [workspace_settings_fact(name) for name in self._names]
        parts: list[tuple[Table, ColumnElement[bool]]] = [
            (choices, choices.c.ref.in_(asked_here)),
            (missed, missed.c.workspace.in_(digests)),
            (feedback, feedback.c.workspace.in_(digests)),
            (facts, facts.c.name.in_(settings)),
        ]
        own = MetaData()
        slack = (bots_table(own, TokenEncryption()), installations_table(own, TokenEncryption()))
        team = self._workspace
        return [*parts, *((table, or_(table.c.team_id == team, table.c.enterprise_id == team)) for table in slack)]

    @staticmethod
    async def _rows(connection: AsyncConnection, table: Table, where: ColumnElement[bool]) -> Rows:
        shown = [column for column in table.c if column.name not in (*SECRET, "mark", "workspace")]
        found = (await connection.execute(select(*shown).where(where))).mappings()
        return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
