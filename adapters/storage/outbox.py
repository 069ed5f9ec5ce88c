"""What is to be written and nobody waits for: kept for a moment, then written together."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.conversations.ports import Feedback, Missed, UsageCount
from adapters.storage.claims import note_answered
from adapters.storage.tables import choices, contexts, feedback, insert_for, missed, tallies, upsert, workspace_digest
from bot.context import Context

KEPT = 5_000
"""Entries of each kind that wait for a database that is away; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A context on its way to the database."""

    context: Context
    mark: str
    expires_at: float


@dataclass
class Outbox:
    """Writes that wait. Later writes on the same thing replace earlier ones; counts add up."""

    answered: OrderedDict[str, float] = field(default_factory=OrderedDict)
    contexts: OrderedDict[str, Remembered] = field(default_factory=OrderedDict)
    missed: OrderedDict[str, tuple[Missed, float]] = field(default_factory=OrderedDict)
    choices: OrderedDict[str, tuple[str | None, float]] = field(default_factory=OrderedDict)
    feedback: OrderedDict[tuple[str, str, str], tuple[Feedback, float]] = field(default_factory=OrderedDict)
    tallies: Counter[tuple[str, UsageCount]] = field(default_factory=Counter)

    def __len__(self) -> int:
        """How many records wait."""
        return (
            len(self.answered)
            + len(self.contexts)
            + len(self.missed)
            + len(self.choices)
            + len(self.feedback)
            + len(self.tallies)
        )

    @property
    def is_urgent(self) -> bool:
        """Whether something waits that other processes should soon see, or that a person said."""
        return any((self.answered, self.contexts, self.choices, self.feedback))

    @property
    def kind(self) -> str:
        """The kinds of record that wait."""
        return ", ".join(name for name in KINDS if getattr(self, name))

    def trim(self) -> None:
        """Let the oldest go where too much waits."""
        for kept in (self.answered, self.contexts, self.missed, self.choices, self.feedback):
            _trim(kept)
        if len(self.tallies) > KEPT:
            self.tallies = Counter(dict(self.tallies.most_common(KEPT)))

    def put_back(self, earlier: Outbox) -> None:
        """Take back what could not be written; what came in since is newer and stays."""
        self.answered = OrderedDict({**earlier.answered, **self.answered})
        self.contexts = OrderedDict({**earlier.contexts, **self.contexts})
        self.missed = OrderedDict({**earlier.missed, **self.missed})
        self.choices = OrderedDict({**earlier.choices, **self.choices})
        self.feedback = OrderedDict({**earlier.feedback, **self.feedback})
        self.tallies.update(earlier.tallies)
        self.trim()

    def halves(self) -> tuple[Outbox, Outbox]:
        """Return all entries in two outboxes, to find the one that a database will not take."""
        whole = [(name, key, value) for name in KINDS for key, value in getattr(self, name).items()]
        first, second = Outbox(), Outbox()
        for number, (name, key, value) in enumerate(whole):
            getattr(first if number < len(whole) // 2 else second, name)[key] = value
        return first, second

    def forget(self, mark: str) -> int:
        """Drop what waits about a person; return how many entries that were."""
        contexts = [key for key, kept in self.contexts.items() if kept.mark == mark]
        words = [key for key in self.feedback if key[2] == mark]
        for conversation in contexts:
            del self.contexts[conversation]
        for word in words:
            del self.feedback[word]
        return len(contexts) + len(words)


KINDS = tuple(each.name for each in fields(Outbox))


def _trim(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > KEPT:
        kept.popitem(last=False)


Rows = list[dict[str, Any]]


async def write(connection: AsyncConnection, outbox: Outbox) -> None:
    """Write everything that waits in `outbox`. Rows go in the order of their keys, so that processes never deadlock."""
    await note_answered(connection, outbox.answered)
    await upsert(connection, contexts, _contexts(outbox))
    await upsert(connection, missed, _missed(outbox))
    await upsert(connection, choices, _choices(outbox))
    await upsert(connection, feedback, _feedback(outbox))
    await _add(connection, _tallies(outbox))


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
            "workspace": workspace_digest(question.workspace),
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
            "workspace": workspace_digest(word.workspace),
        }
        for (ref, about, mark), (word, at) in sorted(outbox.feedback.items())
    ]


def _tallies(outbox: Outbox) -> Rows:
    rows = [
        {"day": day, "platform": tally.platform, "what": tally.what, "about": tally.about, "count": count}
        for (day, tally), count in outbox.tallies.items()
    ]
    return sorted(rows, key=lambda row: (row["day"], row["platform"], row["what"], row["about"]))
