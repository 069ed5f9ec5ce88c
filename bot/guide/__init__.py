"""The guided choice: a pure engine over the data of `bot.knowledge.guide_models`."""

from bot.guide.facade import Guide
from bot.guide.runs import UnknownAnswerError
from bot.guide.tokens import UnreadableTokenError

__all__ = ["Guide", "UnknownAnswerError", "UnreadableTokenError"]
