"""How a message hangs on the one before, by its words."""

from __future__ import annotations

import pytest

from bot.matching import continuation
from bot.matching.continuation import Continuation
from bot.matching.lexicon import MARK


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("and ¤", Continuation.SAME),
        ("¤", Continuation.SAME),
        ("what is the ¤ equivalent", Continuation.SAME),
        ("does that work in ¤", Continuation.SAME),
        ("and the other one", Continuation.SAME),
        ("what is ¤", Continuation.SHORT),
        ("how good is it compared to ¤", Continuation.COMPARES),
        ("tell me more", Continuation.MORE),
        ("how", Continuation.ASKS),
        ("why", Continuation.ASKS),
        ("by how much", Continuation.ASKS),
        ("since when", Continuation.ASKS),
        ("which", Continuation.ASKS),
        ("so which one", Continuation.OPENS),
        ("how do i add one then", Continuation.POINTS),
        ("since when does ¤ have one", Continuation.POINTS),
        ("what do i run instead", Continuation.POINTS),
        ("and for an api", Continuation.OPENS),
        ("bit by bit possible", Continuation.SHORT),
        ("how do i write a test for a view with a login", Continuation.NONE),
    ],
)
def test_the_words_tell_how_a_message_hangs_on_the_last(text: str, tie: Continuation) -> None:
    assert continuation.tie(text.replace("¤", MARK).split()) is tie


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no, i meant sessions", "sessions"),
        ("not logins, i meant sessions", "sessions"),
        ("i'm asking about forms", "forms"),
        ("what does that mean", "what does that mean"),
        ("no", "no"),
    ],
)
def test_what_somebody_meant_takes_the_place_of_what_was_said(text: str, meant: str) -> None:
    assert continuation.corrected(text) == meant
