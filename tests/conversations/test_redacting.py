"""A missed question is kept without anything that points to somebody or opens something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.conversations.journal import LONGEST, redact


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("does it scale?", "does it scale?"),
        ("hey <@U123ABC>, is it fast", "hey [mention], is it fast"),
        ("<@!1234567890> and <#C0FFEE> and @anna.b", "[mention] and [mention] and [mention]"),
        ("see https://intern.example.com/secret?token=abc for more", "see [link] for more"),
        ("see <https://example.com|our wiki> please", "see [link] please"),
        ("www.example.com/x", "[link]"),
        ("mail anna.b+x@example.co.uk now", "mail [address] now"),
        ("<mailto:a@b.de|a@b.de>", "[address]"),
        ("our server 10.0.0.12:8080 is slow", "our server [address] is slow"),
        ("call +49 151 1234 5678", "call [number]"),
        ("token xoxb-123456789012-abcdef", "token [secret]"),
        ("key AKIA1234567890ABCDEF", "key [token]"),
        ("why ```secret = 1\nline```?", "why [code]?"),
        ("unclosed ```secret = 1", "unclosed [code]"),
        ("django 5.2 or 4.2 on python 3.11?", "django 5.2 or 4.2 on python 3.11?"),
    ],
)  # fmt: skip
def test_what_could_identify_is_replaced(said: str, kept: str) -> None:
    assert redact(said) == kept


@given(st.text(max_size=5_000))
def test_it_is_short_and_on_one_line_whatever_was_said(said: str) -> None:
    kept = redact(said)

    assert len(kept) <= LONGEST
    assert "\n" not in kept


@given(st.text(), st.from_regex(r"[a-z]{3,10}@[a-z]{3,10}\.(com|org)", fullmatch=True), st.text())
def test_an_address_never_survives(before: str, address: str, after: str) -> None:
    assert address not in redact(f"{before} {address} {after}")
