"""What all tests share: what they learn is learned once, and not into the cache folder of whoever runs them."""

from __future__ import annotations

import os
from pathlib import Path

import coverage
import pytest

from bot.advisor import Advisor
from tests.trained import SHIPPED, TEA, trained_advisor


def pytest_sessionfinish() -> None:
    """Write down what was covered while there is time: workers that take long to end are ended, and lose it."""
    measuring = coverage.Coverage.current()
    if measuring:
        measuring.stop()
        measuring.save()


@pytest.fixture(scope="session", autouse=True)
def cache_of_its_own(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what is learned from knowledge bases among pytest's own files, also in the processes that tests start."""
    kept = getattr(request.config, "cache", None)  # missing under `-p no:cacheprovider`
    folder: Path = kept.mkdir("advisor") if kept else tmp_path_factory.getbasetemp().parent / "advisor-cache"
    folder.mkdir(exist_ok=True)
    for each in (folder.parent, folder):
        each.chmod(0o755)  # the advisor believes no file that another user may have written
    os.environ["ADVISOR_CACHE_DIR"] = str(folder)


@pytest.fixture(scope="session")
def shipped_advisor(cache_of_its_own: None) -> Advisor:  # says where that is kept
    """Return the advisor of the shipped knowledge base; the processes that a test starts find it learned, too."""
    return trained_advisor(SHIPPED)


@pytest.fixture(scope="session")
def tea_advisor(cache_of_its_own: None) -> Advisor:  # says where that is kept
    """Return the advisor of a small knowledge base about something else, without a guide."""
    return trained_advisor(TEA)
