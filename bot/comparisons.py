"""The sides next to each other: on every topic in a few words, and on one task as code."""

from __future__ import annotations

from bot.knowledge.code_pairs import CodeExample
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import Topic
from bot.matching.sides import BOTH
from bot.replies import (
    CodeComparison,
    CodeFile,
    CodePassage,
    Comparison,
    ComparisonRow,
    Notice,
    NoticeKind,
    SideLink,
)

NO_CODE = "There is no code for that any more. Ask again in your own words."


def comparison(knowledge: Knowledge) -> Comparison:
    """Return every topic that says each side in a few words, as a table.

    By area; what speaks of the sides as a whole, as the overview itself does, comes last.
    """
    about, names = knowledge.about, knowledge.side_names
    overview = knowledge.topics.get(about.overview or "")
    places = {area.id: place for place, area in enumerate(about.areas)}

    def place(topic: Topic) -> tuple[bool, int]:
        return topic.id in knowledge.broad_topics, places.get(topic.area, len(places))

    compared = sorted((topic for topic in knowledge.topics.values() if topic.glance), key=place)
    return Comparison(
        title=" and ".join(names.values()),
        short=overview.short if overview else about.subject,
        sides=tuple(names.values()),
        rows=tuple(ComparisonRow(t.id, t.title, tuple(t.glance[side] for side in names)) for t in compared),
        offers_guide=knowledge.guide is not None,
    )


def code_comparison(
    knowledge: Knowledge, topic: str, side: str | None = None, question: str = ""
) -> CodeComparison | Notice:
    """Return the code for a question of a topic, or for the topic where the question has none.

    Args:
        knowledge: holds the tasks.
        topic: the id of the topic.
        side: the side that was asked about, whose code alone is shown; the code of all sides for "both" and None.
        question: the id of the question; empty for the topic as such.

    Returns:
        The code; a notice where there is none, or where the topic or the side is gone.
    """
    task = knowledge.code_after(topic, question)
    names = knowledge.side_names
    shown = tuple(key for key in names if side in (None, BOTH, key))
    if task is None or not shown:
        return Notice(NoticeKind.STALE, NO_CODE)
    return CodeComparison(
        task=task.id,
        title=task.title,
        topic=topic,
        side=side,
        passages=tuple(_code_of(key, names[key], task.sides[key]) for key in shown),
        other_sides=tuple(SideLink(key, name) for key, name in names.items() if key not in shown),
        question=question or None,
    )


def _code_of(side: str, name: str, example: CodeExample) -> CodePassage:
    files = tuple(CodeFile(each.path, each.text, each.language) for each in example.snippets)
    return CodePassage(side, name, example.says, files, example.tested_with)
