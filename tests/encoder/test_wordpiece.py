"""How texts are cut into the pieces that the model knows."""

from __future__ import annotations

import pytest

from adapters.encoder.encoder import WordPiece

PIECES = ["[CLS]", "[SEP]", "[UNK]", "cafe", "run", "##ning", "##s", "'", "t", "don", "?", "日", "本"]
START, END, UNKNOWN, CAFE, RUN, NING, S, APOSTROPHE, T, DON, QUESTION, SUN, BOOK = range(len(PIECES))


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("run", [RUN]),
        ("running runs", [RUN, NING, RUN, S]),
        ("Café?", [CAFE, QUESTION]),
        ("don't", [DON, APOSTROPHE, T]),
        ("日本", [SUN, BOOK]),
        ("runx run", [UNKNOWN, RUN]),
        ("run\u200bs\x07 \t\n", [RUN, S]),
        ("x" * 500, [UNKNOWN]),
        ("", []),
    ],
)
def test_a_text_becomes_the_longest_pieces_between_two_marks(text: str, inner: list[int]) -> None:
    assert WordPiece(PIECES).encode(text) == [START, *inner, END]


def test_a_long_text_is_cut_to_128_pieces() -> None:
    assert WordPiece(PIECES).encode("run " * 1000) == [START, *[RUN] * 126, END]


def test_a_word_is_known_if_it_is_one_piece() -> None:
    pieces = WordPiece(PIECES)

    assert pieces.knows("run")
    assert not pieces.knows("running")


def test_a_text_that_just_fits_is_whole() -> None:
    assert WordPiece(PIECES).encode("run " * 126) == [START, *[RUN] * 126, END]
