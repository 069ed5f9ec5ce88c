"""Writes an outbox, in one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.storage.outbox import Outbox
from adapters.storage.tables import choices, contexts, events, feedback, missed, tallies
from adapters.storage.upserts import insert_for, upsert

Rows = list[dict[str, Any]]


async def write(connection: AsyncConnection, outbox: Outbox) -> None:
    """Write everything that waits in `outbox`. Rows go in the order of their keys, so that processes never deadlock."""
    await _finish(connection, outbox)
    await upsert(connection, contexts, _contexts(outbox))
    await upsert(connection, missed, _missed(outbox))
    await upsert(connection, choices, _choices(outbox))
    await upsert(connection, feedback, _feedback(outbox))
    await _add(connection, _tallies(outbox))


async def _finish(connection: AsyncConnection, outbox: Outbox) -> None:
    if not outbox.answered:
        return
    finished = update(events).where(events.c.event == bindparam("claimed")).values(answered_at=bindparam("at"))
    rows = [{"claimed": event, "at": at} for event, at in sorted(outbox.answered.items())]
    await connection.execute(finished, rows)


async def _add(connection: AsyncConnection, rows: Rows) -> None:
    if not rows:
        return
    insert = insert_for(connection, tallies)
    added = {"count": tallies.c.count + insert.excluded.count}
    keys = [column.name for column in tallies.primary_key]
    await connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=added), rows)


def _contexts(outbox: Outbox) -> Rows:
    return [
        {
            "conversation": conversation,
            "mark": kept.mark,
            "context": kept.context.as_dict(),
            "expires_at": kept.expires_at,
        }
        for conversation, kept in sorted(outbox.contexts.items())
    ]


def _missed(outbox: Outbox) -> Rows:
    return [
        {
            "ref": ref,
            "platform": question.platform,
            "text": _holdable(question.text),
            "outcome": question.outcome,
            "nearest": list(question.nearest),
            "asked_at": at,
        }
        for ref, (question, at) in sorted(outbox.missed.items())
    ]


def _holdable(text: str) -> str:
    """Return `text` without what one database or the other cannot hold: halves of characters, and zeros."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


def _choices(outbox: Outbox) -> Rows:
    return [{"ref": ref, "topic": topic, "chosen_at": at} for ref, (topic, at) in sorted(outbox.choices.items())]


def _feedback(outbox: Outbox) -> Rows:
    return [
        {
            "ref": ref,
            "about": about,
            "mark": mark,
            "platform": word.platform,
            "helpful": word.helpful,
            "said_at": at,
        }
        for (ref, about, mark), (word, at) in sorted(outbox.feedback.items())
    ]


def _tallies(outbox: Outbox) -> Rows:
    rows = [
        {"day": day, "platform": tally.platform, "what": tally.what, "about": tally.about, "count": count}
        for (day, tally), count in outbox.tallies.items()
    ]
    return sorted(rows, key=lambda row: (row["day"], row["platform"], row["what"], row["about"]))
