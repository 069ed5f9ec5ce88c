"""From a folder of YAML files to an advisor, which is read again when the files change."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adapters.encoder import KeptVectors, MiniLmEncoder
    from bot.advisor import Advisor
    from bot.matching.arrays import Floats
    from bot.matching.model import TrainedModel

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much; of 0 where that is not known."""
BASES = Path(__file__).resolve().parents[2] / "knowledge"
"""Where the knowledge bases are that come with the program."""
LEARNING_NICENESS = 10
"""By how much a process that learns beside a service stands back for it."""
Fingerprint = tuple[tuple[str, int, int], ...]
"""Path, time of change and size of each file."""

log = logging.getLogger(__name__)


def shipped_folder() -> Path:
    """Return the knowledge base that comes with the program."""
    return next(found.parent for found in sorted(BASES.glob("*/knowledge.yaml")))


def open_advisor(
    folder: Path, cache_dir: str | None, *, apart: bool = False, progress: Progress = lambda _done, _all: None
) -> Advisor:
    """Return the advisor of the knowledge base in this folder.

    Learning from it takes some seconds the first time; after that, what was learned is found in the cache.

    Args:
        folder: where the knowledge base is.
        cache_dir: the setting that says where to keep what was learned; see `model_cache.cache_folder`.
        apart: whether to learn in a process of its own, for a service that goes on answering meanwhile.
        progress: is told when learning begins (0 of 0), and how many phrasings of how many have vectors.

    Raises:
        KnowledgeError: it has mistakes.
    """
    from adapters.encoder import open_encoder
    from adapters.knowledge_base import model_cache
    from bot.advisor import Advisor
    from bot.knowledge import load

    knowledge, cache = load(folder), model_cache.cache_folder(cache_dir)
    encoder = open_encoder(cache)
    model = model_cache.recalled(knowledge, cache, encoder.name if encoder else "") if cache else None
    if model is None and cache and encoder and not works(encoder):
        encoder, model = None, model_cache.recalled(knowledge, cache)
    if model is None:
        model = _learned_apart(folder, cache, words_alone=encoder is None) if apart else None
    return Advisor(knowledge, model or learned(folder, cache, progress, words_alone=encoder is None), encoder)


def learned(
    folder: Path,
    cache: Path | None,
    progress: Progress = lambda _done, _all: None,
    *,
    words_alone: bool = False,
) -> TrainedModel:
    """Learn from the knowledge base in a folder, and keep that in the cache if it can be written.

    Args:
        folder: where the knowledge base is.
        cache: the cache folder; None keeps nothing.
        progress: see `open_advisor`.
        words_alone: whether to leave the sentence encoder alone, as it is known to be damaged.

    Raises:
        KnowledgeError: the knowledge base has mistakes.
    """
    from adapters.encoder import KeptVectors, open_encoder
    from adapters.knowledge_base import model_cache
    from bot.knowledge import load
    from bot.matching import learn

    knowledge, encoder = load(folder), open_encoder(cache)
    if encoder and (words_alone or not works(encoder)):
        encoder = None
    problem = model_cache.unwritable(cache) if cache else ""
    if problem:
        log.warning("What is learned cannot be kept, so every start learns again: %s", problem)
    progress(0, 0)
    vectors = _Reporting(KeptVectors(encoder, None if problem else cache), progress) if encoder else None
    model = learn(knowledge, vectors)
    if cache and not problem:
        named = encoder.name if encoder else ""
        model_cache.keep(knowledge, model, cache, named, lasting=shipped_folder().name)
    return model


def works(encoder: MiniLmEncoder) -> bool:
    """Return whether an encoder can be used; says what is wrong with one that cannot."""
    from bot.matching.semantic import EncoderError

    try:
        encoder.load()
    except EncoderError as error:
        log.warning("%s Until then, questions are understood by their words alone.", error)
        return False
    return True


