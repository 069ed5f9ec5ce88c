"""How a message continues the one before, by its words alone; `S` stands for a side's name in the tables."""

from __future__ import annotations

import pytest

from bot.matching.continuation import Continuation, corrected, only_shows, opens, other, picked, tie
from bot.matching.lexicon import MARK, MARK_BOTH

MARKS = {"S": MARK, "BOTH": MARK_BOTH}
CONTINUED = {
    Continuation.SAME: [
        "S",
        "and S",
        "BOTH",
        "S as well",
        "does S",
        "does S have it too",
        "do S support that",
        "the other one",
        "and the other",
        "S equivalent",
        "in S what do people do",
        "any for S",
        "for S sorry",
        "what would that look like in S",
    ],
    Continuation.COMPARES: [
        "compare it with S",
        "is it better than S",
        "how does that compare to S",
        "and in S is it easier",
        "would S be better for it",
    ],
    Continuation.MORE: ["tell me more", "more details please", "explain", "what else", "how else"],
    Continuation.ASKS: ["why", "how", "since when", "how come", "how much is it", "why is that possible"],
    Continuation.WEIGHS: [
        "which should i use",
        "which is easier to learn",
        "which one do you recommend",
        "which library then",
        "is it better",
    ],
    Continuation.POINTS: [
        "is it fast",
        "are they slow",
        "the same",
        "that one",
        "a big one",
        "how about it",
        "is it good S",
        "how long does that take",
        "how much longer does it need work",
        "forms need a very long sentence to say what is that we want",
        "it needs a very very long sentence to say what we want from you",
    ],
    Continuation.OPENS: [
        "and forms",
        "or forms",
        "what about forms",
        "how about forms",
        "what if forms break down now",
    ],
    Continuation.SHOWS: [
        "show me how on windows please",
        "can you give me an example with an integer",
        "an example with fetch would help",
    ],
    Continuation.SHORT: [
        "what is S",
        "what is a S",
        "who is S",
        "forms",
        "which one",
        "another one",
        "the last one",
        "compare with S",
        "ok",
        "forms with many fields inside",
    ],
    Continuation.NONE: [
        "one two three four five six",
        "what is the S equivalent of forms",
        "for forms what do people use in practice",
        "it needs a very very long sentence to say what we want from you now",
    ],
}


@pytest.mark.parametrize(("how", "text"), [(how, text) for how, texts in CONTINUED.items() for text in texts])
def test_how_a_message_continues_the_one_before(how: Continuation, text: str) -> None:
    words = [MARKS.get(word, word) for word in text.split()]

    assert tie(words) is how
    assert bool(tie(words)) is (how is not Continuation.NONE)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("1", "a"),
        ("3", "c"),
        ("4", None),
        ("0", None),
        ("10", None),
        ("#2", "b"),
        ("the second one", "b"),
        ("option 3", "c"),
        ("last", "c"),
        ("first please", "a"),
        ("number two", "b"),
        ("i meant the third", "c"),
        ("2 or 3", None),
        ("the second thing", None),
        ("2" + " " * 39, "b"),
        ("2" + " " * 40, None),
    ],
)
def test_a_number_or_an_ordinal_picks_a_suggestion(text: str, suggestion: str | None) -> None:
    assert picked(text, ("a", "b", "c")) == suggestion
    assert picked(text, ()) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no, i meant forms", "forms"),
        ("sorry, not tea, i meant green tea", "green tea"),
        ("actually i'm talking about forms", "forms"),
        ("my question is about forms", "forms"),
        ("rather forms", "forms"),
        ("not that, i want to know about the login", "the login"),
        ("wrong thing, i need jobs at night, not websockets", "jobs at night"),
        ("i didn't ask about languages, i asked whether it caches pages", "it caches pages"),
        ("i need jobs at night", "i need jobs at night"),
        ("what i mean", "what i mean"),
        ("i mean ", "i mean "),
    ],
)
def test_what_somebody_corrects_is_read_alone(text: str, meant: str) -> None:
    assert corrected(text) == meant


def test_words_that_begin_a_continuation_and_words_that_turn_the_side() -> None:
    assert [text for text in ("and x", "but x", "what about x", "what is x", "") if opens(text.split())] == [
        "and x",
        "but x",
        "what about x",
    ]
    assert [text for text in ("the other", "all others", "another") if other(text.split())] == [
        "the other",
        "all others",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "show me the code",
        "code please",
        "can you show me an example",
        "show me how",
        "show me the S code",
        "BOTH in code",
        "and what does that look like in code",
        "do you have a code sample for it",
    ],
)
def test_who_asks_for_nothing_but_code_is_shown_code(said: str) -> None:
    assert only_shows([MARKS.get(word, word) for word in said.split()])


@pytest.mark.parametrize(
    "said",
    [
        "show me more",
        "show me the sources",
        "explain the code",
        "write the code for me",
        "show me the code for pagination",
        "how does it work",
        "another example of a company",
        "",
    ],
)
def test_who_asks_for_something_else_is_not_shown_code(said: str) -> None:
    assert not only_shows([MARKS.get(word, word) for word in said.split()])


def test_after_code_to_be_shown_something_is_to_be_shown_code() -> None:
    said = ["show", "me", MARK_BOTH]

    assert only_shows(said, again=True)
    assert not only_shows(said)
    assert not only_shows(["show", "me", "more"], again=True)
