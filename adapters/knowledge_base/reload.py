"""The advisor of the moment: a knowledge base that is read again when its files change."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from adapters.knowledge_base import open_advisor
from adapters.knowledge_base.loader import Progress
from bot.advisor import Advisor
from bot.knowledge import KnowledgeError

log = logging.getLogger(__name__)

Fingerprint = tuple[tuple[str, int, int], ...]


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
            self.trouble = self.mistakes = ""
            log.info("The knowledge base was reloaded.")
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


async def _told(due: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(due.wait(), seconds or None)
    except TimeoutError:
        return False
    due.clear()
    return True
