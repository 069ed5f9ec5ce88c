"""Texts and phrases as plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable

BREAK = "|"
"""Stands between clauses in plain words."""

_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED)} | {"twenty": "20", "thirty": "30", "dozen": "12"}
_TURNS = "but|never|no|nobody|none|nor|not|without"
GAP_ENDS = frozenset(_TURNS.split("|"))
"""Words that a phrase does not reach across."""
_ENDS = re.compile(r"(?<![.!?;:\n])[.!?;:\n]+(?=\s|$)|\s[-\u2013\u2014]+\s|\u2014")
"""The end of a clause. A run of stops is tried once, from its beginning: else it would take its square in steps."""
_PAUSE = re.compile(r"[,()\[\]]+")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019`](?=\w)")
_NOT = re.compile(r"\b(do|does|did|is|are|was|were|have|has|would|should) not\b")
_OTHER = re.compile(r"[^\w|,+#]+")


def plain_words(text: str) -> str:
    """Return a text as lower-case words with single spaces around each; clauses end with `BREAK`."""
    text = _APOSTROPHE.sub("", text.lower().replace(BREAK, " "))
    text = _NOT.sub(r"\1nt", text.replace("can not", "cannot"))
    text = _PAUSE.sub(" , ", _ENDS.sub(f" {BREAK} ", text))
    words = _OTHER.sub(" ", text).split()
    return f" {' '.join(_NUMBERS.get(word, word) for word in words)} "


def plain_word(word: str) -> str:
    """Return one word of a phrase as it stands in plain words: a counted number as digits."""
    return _NUMBERS.get(word, word)


def vocabulary(patterns: Iterable[str]) -> frozenset[str]:
    """Return the whole words that phrases are made of."""
    words = (
        word for pattern in patterns for part in pattern.lower().replace("-", " ").split() for word in part.split("|")
    )
    return frozenset(word.lstrip("?") for word in words if word.lstrip("?").isalpha())
