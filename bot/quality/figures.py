"""Figures of a measurement against the least, or the most, that they may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def below(figures: Mapping[str, float], floors: Mapping[str, float], ceilings: Collection[str]) -> list[str]:
    """Return a sentence for each figure that is under its floor, or over it where it counts mistakes.

    Args:
        figures: what was measured, as shares of 1, by name.
        floors: what is needed; one without a figure was not measured, and says nothing.
        ceilings: the names of those that count mistakes: less is better.
    """
    return [
        f"{name} is {value:.1%}, {'at most' if name in ceilings else 'at least'} {floor:.1%} is needed"
        for name, floor in floors.items()
        if (value := figures.get(name)) is not None and (value > floor if name in ceilings else value < floor)
    ]
