from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from adapters.knowledge_base.loader import AdvisorHolder
from adapters.knowledge_base.scaffold import NewBase, write
from adapters.preview.server import serve
from tests.preview.browser import Background, Browser, found

TEA = NewBase("tea and coffee", ("Tea", "Coffee"), "Tea and coffee")


@dataclass
class Page:
    """The preview of a knowledge base, being served."""

    address: str
    folder: Path
    holder: AdvisorHolder


@pytest.fixture(scope="session")
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture(scope="session")
def page(background: Background, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("preview") / "tea"
    write(folder, TEA, date(2026, 11, 1))
    holder = AdvisorHolder(folder, os.environ.get("ADVISOR_CACHE_DIR"), lambda _done, _all: None)
    ready: asyncio.Future[str] = background.loop.create_future()
    serving = asyncio.run_coroutine_threadsafe(serve(holder, 0, ready.set_result), background.loop)
    yield Page(background.run(_value(ready)), folder, holder)
    serving.cancel()


async def _value(future: asyncio.Future[str]) -> str:
    return await future


@pytest.fixture(scope="session")
def started(background: Background) -> Iterator[Browser]:
    if found() is None:
        pytest.skip("there is no Chromium on this machine")
    made = Browser(background)
    yield made
    made.close()


@pytest.fixture
def browser(started: Browser, page: Page) -> Iterator[Browser]:
    """The page, freshly opened; afterwards, that nothing went wrong on it and that it asked nobody else."""
    started.errors.clear()
    started.requested.clear()
    started.open(page.address)
    yield started
    assert started.errors == []
    assert [each for each in started.requested if not each.startswith(page.address)] == []
