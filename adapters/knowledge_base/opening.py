"""From a folder of YAML files to an advisor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.advisor import Advisor


def open_advisor(folder: Path, cache_dir: str | None) -> Advisor:
    """Return the advisor of the knowledge base in this folder.

    Learning from it takes a second the first time; after that, what was learned is found in the cache.

    Args:
        folder: where the knowledge base is.
        cache_dir: the setting that says where to keep what was learned; see `keeping.cache_folder`.

    Raises:
        KnowledgeError: it has mistakes.
    """
    from adapters.knowledge_base import keeping
    from bot.advisor import Advisor
    from bot.knowledge import load

    knowledge, cache = load(folder), keeping.cache_folder(cache_dir)
    if cache is None:
        return Advisor(knowledge)
    learnt = keeping.recalled(knowledge, cache)
    advisor = Advisor(knowledge, learnt)
    if learnt is None:
        keeping.keep(knowledge, advisor.learnt, cache)
    return advisor
