"""SQL that more than one table needs."""

from __future__ import annotations

import base64
from hashlib import blake2b
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.tables import facts

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
