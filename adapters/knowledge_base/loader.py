"""From a folder of YAML files to an advisor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.advisor import Advisor
import os


def open_advisor(folder: Path, cache_dir: str | None, *, apart: bool = False) -> Advisor:
    """Return the advisor of the knowledge base in this folder.

    Learning from it takes some seconds the first time; after that, what was learned is found in the cache.

    Args:
        folder: where the knowledge base is.
        cache_dir: the setting that says where to keep what was learned; see `model_cache.cache_folder`.
        apart: whether to learn in a process of its own, for a process that lives long.

    Raises:
        KnowledgeError: it has mistakes.
    """
    from adapters.encoder import KeptVectors, open_encoder
    from adapters.knowledge_base import model_cache
    from adapters.knowledge_base.learning_apart import learn_apart
    from bot.advisor import Advisor
    from bot.knowledge import load
    from bot.matching import learn

    knowledge, cache = load(folder), model_cache.cache_folder(cache_dir)
    encoder = open_encoder(cache)
    named = encoder.name if encoder else ""
    model = model_cache.recalled(knowledge, cache, named) if cache else None
    if model is None and apart and cache:
        learn_apart(folder, cache)
        model = model_cache.recalled(knowledge, cache, named)
    if model is None:
        model = learn(knowledge, KeptVectors(encoder, cache) if encoder else None)
        if cache:
            model_cache.keep(knowledge, model, cache, named)
    return Advisor(knowledge, model, encoder)


VARIABLE = "ADVISOR_KNOWLEDGE"


def default_folder() -> Path:
    """Return the folder that the environment names, else the knowledge base that comes with the program."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    shelf = Path(__file__).resolve().parents[2] / "knowledge"
    return next(found.parent for found in sorted(shelf.glob("*/knowledge.yaml")))
