"""WordPiece: cuts a text into the pieces of words that the model knows by number.

The rules are those of BERT's uncased tokenizer. They are few enough to stand here, and the usual library for them would
bring an HTTP client along.
"""

from __future__ import annotations

import json
import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

LONGEST_WORD = 100
"""Characters from which a word is unknown without looking."""
LONGEST_TEXT = 128
"""Pieces of a text that are read, the two marks around it included."""
START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_IDEOGRAPHS = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ceaf\U0002f800-\U0002fa1f]")


def read_pieces(tokenizer: Path) -> list[str]:
    """Return all pieces of a `tokenizer.json`, in the order of their numbers."""
    numbers: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(numbers, key=numbers.__getitem__)


class WordPiece:
    """Turns texts into numbers."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._start, self._end, self._unknown = (self._numbers[mark] for mark in (START, END, UNKNOWN))
        self._cut = lru_cache(maxsize=20_000)(self._cut_anew)

    def knows(self, word: str) -> bool:
        """Return whether a word, in lower case, is one piece."""
        return word in self._numbers

    def encode(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces between the marks for its start and end; what is too long is cut."""
        found = [self._start]
        for word in _words(text):
            found += self._cut(word)
            if len(found) >= LONGEST_TEXT:
                break
        return [*found[: LONGEST_TEXT - 1], self._end]

    def _cut_anew(self, word: str) -> tuple[int, ...]:
        """Return the longest pieces that make up a word, from the left."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        begin = 0
        while begin < len(word):
            mark = "##" if begin else ""
            ends = range(len(word), begin, -1)
            end = next((end for end in ends if mark + word[begin:end] in self._numbers), None)
            if end is None:
                return (self._unknown,)
            found.append(self._numbers[mark + word[begin:end]])
            begin = end
        return tuple(found)


def _words(text: str) -> Iterator[str]:
    """Yield words and single punctuation marks, in lower case and without accents."""
    spaced = _IDEOGRAPHS.sub(r" \g<0> ", "".join(map(_cleaned, text)))
    bare = "".join(char for char in unicodedata.normalize("NFD", spaced) if unicodedata.category(char) != "Mn")
    for word in bare.lower().split():
        begin = 0
        for place, char in enumerate(word):
            if _is_punctuation(char):
                if begin < place:
                    yield word[begin:place]
                yield char
                begin = place + 1
        if begin < len(word):
            yield word[begin:]


def _cleaned(char: str) -> str:
    if char in "\t\n\r":
        return " "
    return "" if char in "\0\ufffd" or unicodedata.category(char)[0] == "C" else char


def _is_punctuation(char: str) -> bool:
    return char in string.punctuation or unicodedata.category(char)[0] == "P"
