"""Single facts that all processes of an installation share."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.tables import facts
from adapters.storage.upserts import insert_for, upsert


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
