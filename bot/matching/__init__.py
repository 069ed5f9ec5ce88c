"""From a message to a topic: which question of the knowledge base is this?"""

from bot.matching.interpretation import Outcome, Ranked, Reading
from bot.matching.matcher import Matcher
from bot.matching.model import Learnt
from bot.matching.training import learn

__all__ = ["Learnt", "Matcher", "Outcome", "Ranked", "Reading", "learn"]
