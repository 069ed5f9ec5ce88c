from __future__ import annotations

from datetime import UTC, datetime

from adapters.conversations.ports import Feedback, Missed, UsageCount
from adapters.storage.database import Database
from adapters.storage.reports import FeedbackRow, MissedRow, Reports, UsageRow
from adapters.storage.store import DatabaseStore
from tests.storage.clocks import Clock

NOON = datetime(2027, 1, 15, 8, 0, tzinfo=UTC)


async def test_missed_questions_come_with_what_was_chosen_newest_first(
    store: DatabaseStore, elsewhere: DatabaseStore, database: Database, clock: Clock
) -> None:
    await elsewhere.turned_down("second")  # another process may be faster
    await elsewhere.flush()
    await store.missed(Missed("first", "slack", "how do i frob", "suggestions", ("orm", "forms")))
    await store.flush()
    clock.now += 60
    await store.missed(Missed("second", "discord", "why is it blue", "suggestions", ("orm",)))
    await store.missed(Missed("third", "discord", "what is love", "unknown", ()))
    await store.chosen("first", "forms")
    await store.flush()

    assert await Reports(database, clock).missed() == [
        MissedRow(_at(60), "discord", "why is it blue", "suggestions", ("orm",), None, none_of_these=True),
        MissedRow(_at(60), "discord", "what is love", "unknown", (), None, none_of_these=False),
        MissedRow(_at(0), "slack", "how do i frob", "suggestions", ("orm", "forms"), "forms", none_of_these=False),
    ]


async def test_the_worklist_can_be_narrowed_by_time_and_platform(
    store: DatabaseStore, database: Database, clock: Clock
) -> None:
    for platform in ("slack", "discord"):
        await store.missed(Missed(f"old {platform}", platform, "old", "unknown", ()))
        await store.feedback(Feedback("old", platform, "orm", helpful=True, mark=platform))
        await store.count(UsageCount(platform, "answer", "orm"))
    clock.now += 10 * 86_400
    await store.missed(Missed("new", "slack", "new", "unknown", ()))
    await store.feedback(Feedback("new", "slack", "forms", helpful=False, mark="m"))
    await store.count(UsageCount("slack", "answer", "forms"))
    await store.flush()
    worklist = Reports(database, clock)

    assert [question.text for question in await worklist.missed(days=5)] == ["new"]
    assert [question.text for question in await worklist.missed(platform="discord")] == ["old"]
    assert await worklist.feedback(days=5) == [FeedbackRow(_at(864_000), "slack", "forms", helpful=False)]
    assert [word.about for word in await worklist.feedback(platform="slack")] == ["forms", "orm"]
    assert await worklist.tallies(days=5) == [UsageRow("2027-01-25", "slack", "answer", "forms", 1)]
    assert await worklist.tallies(platform="discord") == [UsageRow("2027-01-15", "discord", "answer", "orm", 1)]


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(NOON.timestamp() + seconds, UTC)
