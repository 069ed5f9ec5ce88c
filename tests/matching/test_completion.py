"""Autocomplete, and topics named in a command."""

from __future__ import annotations

import pytest

from bot.matching.completion import Completion
from tests.matching.conftest import drinks


@pytest.fixture(scope="module")
def completion() -> Completion:
    return Completion(drinks())


def test_nothing_typed_offers_starters_without_small_talk(completion: Completion) -> None:
    starters = completion.complete("")
    assert starters[0] == "which-to-choose"
    assert not {"hello", "thank-you"} & set(starters)


@pytest.mark.parametrize(
    ("typed", "topic"), [("caf", "caffeine"), ("*Stor", "storage"), ("brewi", "brewing"), ("freze", "storage")]
)
def test_beginnings_and_typing_errors_complete(completion: Completion, typed: str, topic: str) -> None:
    assert completion.complete(typed)[0] == topic


def test_the_limit_holds(completion: Completion) -> None:
    assert len(completion.complete("tea", limit=2)) == 2


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("caffeine", "caffeine"),
        ("which-to-choose", "which-to-choose"),
        ("Which to choose", "which-to-choose"),
        ("how long does it stay fresh", None),
        ("purple elephants", None),
        ("", None),
    ],
)
def test_a_topic_is_named_by_id_or_title(completion: Completion, text: str, topic: str | None) -> None:
    assert completion.named(text) == topic