class AdvisorHolder:
    """Holds the advisor. A changed knowledge base is validated first and then takes its place at once.

    One with mistakes does not: the old one stays, and `trouble` says what is wrong until that is mended.
    """

    def __init__(self, folder: Path, cache_dir: str | None = None, progress: Progress | None = None) -> None:
        """Read the knowledge base.

        Args:
            folder: where it is.
            cache_dir: the setting that says where to keep what was learned.
            progress: is told how far the first learning is, which then happens in this process.

        Raises:
            KnowledgeError: it has mistakes.
        """
        self.folder, self._cache_dir = folder, cache_dir
        self.trouble = ""
        self.mistakes = ""
        """What exactly is wrong with the files, in words for whoever writes them; empty where nothing is."""
        self._read = fingerprint(folder)
        watched = progress or (lambda _done, _all: None)
        self._advisor = open_advisor(folder, cache_dir, apart=progress is None, progress=watched)
        self._due = asyncio.Event()
        self._reading = asyncio.Lock()

    def advisor(self) -> Advisor:
        """Return the advisor of the moment."""
        return self._advisor

    def reload_soon(self) -> None:
        """Read the knowledge base again even if nothing seems to have changed: on SIGHUP."""
        self._due.set()

    async def watch(self, seconds: float) -> None:
        """Look for changes every so many seconds (0: only when told), until cancelled."""
        while True:
            told = await _told(self._due, seconds)
            found = await asyncio.to_thread(fingerprint, self.folder)
            if told or (found != self._read and await self._is_steady(found, seconds)):
                await self.reload()

    async def reload(self) -> bool:
        """Read the knowledge base and put it in place; return whether it was in order."""
        from bot.knowledge import KnowledgeError

        async with self._reading:
            self._read = await asyncio.to_thread(fingerprint, self.folder)
            try:
                self._advisor = await asyncio.to_thread(open_advisor, self.folder, self._cache_dir, apart=True)
            except (KnowledgeError, OSError) as error:
                log.error("The knowledge base was not reloaded; the one from before stays in use.\n%s", error)  # noqa: TRY400  # a mistake in a file, not in the code
                return self._stays(error)
            except Exception as error:
                log.exception("The knowledge base was not reloaded; the one from before stays in use.")
                return self._stays(error)
            if self.trouble:  # said as loudly as the mistake was
                log.warning("The mistake is mended: the knowledge base was reloaded.")
            else:
                log.info("The knowledge base was reloaded.")
            self.trouble = self.mistakes = ""
            return True

    def _stays(self, error: Exception) -> bool:
        """Say what is wrong with the files until they are mended."""
        self.mistakes = str(error)
        self.trouble = f"{type(error).__name__} in {self.folder.name}; the knowledge from before stays in use"
        return False

    async def _is_steady(self, found: Fingerprint, seconds: float) -> bool:
        """Return whether nobody is writing just now: the next look sees the same."""
        await asyncio.sleep(min(seconds, 0.5))
        return await asyncio.to_thread(fingerprint, self.folder) == found


def fingerprint(folder: Path) -> Fingerprint:
    """Return what tells one state of the files from another."""
    found = []
    examples = (path for path in folder.glob("code/*/*/**/*.*") if "__pycache__" not in path.parts)
    for path in sorted([*folder.rglob("*.yaml"), *examples]):
        try:
            status = path.stat()
        except OSError:  # removed between listing and looking
            continue
        found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


class _Reporting:
    """An encoder that tells how far it is."""

    def __init__(self, vectors: KeptVectors, progress: Progress) -> None:
        self._vectors, self._progress = vectors, progress
        self.name, self.size = vectors.name, vectors.size

    def knows(self, word: str) -> bool:
        """Return whether the encoder knows a word as a whole."""
        return self._vectors.knows(word)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a row for each text."""
        return self._vectors.encode(texts, self._progress)


def _learned_apart(folder: Path, cache: Path | None, *, words_alone: bool) -> TrainedModel | None:
    """Learn in a process of its own; return None where none can be had."""
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_serve_parent) as pool:
            return pool.submit(learned, folder, cache, words_alone=words_alone).result()
    except (OSError, BrokenProcessPool) as error:
        log.warning("Learning in a process of its own failed (%s); this one does it.", error)
        return None


def _serve_parent() -> None:
    """Leave the processor to the process that this one works for, and do not outlive it: it may be killed."""

    def watch() -> None:
        parent = parent_process()
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    if hasattr(os, "nice"):  # not on Windows
        os.nice(LEARNING_NICENESS)


async def _told(due: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(due.wait(), seconds or None)
    except TimeoutError:
        return False
    due.clear()
    return True
