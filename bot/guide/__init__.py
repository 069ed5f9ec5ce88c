"""The guide: a pure engine over the data of `bot.knowledge.guide_models`."""

from bot.guide.dependencies import Dependencies, NoDependenciesError
from bot.guide.guide import Guide
from bot.guide.next_question import UnknownAnswerError
from bot.guide.tokens import UnreadableTokenError

__all__ = ["Dependencies", "Guide", "NoDependenciesError", "UnknownAnswerError", "UnreadableTokenError"]
