"""Seals every stored token with the key that comes first now."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, Table, Text, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.storage.slack_installations.encryption import TokenEncryption
from adapters.storage.tables import SECRET, bots_table, installations_table


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
