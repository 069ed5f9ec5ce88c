"""The guide: a pure engine over the data of `bot.knowledge.guide_models`."""

from bot.guide.dependencies import Dependencies, NoDependenciesError, NoPackagesError
from bot.guide.guide import Guide
from bot.guide.tokens import UnreadableTokenError
from bot.guide.transitions import UnknownAnswerError

__all__ = [
    "Dependencies",
    "Guide",
    "NoDependenciesError",
    "NoPackagesError",
    "UnknownAnswerError",
    "UnreadableTokenError",
]
