"""Signs that a message is about something the knowledge base cannot know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.knowledge import Knowledge
from bot.matching.message import Message, plain

_TERM = re.compile(r"[^\W_]+(?:\+\+|#)?")


class Signs(NamedTuple):
    """What a message shows of things that the knowledge base cannot know."""

    group: str | None
    """The out-of-scope group that it shows a sign of."""
    products: frozenset[str]
    """The other products that it names, in lower case."""


class OutOfScopeSigns:
    """Recognises the signs and the names of other products in a message."""

    def __init__(self, knowledge: Knowledge) -> None:
        signs = [(sign, group.id) for group in knowledge.out_of_scope for sign in group.signs]
        self._signs = _Runs(signs)
        self._products = _Runs([(product, plain(product)) for product in knowledge.vocabulary.products])

    def signs(self, message: Message) -> Signs:
        """Return what the message shows of either."""
        terms = _terms(message.whole or message.text)
        group = next(self._signs.found([*terms, *_terms(message.code)] if message.code else terms), None)
        return Signs(group, frozenset(self._products.found(terms)))


class _Runs:
    """Runs of words, each with what it stands for."""

    def __init__(self, runs: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for text, meaning in runs:
            terms = _terms(plain(text))
            if terms:
                self._by_first.setdefault(terms[0], []).append((terms, meaning))

    def found(self, terms: list[str]) -> Iterator[str]:
        """Return what the runs in these words stand for, from the left."""
        if self._by_first.keys().isdisjoint(terms):
            return
        for place, term in enumerate(terms):
            for run, meaning in self._by_first.get(term, ()):
                if terms[place : place + len(run)] == run:
                    yield meaning


def _terms(text: str) -> list[str]:
    """Return the words of a text that is plain already."""
    return _TERM.findall(text.replace("'", ""))
