from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.advisor import Advisor
from tests.discord.standin import Discord
from tests.service.holding import HoldingSlack

CACHE = "ADVISOR_CACHE_DIR"


@pytest.fixture(scope="session", autouse=True)
def learned_before(shipped_advisor: Advisor) -> None:
    """Learn once, as on a host that has run the service before: many processes that start at once need not."""


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but those of the test, and where to keep what is learned."""
    cache = os.environ[CACHE]
    for name in list(os.environ):
        if name.startswith(("ADVISOR_", "SLACK_", "DISCORD_")) or name in ("DATABASE_URL", "PORT"):
            monkeypatch.delenv(name)
    monkeypatch.setenv(CACHE, cache)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
async def slack() -> AsyncIterator[HoldingSlack]:
    stand_in = HoldingSlack()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    stand_in = Discord()
    await stand_in.start()
    yield stand_in
    await stand_in.stop()
