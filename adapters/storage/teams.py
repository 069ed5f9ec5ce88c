"""Team choices in the database: written at once, as the next member may answer in another process."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.conversations.ports import TeamChoice
from adapters.storage.database import Database
from adapters.storage.statements import upsert
from adapters.storage.tables import team_answers, team_choices

TEAM_LIFE = 24 * 3600.0
"""Seconds that a team choice is open."""


class TeamRecords:
    """What `Teams` asks for. Every method raises `StoreUnavailableError` where the database is away."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def begin_team(self, team: str, starter: str) -> None:
        """Begin a team choice."""
        row = {"team": team, "starter": starter, "revealed": "", "place": "", "begun_at": self._clock()}
        await self._database.run(lambda connection: upsert(connection, team_choices, [row]), transaction=True)

    async def team(self, team: str) -> TeamChoice | None:
        """Return a team choice; None where it is over, or there never was one."""
        since = self._clock() - TEAM_LIFE
        named = select(team_choices).where(team_choices.c.team == team, team_choices.c.begun_at > since)
        codes = select(team_answers.c.code).where(team_answers.c.team == team).order_by(team_answers.c.code)

        async def read(connection: AsyncConnection) -> TeamChoice | None:
            row = (await connection.execute(named)).first()
            answers = tuple((await connection.execute(codes)).scalars()) if row else ()
            return TeamChoice(row.starter, answers, row.revealed, row.place) if row else None

        return await self._database.run(read)

    async def team_answer(self, team: str, mark: str, code: str) -> None:
        """Keep a member's result in place of an earlier one."""
        row = {"team": team, "mark": mark, "code": code, "answered_at": self._clock()}
        await self._database.run(lambda connection: upsert(connection, team_answers, [row]), transaction=True)

    async def team_revealed(self, team: str, result: str) -> None:
        """Note what the verdict was."""
        await self._change(team, revealed=result)

    async def team_place(self, team: str, place: str) -> None:
        """Note where the card stands."""
        await self._change(team, place=place)

    async def _change(self, team: str, **values: str) -> None:
        changed = update(team_choices).where(team_choices.c.team == team).values(**values)
        await self._database.run(lambda connection: connection.execute(changed), transaction=True)


async def forget_part(connection: AsyncConnection, mark: str) -> int:
    """Remove what a person answered in team choices; return how many answers that were.

    A choice that the person began goes on: anybody may reveal it then.
    """
    gone = await connection.execute(delete(team_answers).where(team_answers.c.mark == mark))
    await connection.execute(update(team_choices).where(team_choices.c.starter == mark).values(starter=""))
    return int(gone.rowcount)
