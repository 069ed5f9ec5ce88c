"""Autocomplete, and topics named in a command."""

from __future__ import annotations

import pytest

from bot.matching import Matcher


def test_nothing_typed_offers_starters_without_small_talk(matcher: Matcher) -> None:
    starters = matcher.complete("")
    assert starters[0] == "which-to-choose"
    assert not {"hello", "thank-you"} & set(starters)


@pytest.mark.parametrize(
    ("typed", "topic"), [("caf", "caffeine"), ("stor", "storage"), ("brewi", "brewing"), ("freze", "storage")]
)
def test_beginnings_and_typing_errors_complete(matcher: Matcher, typed: str, topic: str) -> None:
    assert matcher.complete(typed)[0] == topic


def test_the_limit_holds(matcher: Matcher) -> None:
    assert len(matcher.complete("tea", limit=2)) == 2


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("caffeine", "caffeine"),
        ("which-to-choose", "which-to-choose"),
        ("Which to choose", "which-to-choose"),
        ("how long does it stay fresh", "storage"),
        ("purple elephants", None),
        ("", None),
    ],
)
def test_a_topic_is_named_by_id_title_or_question(matcher: Matcher, text: str, topic: str | None) -> None:
    assert matcher.name(text) == topic
