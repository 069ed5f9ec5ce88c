"""Signs that a message is about something the knowledge base cannot know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.matching.normalising import Message, plain

_TERM = re.compile(r"[^\W_]+(?:\+\+|#)?")
_MARKS = re.compile(r"[_(=.:]|--")
_CODE = re.compile(r"\w+(?:_\w+)+|\w+(?:\.\w+)*\(\)?|\w+\.\w+\.\w+|\w+::\w+|--\w+|\w+=\w+")


@dataclass(frozen=True, slots=True)
class Strange:
    """What a message names that is not of the knowledge base."""

    products: int = 0
    """Names of other products."""
    code: int = 0
    """Pieces of code with words that the knowledge base does not have."""


class Scope:
    """Recognises the signs, other products and pieces of code in a message."""

    def __init__(self, knowledge: Knowledge, knows: Callable[[str], bool]) -> None:
        signs = [(sign, group.id) for group in knowledge.out_of_scope for sign in group.signs]
        self._signs = _Runs(signs)
        self._products = _Runs([(product, product) for product in knowledge.vocabulary.products])
        self._knows = knows

    def sign(self, message: Message) -> str | None:
        """Return the out-of-scope group whose sign the message shows."""
        return next(iter(self._signs.found(_terms(f"{message.text} {message.code}"))), None)

    def strange(self, message: Message) -> Strange:
        """Return which other products and unknown pieces of code the message names."""
        pieces = _CODE.findall(message.text) if _MARKS.search(message.text) else ()
        code = {piece for piece in pieces if not all(map(self._knows, _TERM.findall(piece)))}
        return Strange(len(set(self._products.found(_terms(message.text)))), len(code))


class _Runs:
    """Runs of words, each with what it stands for."""

    def __init__(self, runs: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for text, meaning in runs:
            terms = _terms(plain(text))
            if terms:
                self._by_first.setdefault(terms[0], []).append((terms, meaning))

    def found(self, terms: list[str]) -> Iterable[str]:
        """Return what the runs in these words stand for, from the left."""
        for place, term in enumerate(terms):
            for run, meaning in self._by_first.get(term, ()):
                if terms[place : place + len(run)] == run:
                    yield meaning


def _terms(text: str) -> list[str]:
    """Return the words of a text that is plain already."""
    return _TERM.findall(text.replace("'", ""))
