"""From a folder of YAML files to an advisor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.advisor import Advisor
    from bot.knowledge import Knowledge
    from bot.matching.model import TrainedModel

BASES = Path(__file__).resolve().parents[2] / "knowledge"
"""Where the knowledge bases are that come with the program."""


def open_advisor(folder: Path, cache_dir: str | None) -> Advisor:
    """Return the advisor of the knowledge base in this folder.

    Learning from it takes some seconds the first time; after that, what was learned is found in the cache.

    Args:
        folder: where the knowledge base is.
        cache_dir: the setting that says where to keep what was learned; see `model_cache.cache_folder`.

    Raises:
        KnowledgeError: it has mistakes.
    """
    from bot.advisor import Advisor
    from bot.knowledge import load

    knowledge = load(folder)
    return Advisor(knowledge, trained(knowledge, cache_dir))


def trained(knowledge: Knowledge, cache_dir: str | None) -> TrainedModel:
    """Return what can be learned from a knowledge base: from a cache, else learned now and kept where that is possible."""
    from adapters.knowledge_base import model_cache

    found = model_cache.recalled_from(knowledge, cache_dir)
    if found is not None:
        return found
    model = learn(knowledge)
    cache = model_cache.cache_folder(cache_dir)
    if cache is not None:
        model_cache.keep(knowledge, model, cache)
    return model


def learn(knowledge: Knowledge) -> TrainedModel:
    """Learn with one thread: the matrices are small, and threads that wait for each other cost four times the CPU."""
    from threadpoolctl import threadpool_limits

    from bot.matching import learn as run

    with threadpool_limits(limits=1, user_api="blas"):
        return run(knowledge)


def shipped_folder() -> Path:
    """Return the knowledge base that comes with the program."""
    return next(found.parent for found in sorted(BASES.glob("*/knowledge.yaml")))
