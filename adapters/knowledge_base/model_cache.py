"""What was learned from a knowledge base, kept in the user's cache folder: the next start need not learn it again.

A file is named after a hash of all that it depends on, so none can be out of date; one that cannot be read, or a folder
that cannot be written, only costs the time to learn again.
"""

from __future__ import annotations

import logging
import os
import zipfile
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
from platformdirs import user_cache_path

import bot.matching
from bot.knowledge import Knowledge
from bot.matching.model import TrainedModel

log = logging.getLogger(__name__)

OFF = "off"
"""In place of a folder: nothing is kept."""
KEPT = 4
"""Files that stay: a few knowledge bases, or states of one."""


def cache_folder(named: str | None) -> Path | None:
    """Return the folder that a setting names: the user's cache folder if it says nothing, None if it says "off"."""
    if named == OFF:
        return None
    return Path(named) if named else user_cache_path("framework-advisor")


def recalled(knowledge: Knowledge, cache: Path, encoder: str = "") -> TrainedModel | None:
    """Return what was learned from the very same knowledge base by the very same program, if that was kept."""
    path = _path(knowledge, cache, encoder)
    try:
        with np.load(path, allow_pickle=False) as arrays:
            model = TrainedModel.of(arrays)
        os.utime(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        log.info("%s is of no use (%s) and will be made again.", path, error)
        return None
    return model


def keep(knowledge: Knowledge, model: TrainedModel, cache: Path, encoder: str = "") -> None:
    """Keep what was learned, if there is a place for it; what was not used for longest makes room."""
    path = _path(knowledge, cache, encoder)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=cache, suffix=".new", delete=False) as file:
            np.savez(file, allow_pickle=False, **model.arrays())
        Path(file.name).replace(path)
        for old in sorted(cache.glob("*.npz"), key=lambda each: -each.stat().st_mtime)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log.info("Nothing could be kept in %s: %s", cache, error)


def _path(knowledge: Knowledge, cache: Path, encoder: str) -> Path:
    """Return the file for what this code learns from this knowledge base."""
    digest = blake2b(f"{knowledge.fingerprint} {encoder}".encode(), digest_size=12)
    for source in sorted(Path(bot.matching.__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return cache / f"{digest.hexdigest()}.npz"
