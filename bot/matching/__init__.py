"""From a message to a topic: which question of the knowledge base is this?"""

from bot.matching.learning import learn
from bot.matching.learnt import Learnt
from bot.matching.matcher import Matcher
from bot.matching.readings import Outcome, Ranked, Reading

__all__ = ["Learnt", "Matcher", "Outcome", "Ranked", "Reading", "learn"]
