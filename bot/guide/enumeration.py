"""Lists in running text: "rooms, guests, late fees and staff" says that there are four kinds of things."""

from __future__ import annotations

from collections.abc import Sequence

from bot.guide.phrases import BREAK

_BETWEEN = frozenset({",", "and", "or", "+"})
_SHORT = 3
"""Words of an item at most."""


def longest_row(words: Sequence[str]) -> set[str]:
    """Return the items of the longest row of short items in plain words; a single item is a row as well."""
    longest: list[str] = []
    row: list[str] = []
    item: list[str] = []
    for word in (*words, BREAK):
        if word not in _BETWEEN and word != BREAK:
            item.append(word)
            continue
        if item:
            row = [] if len(item) > _SHORT else [*row, " ".join(item)]
        longest = max(longest, row, key=len)
        item = []
        if word == BREAK:
            row = []
    return set(longest)
