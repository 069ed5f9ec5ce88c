"""Reads what the writer of a knowledge base works from: missed questions, feedback, counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.database import Database
from adapters.storage.tables import choices, feedback, missed, tallies


@dataclass(frozen=True, slots=True)
class MissedRow:
    """A question without an answer at once, and what became of it."""

    asked_at: datetime
    platform: str
    text: str
    outcome: str
    """ "suggestions" or "unknown"."""
    nearest: tuple[str, ...]
    chosen: str | None
    """The suggested topic that turned out to be meant; None where nobody picked one."""
    none_of_these: bool
    """Whether somebody said that none of the suggestions was meant."""


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """Somebody's word on a reply, without who."""

    said_at: datetime
    platform: str
    about: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class UsageRow:
    """How often something happened on one day (UTC)."""

    day: str
    platform: str
    what: str
    about: str
    count: int


class Reports:
    """The worklist in a database. All methods raise `StoreUnavailableError` where it is away."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def missed(self, days: float = 90, platform: str | None = None) -> list[MissedRow]:
        """Return the questions missed in the last days, newest first."""
        chosen = choices.c.ref.is_not(None).label("was_chosen")
        query = (
            select(missed, choices.c.topic, chosen)
            .join_from(missed, choices, missed.c.ref == choices.c.ref, isouter=True)
            .where(missed.c.asked_at >= self._since(days))
            .order_by(missed.c.asked_at.desc(), missed.c.ref)
        )
        return [_missed(row) for row in await self._rows(_on(query, missed.c.platform, platform))]

    async def feedback(self, days: float = 400, platform: str | None = None) -> list[FeedbackRow]:
        """Return the feedback of the last days, newest first."""
        query = (
            select(feedback)
            .where(feedback.c.said_at >= self._since(days))
            .order_by(feedback.c.said_at.desc(), feedback.c.ref)
        )
        rows = await self._rows(_on(query, feedback.c.platform, platform))
        return [FeedbackRow(_moment(row.said_at), row.platform, row.about, row.helpful) for row in rows]

    async def tallies(self, days: int = 30, platform: str | None = None) -> list[UsageRow]:
        """Return the counts of the last days, today included, by day."""
        first = (datetime.fromtimestamp(self._clock(), UTC) - timedelta(days=days - 1)).date().isoformat()
        query = select(tallies).where(tallies.c.day >= first).order_by(*tallies.primary_key)
        rows = await self._rows(_on(query, tallies.c.platform, platform))
        return [UsageRow(*tuple(row)) for row in rows]

    def _since(self, days: float) -> float:
        return self._clock() - days * 86_400

    async def _rows(self, query: Select[Any]) -> list[Row[Any]]:
        async def fetch(connection: AsyncConnection) -> list[Row[Any]]:
            return list((await connection.execute(query)).all())

        return await self._database.run(fetch)


def _on(query: Select[Any], column: Any, platform: str | None) -> Select[Any]:
    return query.where(column == platform) if platform else query


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _missed(row: Row[Any]) -> MissedRow:
    return MissedRow(
        asked_at=_moment(row.asked_at),
        platform=row.platform,
        text=row.text,
        outcome=row.outcome,
        nearest=tuple(row.nearest),
        chosen=row.topic,
        none_of_these=bool(row.was_chosen) and row.topic is None,
    )
