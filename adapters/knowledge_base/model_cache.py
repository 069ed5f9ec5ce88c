"""What was learned from a knowledge base, kept in the user's cache folder: the next start need not learn it again.

A file is named after a hash of all that it depends on, so none can be out of date. It is believed only where nobody
else can have written it and its checksum is right; any other is thrown away, which costs the time to learn again.
"""

from __future__ import annotations

import logging
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

import bot.matching
from bot.knowledge import Knowledge
from bot.matching.model import TrainedModel

log = logging.getLogger(__name__)

OFF = "off"
"""In place of a folder: nothing is kept."""
KEPT_OF_ONE = 3
"""Files that stay of one knowledge base: its last states."""
KEPT = 12
"""Files that stay in all."""
CHECKSUM = "checksum"
_MODEL = re.compile(r"(?:(?P<base>[a-z0-9-]+)\.)?[0-9a-f]{24}\.npz")


def cache_folder(named: str | None) -> Path | None:
    """Return the folder that a setting names: the user's cache folder if it says nothing, None if it says "off"."""
    if named == OFF:
        return None
    return Path(named) if named else user_cache_path("framework-advisor")


def unwritable(cache: Path) -> str:
    """Return why nothing can be kept in a folder, in words; empty where it takes files. Makes the folder."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=cache):
            return ""
    except OSError as error:
        return f"{cache}: {error.strerror}"


def recalled(knowledge: Knowledge, cache: Path, encoder: str = "") -> TrainedModel | None:
    """Return what was learned from the very same knowledge base by the very same program, if that was kept."""
    path = model_file(knowledge, cache, encoder)
    if not path.exists():
        return None
    if problem := _foreign(path):
        log.warning("%s is not used: %s.", path, problem)
        return None
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if arrays.pop(CHECKSUM).tobytes() != _checksum(arrays):
            raise ValueError("its checksum is wrong")  # noqa: TRY301  # treated like any other damage
        model = TrainedModel.of(arrays)
    except Exception as error:  # noqa: BLE001  # a damaged file may raise anything at all
        log.warning("%s is damaged (%s) and will be made again.", path, error)
        with suppress(OSError):
            path.unlink()
        return None
    with suppress(OSError):  # a read-only folder is as good
        os.utime(path)
    return model


def keep(knowledge: Knowledge, model: TrainedModel, cache: Path, encoder: str = "", *, lasting: str) -> None:
    """Keep what was learned, if there is a place for it; what was not used for longest makes room.

    The last file of the knowledge base with the id `lasting` stays whatever else is tried.
    """
    path = model_file(knowledge, cache, encoder)
    arrays = model.arrays()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=cache, suffix=".new", delete=False) as file:
            np.savez(file, allow_pickle=False, **arrays, **{CHECKSUM: np.frombuffer(_checksum(arrays), np.uint8)})
        new = Path(file.name)
        new.chmod(0o644)  # holds nothing secret, and may be built by one user for another
        new.replace(path)
        for old in _superseded(filter(_is_model, cache.iterdir()), path, lasting):
            old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("What was learned cannot be kept in %s: %s", cache, error)


def model_file(knowledge: Knowledge, cache: Path, encoder: str = "") -> Path:
    """Return the file for what this code learns from this knowledge base with this encoder."""
    digest = blake2b(f"{knowledge.fingerprint} {encoder}".encode(), digest_size=12)
    for source in sorted(Path(bot.matching.__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return cache / f"{knowledge.about.id}.{digest.hexdigest()}.npz"


def _is_model(path: Path) -> bool:
    return _MODEL.fullmatch(path.name) is not None


def _superseded(files: Iterable[Path], newest: Path, lasting: str) -> Iterator[Path]:
    """Yield the files that make room; the last one of every knowledge base outlives the older states of any."""
    of_base: Counter[str] = Counter()
    older: list[Path] = []
    last: list[Path] = []
    for file in sorted(files, key=lambda each: (each != newest, -each.stat().st_mtime)):
        base = _base(file)
        of_base[base] += 1
        if of_base[base] > KEPT_OF_ONE:
            yield file
        else:
            (last if of_base[base] == 1 else older).append(file)
    others = [file for file in (*last, *older) if file not in last or _base(file) != lasting]
    yield from others[KEPT - 1 :]


def _base(file: Path) -> str:
    """Return the id of the knowledge base that a file was learned from; "" for files of releases that did not say."""
    found = _MODEL.fullmatch(file.name)
    return (found and found["base"]) or ""


def _foreign(path: Path) -> str:
    """Return why somebody else may have written a file, in words; empty where only this user or root can have."""
    if not hasattr(os, "getuid"):
        return ""
    for place in (path.parent, path):
        try:
            status = place.stat()
        except OSError as error:
            return f"{place} cannot be examined ({error.strerror})"
        if status.st_uid not in (0, os.getuid()):
            return f"{place} belongs to another user"
        if status.st_mode & (stat.S_IWOTH | stat.S_IWGRP) and not status.st_mode & stat.S_ISVTX:
            return f"other users can write to {place}"
    return ""


def _checksum(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return a digest of the names, types, shapes and contents of arrays."""
    digest = blake2b(digest_size=16)
    for name in sorted(arrays):
        value = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {value.dtype.str} {value.shape}\0".encode())
        digest.update(value.data.cast("B") if value.size else b"")
    return digest.digest()
