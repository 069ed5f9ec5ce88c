"""Mistakes in how a guide reads descriptions: clues and points that name what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.knowledge.guide_models import GuideSpec

Place = tuple[str | int, ...]
Problem = tuple[Place, str, str]
"""Where it is, what is wrong, and how to mend it."""


def problems(spec: GuideSpec) -> Iterator[Problem]:
    """Yield every mistake in the signals and clues of a guide that its schema cannot see."""
    reading = spec.reading
    used: set[str] = {*reading.project.points, *reading.project.asking}
    yield from _signals(("reading", "project"), used, spec)
    for place, clue in enumerate(reading.clues):
        named = (*clue.signals, *clue.unless)
        used.update(named)
        where: Place = ("reading", "clues", place)
        yield from _signals(where, named, spec)
        yield from _options(where, ((key, (option,)) for key, option in clue.says.items()), spec)
        yield from _options(where, clue.given.items(), spec)
        if not (clue.signals or clue.given):
            yield where, "this clue always holds", "Name signals, or what must have been read before (`given:`)."
    for name, signal in reading.signals.items():
        at: Place = ("reading", "signals", name)
        if name not in used:
            yield at, f"no clue uses the signal `{name}`", "Use it in a clue, or remove it."
        if not (signal.words or signal.series):
            yield at, f"the signal `{name}` has no words", "Write some, or remove it."


def _signals(at: Place, names: Iterable[str], spec: GuideSpec) -> Iterator[Problem]:
    for name in sorted(set(names) - spec.reading.signals.keys()):
        yield at, f"there is no signal `{name}`", "Add it under `signals:`, or name one that is there."


def _options(at: Place, answers: Iterable[tuple[str, Iterable[str]]], spec: GuideSpec) -> Iterator[Problem]:
    options = {question.id: question.by_id for question in spec.questions}
    for question, named in answers:
        if question not in options:
            yield at, f"there is no question `{question}`", "Use one of " + ", ".join(options) + "."
            continue
        for option in [option for option in named if option not in options[question]]:
            yield at, f"`{question}` has no option `{option}`", "Use one of " + ", ".join(options[question]) + "."
