"""The transfer of all that one database holds into another, of the same kind or not."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import CursorResult, Integer, MetaData, Select, Table, Text, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.database import Database
from adapters.storage.encryption import TokenEncryption
from adapters.storage.tables import SECRET, bots_table, installations_table, metadata

BATCH = 1_000
"""Rows that are read and written at once."""
LONGEST = 3_600.0
"""Seconds that it may take."""


class NotEmptyError(Exception):
    """The database to copy to already holds records; nothing was copied."""


async def copy(source: Database, target: Database) -> dict[str, int]:
    """Copy all records, tokens as they are sealed; return how many of each table.

    All or nothing: what fails half-way leaves the target empty.

    Raises:
        NotEmptyError: the target holds records.
        StoreUnavailableError: one of them is away.
        RejectedError: the target does not take a record.
    """

    async def write(connection: AsyncConnection) -> dict[str, int]:
        for table in _tables():
            if table.name != "facts" and (await connection.execute(select(func.count()).select_from(table))).scalar():
                raise NotEmptyError(f"the table {table.name} already holds records")
        return {table.name: await _copy(source, connection, table) for table in _tables()}

    return await target.run(write, transaction=True, patience=LONGEST)


async def _copy(source: Database, target: AsyncConnection, table: Table) -> int:
    """Copy one table; return how many rows that were."""
    keys, copied = list(table.primary_key), 0
    if table.name == "facts":  # the target made some of its own when its tables were made
        await target.execute(table.delete())
    while True:
        page = select(table).order_by(*keys).offset(copied).limit(BATCH)
        rows = [dict(row) for row in (await source.run(partial(_execute, page=page), patience=60)).mappings()]
        if rows:
            await target.execute(table.insert(), rows)
        copied += len(rows)
        if len(rows) < BATCH:
            break
    if copied and target.dialect.name == "postgresql" and isinstance(keys[0].type, Integer):
        await target.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))")  # noqa: S608  # our own names
        )
    return copied


async def _execute(connection: AsyncConnection, page: Select[Any]) -> CursorResult[Any]:
    result: CursorResult[Any] = await connection.execute(page)
    return result


def _tables() -> list[Table]:
    """Return all tables, those with tokens without opening them."""
    together = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(together)
    for table in (bots_table(together, TokenEncryption()), installations_table(together, TokenEncryption())):
        for column in table.c:
            if column.name in SECRET:
                column.type = Text()  # sealed as it is: no key is needed
    return list(together.tables.values())
