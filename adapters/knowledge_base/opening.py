"""From a folder of YAML files to an advisor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.advisor import Advisor


def open_advisor(folder: Path) -> Advisor:
    """Return the advisor of the knowledge base in this folder.

    Learning from it takes a second the first time; after that, what was learned is found in the cache.

    Raises:
        KnowledgeError: it has mistakes.
    """
    from adapters.knowledge_base import keeping
    from bot.advisor import Advisor
    from bot.knowledge import load

    knowledge = load(folder)
    learnt = keeping.recalled(knowledge)
    advisor = Advisor(knowledge, learnt)
    if learnt is None:
        keeping.keep(knowledge, advisor.learnt)
    return advisor
