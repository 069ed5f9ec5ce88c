"""Removes what has been kept long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import MetaData, delete, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.database import Database
from adapters.storage.store import CONTEXT_LIFE
from adapters.storage.tables import choices, contexts, events, feedback, missed, states_table, tallies

DAY = 86_400.0
_states = states_table(MetaData())


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days each kind of record is kept. Contexts say themselves when they end."""

    events: float = 1
    missed: float = 90
    feedback: float = 400
    tallies: float = 800


async def remove_expired(database: Database, retention: Retention, now: float) -> int:
    """Remove everything past its time; return how many records that were.

    Raises:
        StoreUnavailableError: the database is away.
    """

    async def remove(connection: AsyncConnection) -> int:
        overdue = or_(contexts.c.expires_at <= now, contexts.c.expires_at > now + 2 * CONTEXT_LIFE)  # a clock was wrong
        first_day = (_moment(now) - timedelta(days=retention.tallies)).date().isoformat()
        removed = 0
        for statement in (
            delete(events).where(events.c.claimed_at < now - retention.events * DAY),
            delete(contexts).where(overdue),
            delete(missed).where(missed.c.asked_at < now - retention.missed * DAY),
            delete(choices).where(choices.c.chosen_at < now - retention.missed * DAY),
            delete(feedback).where(feedback.c.said_at < now - retention.feedback * DAY),
            delete(tallies).where(tallies.c.day < first_day),
            delete(_states).where(_states.c.expire_at < _moment(now)),
        ):
            removed += int((await connection.execute(statement)).rowcount)
        return removed

    return await database.run(remove)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
