"""Inserts that know what to do about a row that is there already, for either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = postgresql.Insert | sqlite.Insert


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
