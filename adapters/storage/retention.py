"""Removes what has been kept long enough, a little at a time, so that nobody waits for it; or all of one workspace."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, MetaData, Table, delete, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.conversations.ports import StoreUnavailableError
from adapters.storage.database import Database, RejectedError
from adapters.storage.encryption import TokenEncryption
from adapters.storage.store import CONTEXT_LIFE, TEAM_LIFE
from adapters.storage.tables import (
    SECRET,
    bots_table,
    choices,
    contexts,
    digest,
    events,
    facts,
    feedback,
    installations_table,
    missed,
    states_table,
    tallies,
    team_answers,
    team_choices,
    workspace_settings_fact,
)

DAY = 86_400.0
BATCH = 1_000
"""Records that are removed at once; both databases do so within some tens of milliseconds."""
PAUSE = 0.02
"""Seconds between two batches, in which others get at the one connection that SQLite has."""
PATIENCE = 4.0
"""Seconds that a batch may take; less than those after which PostgreSQL gives up by itself."""
LONGEST = 1_800.0
"""Seconds that one sweep may take; what is left then is for the next one."""
LOCK = 7_310_452
"""The advisory lock of PostgreSQL that a batch holds, so that only one process removes at a time."""
_states = states_table(MetaData())

Expired = tuple[Table, ColumnElement[bool]]
WORKSPACE_PATIENCE = 600.0
"""Seconds that reading or removing a workspace may take."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days each kind of record is kept. Contexts say themselves when they end."""

    events: float = 1
    missed: float = 90
    feedback: float = 400
    tallies: float = 800

    def expired(self, now: float) -> Iterator[Expired]:
        """Yield each table with the condition for what is past its time."""
        clock_was_wrong = contexts.c.expires_at > now + 2 * CONTEXT_LIFE
        first_day = (_moment(now) - timedelta(days=self.tallies)).date().isoformat()
        yield events, events.c.claimed_at < now - self.events * DAY
        yield contexts, or_(contexts.c.expires_at <= now, clock_was_wrong)
        yield missed, missed.c.asked_at < now - self.missed * DAY
        yield choices, choices.c.chosen_at < now - self.missed * DAY
        yield feedback, feedback.c.said_at < now - self.feedback * DAY
        yield tallies, tallies.c.day < first_day
        yield team_choices, team_choices.c.begun_at < now - TEAM_LIFE
        yield team_answers, team_answers.c.answered_at < now - TEAM_LIFE  # its choice is older, and so over
        yield _states, _states.c.expire_at < _moment(now)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What came of removing."""

    removed: int
    finished: bool = True
    """Whether nothing is left that is past its time."""
    trouble: str = ""
    """Why it was not finished, in words; empty where another process is at it, or the database is away."""


@dataclass
class RetentionStatus:
    """How removing goes in this process, for health and metrics."""

    started_at: float
    finished_at: float = 0.0
    """When a sweep of this process last left nothing overdue; 0 for never."""
    removed: int = 0
    trouble: str = field(default="")

    def note(self, swept: Sweep, now: float) -> None:
        """Take in what came of a sweep."""
        self.removed += swept.removed
        self.trouble = swept.trouble
        if swept.finished:
            self.finished_at = now

    def age(self, now: float) -> float:
        """Return the seconds since everything overdue was last gone, or since the start."""
        return max(0.0, now - (self.finished_at or self.started_at))


async def sweep(database: Database, retention: Retention, now: float, longest: float = LONGEST) -> Sweep:
    """Remove everything past its time, for at most `longest` seconds; never raises for a database that is away.

    On PostgreSQL one process at a time removes: where another one is at it, this one leaves it the work.
    """
    clock = asyncio.get_running_loop().time
    end, removed = clock() + longest, 0
    try:
        for table, condition in retention.expired(now):
            batch = partial(_remove, table=table, condition=condition)
            gone: int | None = BATCH
            while gone == BATCH:
                gone = await database.run(batch, transaction=True, patience=PATIENCE)
                if gone is None:
                    return Sweep(removed, finished=False)
                removed += gone
                if clock() > end:
                    return Sweep(removed, finished=False, trouble="there was more than one sweep can remove")
                await asyncio.sleep(PAUSE)
    except (StoreUnavailableError, RejectedError) as error:
        return Sweep(removed, finished=False, trouble=str(error) if database.is_well else "")  # else it is told already
    return Sweep(removed)


async def _remove(connection: AsyncConnection, table: Table, condition: ColumnElement[bool]) -> int | None:
    """Remove one batch; return how many records that were, or None where another process is removing."""
    if connection.dialect.name == "postgresql":
        free = await connection.execute(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if not free.scalar():
            return None
    keys = list(table.primary_key)
    batch = select(*keys).where(condition).limit(BATCH)
    chosen = keys[0].in_(batch) if len(keys) == 1 else tuple_(*keys).in_(batch)
    return int((await connection.execute(delete(table).where(chosen))).rowcount)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


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

        return await self._database.run(fetch, patience=WORKSPACE_PATIENCE)

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

        return await self._database.run(removing, transaction=True, patience=WORKSPACE_PATIENCE)

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
