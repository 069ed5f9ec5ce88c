"""Conversations about hot drinks, with a guide, and their store."""

from __future__ import annotations

import pytest

from adapters.conversations.service import Conversations
from tests.conversations.recording import Away, Recording, guided


@pytest.fixture
def store() -> Recording:
    return Recording()


@pytest.fixture
def conversations(store: Recording) -> Conversations:
    return Conversations(guided, store)


@pytest.fixture
def lost() -> Conversations:
    """Conversations whose store is away in every method."""
    return Conversations(guided, Away())  # type: ignore[arg-type]  # away in every method
