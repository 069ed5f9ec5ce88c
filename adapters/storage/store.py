"""The store of conversations and of team choices, in a database."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.conversations.flow_control import Acknowledgement
from adapters.conversations.ports import (
    Feedback,
    Missed,
    StoreUnavailableError,
    TeamChoice,
    UsageCount,
    WorkspaceSettings,
)
from adapters.storage.claims import Batcher, Claims
from adapters.storage.database import Database, RejectedError
from adapters.storage.outbox import Outbox, Remembered, write
from adapters.storage.tables import (
    contexts,
    digest,
    facts,
    feedback,
    team_answers,
    team_choices,
    upsert,
    workspace_settings_fact,
    write_fact,
)
from bot.context import Context

CONTEXT_LIFE = 24 * 3600.0
"""Seconds that a conversation is remembered after the last message."""
SOON, LATER = 0.2, 1.0
"""Seconds until what people said, and what is only counted, is written."""

log = logging.getLogger(__name__)
TEAM_LIFE = 24 * 3600.0
"""Seconds that a team choice is open."""


class TeamRecords:
    """What `Teams` asks for, written at once, as the next member may answer in another process.

    Every method raises `StoreUnavailableError` where the database is away.
    """

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


class DatabaseStore(TeamRecords):
    """A `Store` for all processes of an installation.

    Claims and contexts are asked of the database at once. Everything else is written within a second by `flush_forever`
    and, while the database is away, kept until it is back.
    """

    def __init__(
        self, database: Database, clock: Callable[[], float], counted: Callable[[UsageCount], None] | None = None
    ) -> None:
        super().__init__(database, clock)
        self._counted = counted
        self._outbox = Outbox()
        self._leaving = Outbox()
        self._claims = Claims(database, clock)
        self._loads = Batcher(self._select_contexts, absent=None)
        self._settings = Batcher(self._select_settings, absent="{}")
        self._writing = asyncio.Lock()
        self._filled = asyncio.Event()
        self.rejected = 0
        """Records that the database refused, and that were dropped."""

    @property
    def waiting(self) -> int:
        """How many records wait to be written."""
        return len(self._outbox)

    async def claim(self, event: str, acknowledgement: Acknowledgement | None = None) -> bool:
        """Return whether the event is the caller's to answer, among all processes.

        Where somebody else is at work on it, the acknowledgement is held back.

        Raises:
            StoreUnavailableError: that cannot be known; at least nobody in this process has.
        """
        return await self._claims.claim(digest(event), acknowledgement)

    async def answered(self, event: str) -> None:
        """Note that the event has its answer: at once, or else as soon as the database is back."""
        key = digest(event)
        try:
            await self._claims.answered(key)
        except StoreUnavailableError:
            self._outbox.answered[key] = self._clock()
            self._filled.set()

    async def load(self, conversation: str) -> Context | None:
        """Return what the conversation remembers, or None.

        Raises:
            StoreUnavailableError: that cannot be known.
        """
        key = digest(conversation)
        waiting = self._outbox.contexts.get(key) or self._leaving.contexts.get(key)
        return waiting.context if waiting else await self._loads.get(key)

    async def save(self, conversation: str, context: Context, mark: str) -> None:
        """Remember this for a day."""
        key = digest(conversation)
        self._outbox.contexts.pop(key, None)
        self._outbox.contexts[key] = Remembered(context, mark, self._clock() + CONTEXT_LIFE)
        self._filled.set()

    async def missed(self, question: Missed) -> None:
        """Note a missed question."""
        self._outbox.missed[question.ref] = (question, self._clock())
        self._filled.set()

    async def chosen(self, ref: str, topic: str) -> None:
        """Note which suggestion was meant."""
        self._outbox.choices[ref] = (topic, self._clock())
        self._filled.set()

    async def turned_down(self, ref: str) -> None:
        """Note that none of the suggestions was meant."""
        self._outbox.choices[ref] = (None, self._clock())
        self._filled.set()

    async def feedback(self, feedback: Feedback) -> None:
        """Keep somebody's word on a reply."""
        self._outbox.feedback[feedback.ref, feedback.about, feedback.mark] = (feedback, self._clock())
        self._filled.set()

    async def count(self, tally: UsageCount) -> None:
        """Count something that happened."""
        day = datetime.fromtimestamp(self._clock(), UTC).date().isoformat()
        self._outbox.tallies[day, tally] += 1
        self._filled.set()
        if self._counted:
            self._counted(tally)

    async def forget(self, mark: str) -> int:
        """Remove contexts, feedback and team answers of a person; return how many records that were.

        Raises:
            StoreUnavailableError: the database is away, so not everything could be removed.
        """

        async def remove(connection: AsyncConnection) -> int:
            of_contexts = await connection.execute(delete(contexts).where(contexts.c.mark == mark))
            of_feedback = await connection.execute(delete(feedback).where(feedback.c.mark == mark))
            in_teams = await forget_part(connection, mark)
            return int(of_contexts.rowcount) + int(of_feedback.rowcount) + in_teams

        async with self._writing:  # a write under way must not bring anything back
            waiting = self._outbox.forget(mark)
            return waiting + await self._database.run(remove, transaction=True)

    async def workspace_settings(self, workspace: str) -> WorkspaceSettings:
        """Return the settings of a workspace.

        Raises:
            StoreUnavailableError: the database is away.
        """
        read = json.loads(await self._settings.get(workspace_settings_fact(workspace)))
        return WorkspaceSettings(
            tuple(read.get("channels", ())), read.get("help_channel", ""), bool(read.get("threads", False))
        )

    async def keep_workspace_settings(self, workspace: str, settings: WorkspaceSettings) -> None:
        """Keep these settings for all processes.

        Raises:
            StoreUnavailableError: the database is away.
        """
        kept = json.dumps(asdict(settings))
        name = workspace_settings_fact(workspace)
        await self._database.run(lambda connection: write_fact(connection, name, kept), transaction=True)

    async def forget_workspace(self, workspace: str) -> None:
        """Remove the settings of a workspace.

        Raises:
            StoreUnavailableError: the database is away.
        """
        removed = delete(facts).where(facts.c.name == workspace_settings_fact(workspace))
        await self._database.run(lambda connection: connection.execute(removed), transaction=True)

    async def flush(self) -> bool:
        """Write what waits; return whether nothing waits any more."""
        async with self._writing:
            if not self._outbox:
                return True
            batch = self._leaving = self._outbox
            self._outbox = Outbox()
            try:
                left = await self._write(batch)
            finally:
                self._leaving = Outbox()
            self._outbox.put_back(left)
            return not left

    async def _write(self, batch: Outbox) -> Outbox:
        """Write a batch in one transaction; return what has to wait as the database is away.

        Where the database is well and does not take it, it is written in halves, down to the one record that it
        refuses: only that is dropped.
        """
        try:
            await self._database.run(lambda connection: write(connection, batch), transaction=True)
        except StoreUnavailableError:
            return batch
        except RejectedError as error:
            if len(batch) == 1:
                self.rejected += 1
                log.warning("The database refuses a record (%s); it is dropped.", error, extra={"kind": batch.kind})
                return Outbox()
            first, second = batch.halves()
            left = await self._write(first)
            left.put_back(await self._write(second))
            return left
        return Outbox()

    async def flush_forever(self) -> None:
        """Write what waits, again and again, until cancelled."""
        while True:
            await self._filled.wait()
            self._filled.clear()
            await asyncio.sleep(SOON if self._outbox.is_urgent else LATER)
            if not await self.flush():
                await asyncio.sleep(LATER)
                self._filled.set()

    async def _select_contexts(self, keys: list[str]) -> Mapping[str, Context | None]:
        now = self._clock()
        alive = select(contexts.c.conversation, contexts.c.context).where(
            contexts.c.conversation.in_(keys), contexts.c.expires_at > now
        )
        rows = await self._database.run(lambda connection: connection.execute(alive))
        return {row.conversation: Context.from_dict(row.context) for row in rows}

    async def _select_settings(self, names: list[str]) -> Mapping[str, str]:
        chosen = select(facts.c.name, facts.c.value).where(facts.c.name.in_(names))
        rows = await self._database.run(lambda connection: connection.execute(chosen))
        return {row.name: row.value for row in rows}


async def forget_part(connection: AsyncConnection, mark: str) -> int:
    """Remove what a person answered in team choices; return how many answers that were.

    A choice that the person began goes on: anybody may reveal it then.
    """
    gone = await connection.execute(delete(team_answers).where(team_answers.c.mark == mark))
    await connection.execute(update(team_choices).where(team_choices.c.starter == mark).values(starter=""))
    return int(gone.rowcount)
