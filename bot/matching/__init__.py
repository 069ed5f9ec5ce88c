"""From a message to a topic: which question of the knowledge base is this?"""

from bot.matching.fusion import Decision
from bot.matching.matcher import Matcher
from bot.matching.model import TrainedModel
from bot.matching.training import learn

__all__ = ["Decision", "Matcher", "TrainedModel", "learn"]
