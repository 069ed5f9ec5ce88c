"""What holds for every message, however strange."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.context import Context
from bot.matching import Decision, Matcher
from bot.matching.completion import Completion
from bot.matching.message import HEAD, MAX_WORDS, TAIL, bounded, clean, words
from tests.matching.conftest import PHRASINGS, drinks

MATCHER = Matcher(drinks())
COMPLETION = Completion(MATCHER.knowledge)
CONTEXTS = st.builds(
    Context,
    topic=st.sampled_from([None, "caffeine", "gone"]),
    side=st.sampled_from([None, "tea", "both"]),
    suggested=st.sampled_from([(), ("brewing", "gone")]),
)


@given(st.text(max_size=400), CONTEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_the_same_every_time(text: str, context: Context) -> None:
    reading = MATCHER.read(text, context)
    assert reading == MATCHER.read(text, context)
    assert all(0 <= one.confidence <= 1 for one in reading.ranked)
    assert (reading.outcome is Decision.ANSWER) <= bool(reading.ranked)


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_completes_to_topics(text: str) -> None:
    assert set(COMPLETION.complete(text)) <= set(PHRASINGS)


@given(
    st.sampled_from([(topic, text) for topic, texts in PHRASINGS.items() for text in texts]),
    st.sampled_from(["  {}  ", "{}\n", "🙂 {}", "{} 🙂🙂", "\u200b{}\u200b", "{}!!", "<@U12AB> {}", "*{}*"]),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_case_space_and_decoration_do_not_change_the_reading(asked: tuple[str, str], form: str, shout: bool) -> None:
    plain = MATCHER.read(asked[1])
    decorated = MATCHER.read(form.format(asked[1].upper() if shout else asked[1]))
    assert decorated == plain


@pytest.mark.parametrize(
    "text",
    [
        "tea " * 25_000,
        "x" * 100_000,
        "\ufdfa" * 50_000,
        "מה זה קפה؟ שלום" * 500,
        "```" * 20_000,
        "<" * 50_000,
        "> " * 30_000,
        "a_b." * 20_000,
        "'" * 50_000,
    ],
)
def test_a_huge_message_is_cut_before_it_is_read(text: str) -> None:
    message = clean(text)
    assert len(message.text) <= 4 * (HEAD + TAIL)
    assert len(bounded(words(message.text))) <= MAX_WORDS
    assert MATCHER.read(text).outcome in Decision
