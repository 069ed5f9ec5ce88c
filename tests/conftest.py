"""What all tests share: nothing that they learn lands in the cache folder of whoever runs them."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what is learned from knowledge bases in a folder of the test run, also in the processes that it starts."""
    os.environ["ADVISOR_CACHE_DIR"] = str(tmp_path_factory.getbasetemp().parent / "advisor-cache")
