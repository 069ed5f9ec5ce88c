"""What the tests learn from knowledge bases: once for all folders, runs and processes, as long as nothing changes.

Learning the shipped one takes half a minute of a processor. It is kept in pytest's own cache, under a name that is a
hash of the knowledge base and of the matcher's code, so what is found there is never out of date.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from adapters.knowledge_base import model_cache
from adapters.knowledge_base.loader import learned
from bot.advisor import Advisor
from bot.knowledge import Knowledge, load
from bot.matching import Matcher
from bot.matching.model import TrainedModel

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "knowledge" / "flask-vs-django"
TEA = ROOT / "tests" / "bases" / "tea-and-coffee"


class Trained(NamedTuple):
    """A knowledge base and what was learned from it, by words alone."""

    knowledge: Knowledge
    model: TrainedModel


@cache
def trained(folder: Path) -> Trained:
    """Return a knowledge base with what was learned from it, of which nobody changes anything."""
    kept, knowledge = Path(os.environ["ADVISOR_CACHE_DIR"]), load(folder)
    with _alone(kept / f"{folder.name}.lock"):  # the workers of one run begin together: one of them learns
        model = model_cache.recalled(knowledge, kept)
        return Trained(knowledge, model or learned(folder, kept, words_alone=True))


@cache
def trained_advisor(folder: Path) -> Advisor:
    """Return the advisor of a knowledge base."""
    return Advisor(*trained(folder))


@cache
def trained_matcher(folder: Path) -> Matcher:
    """Return the matcher of a knowledge base."""
    return Matcher(*trained(folder))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
