"""All code of a knowledge base, as people get to see it."""

from __future__ import annotations

from bot import replies
from bot.advisor import Advisor
from bot.comparisons import code_comparison


def every_code(advisor: Advisor, side: str | None) -> dict[str, replies.CodeComparison]:
    """Return all code there is, by its task, as it is shown of its closest topic or of the question that has it."""
    knowledge = advisor.knowledge
    asked = [("", topic) for topic in knowledge.topics.values()]
    asked += [(question.id, topic) for _, topic in asked for question in topic.questions if question.code]
    found = (code_comparison(knowledge, topic.id, side, question) for question, topic in asked)
    return {reply.task: reply for reply in found if isinstance(reply, replies.CodeComparison)}
