"""From text to words."""

from __future__ import annotations

import re

from bot.matching.config import DEFAULT

MAX_WORDS = DEFAULT.limits.words

NUMBER = "0"
"""Stands for every number: which one it is says nothing about the topic."""

_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?(?:\+\+|#)?")
_VERBS = {"s": "is", "re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would"}
_BEFORE_IS = frozenset(
    {"what", "how", "who", "where", "when", "why", "that", "it", "there", "here", "he", "she", "this"}
)
_SPECIAL = re.compile(r"['0-9]")
_REPEATED = re.compile(r"(.)\1{2,}")


def words(text: str) -> list[str]:
    """Return the words of cleaned text, contractions undone, numbers made one."""
    if text.replace(" ", "").isalpha():
        return text.split()  # most texts are nothing but letters
    all_words: list[str] = _WORD.findall(text)
    if not _SPECIAL.search(text):
        return all_words
    found: list[str] = []
    for word in all_words:
        if "'" in word:
            found.extend(_contraction(word))
        else:
            found.append(NUMBER if word.isdigit() else word)
    return found


def bounded(found: list[str]) -> list[str]:
    """Return at most `MAX_WORDS` of the words: both ends of a long message."""
    return found if len(found) <= MAX_WORDS else found[:50] + found[50 - MAX_WORDS :]


def squeezed(word: str) -> str:
    """Return the word with letters that were held down written once."""
    return _REPEATED.sub(r"\1", word)


def _contraction(word: str) -> list[str]:
    if word.endswith("n't"):
        return ["can" if word == "can't" else word[:-3], "not"]
    stem, _, ending = word.partition("'")
    if ending == "s" and stem not in _BEFORE_IS:
        return [stem]
    return [stem, _VERBS.get(ending, ending)]
