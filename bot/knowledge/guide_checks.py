"""What has to hold inside a guide: everything it names exists, nothing is there twice, and its tokens fit a button."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.knowledge.guide_models import (
    ALPHABET,
    OFF,
    ON,
    Circumstance,
    Evidence,
    GuideSpec,
    Option,
    Question,
    Weight,
    clashes,
    code_of,
)
from bot.knowledge.guide_phrases import Package, When
from bot.knowledge.models import About, Model, Source

Place = tuple[str | int, ...]
Problem = tuple[Place, str, str]
"""Where, what is wrong, how to mend it."""

_RESULTS = ("either", "neither")
_ROOM = 60 - 19
"""Characters of a token that are free for answers (two each) and circumstances (one each)."""


def guide_problems(spec: GuideSpec, about: About, sources: Collection[str] | None) -> list[Problem]:
    """Return every mistake in a guide that its schema cannot see.

    Args:
        spec: the guide.
        about: the knowledge base it belongs to; the guide decides between its first two sides.
        sources: ids of the knowledge base's own sources; None where they cannot be read, and none is missed.
    """
    sides = tuple(side.id for side in about.sides)[:2]
    known = None if sources is None else {*sources, *(source.id for source in spec.sources)}
    found: list[Problem] = [*_twice(spec), *_letters(spec), *_questions(spec), *_verdicts(spec, sides)]
    found += _reading(spec)
    for place, model in _walk(spec):
        found += [*_toward(place, model, sides), *_conditions(place, model, spec), *_sources(place, model, known)]
    return found


def _reading(spec: GuideSpec) -> Iterator[Problem]:
    """Yield every mistake in the signals and clues of a guide that its schema cannot see."""
    reading = spec.reading
    used: set[str] = {*reading.project.points, *reading.project.asking, *reading.project.built}
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


def _walk(model: Model, place: Place = ()) -> Iterator[tuple[Place, Model]]:
    """Yield every model inside a model, with its place."""
    yield place, model
    for name in type(model).model_fields:
        value = getattr(model, name)
        items: Iterable[tuple[str | int, object]] = ()
        if isinstance(value, Model):
            yield from _walk(value, (*place, name))
        elif isinstance(value, tuple):
            items = enumerate(value)
        elif isinstance(value, Mapping):
            items = value.items()
        for key, item in items:
            if isinstance(item, Model):
                yield from _walk(item, (*place, name, key))


def _twice(spec: GuideSpec) -> Iterator[Problem]:
    groups: list[tuple[Place, Iterable[Question | Option | Circumstance | Model]]] = [
        (("questions",), (*spec.questions,)),
        (("chips",), (*spec.questions, *spec.chips)),
        (("exits",), spec.exits),
        (("notes",), spec.notes),
        (("sources",), spec.sources),
        *((("questions", place, "options"), question.options) for place, question in enumerate(spec.questions)),
    ]
    for place, things in groups:
        ids = [getattr(thing, "id", "") for thing in things]
        for repeated in sorted({key for key in ids if ids.count(key) > 1}):
            yield place, f"the id `{repeated}` is there twice", "Give each a name of its own."


def _letters(spec: GuideSpec) -> Iterator[Problem]:
    groups: list[tuple[Place, tuple[Question | Option | Circumstance, ...]]] = [
        (("questions",), spec.questions),
        (("chips",), spec.chips),
        *((("questions", place, "options"), question.options) for place, question in enumerate(spec.questions)),
    ]
    for place, things in groups:
        taken = {code_of(thing) for thing in things}
        free = next(letter for letter in ALPHABET if letter not in taken)
        for code, ids in clashes(things).items():
            mend = f"Give one of them a letter of its own, such as `code: {free}`."
            yield place, f"{' and '.join(ids)} share the letter `{code}` in tokens", mend
    if 2 * len(spec.questions) + len(spec.chips) > _ROOM:
        yield ("questions",), "so many questions and circumstances do not fit a button", "Take some out."


def _questions(spec: GuideSpec) -> Iterator[Problem]:
    ids = {question.id for question in spec.questions}
    for place, question in enumerate(spec.questions):
        options = ", ".join(question.by_id)
        if question.fallback not in question.by_id:
            what = f"`{question.id}` falls back to `{question.fallback}`, which is no option of it"
            yield ("questions", place), what, f"Set `fallback:` to one of {options}."
        if question.after and question.after not in ids:
            yield ("questions", place, "after"), f"there is no question `{question.after}`", "Name one that exists."
        yield from _claimed_twice(("questions", place, "options"), question)


def _claimed_twice(place: Place, question: Question) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for index, option in enumerate(question.options):
        for phrase in (*option.words, *option.replies):
            if owner.setdefault(phrase, option.id) != option.id:
                what = f"`{phrase}` stands under `{owner[phrase]}` and under `{option.id}`"
                yield (*place, index), what, "Leave it under the one that it means."


def _verdicts(spec: GuideSpec, sides: tuple[str, ...]) -> Iterator[Problem]:
    for side in [side for side in sides if side not in spec.verdicts]:
        yield ("verdicts",), f"there is no verdict for `{side}`", f"Add `{side}:` with how it is recommended."
    for side in [side for side in spec.verdicts if side not in sides]:
        yield ("verdicts", side), f"`{side}` is not one of the sides", "Use " + " and ".join(sides) + "."
    results = {*sides, *_RESULTS}
    named = [(("notes", place, "results"), note.results) for place, note in enumerate(spec.notes)]
    for where, names in [*named, (("floors", "share"), tuple(spec.floors.share))]:
        for name in [name for name in names if name not in results]:
            yield where, f"`{name}` is no result", "Use one of " + ", ".join(sorted(results)) + "."


def _toward(place: Place, model: Model, sides: tuple[str, ...]) -> Iterator[Problem]:
    if not isinstance(model, Weight):
        return
    if model.toward and model.toward not in sides:
        yield (*place, "toward"), f"`{model.toward}` is not one of the sides", "Use " + " or ".join(sides) + "."
    if bool(model.points) != bool(model.toward):
        yield place, "points need a side, and a side needs points", "Give both `toward:` and `points:`, or neither."


def _conditions(place: Place, model: Model, spec: GuideSpec) -> Iterator[Problem]:
    options = {question.id: set(question.by_id) for question in spec.questions}
    options |= {chip.id: {ON, OFF} for chip in spec.chips}
    for name in ("when", "needs", "ask_if"):
        value: When | tuple[When, ...] = getattr(model, name, ())
        for condition in (value,) if isinstance(value, Mapping) else value:
            yield from _named((*place, name), condition, options)


def _named(place: Place, condition: When, options: Mapping[str, set[str]]) -> Iterator[Problem]:
    for key, values in condition.items():
        if key not in options:
            yield place, f"`{key}` is neither a question nor a circumstance", "Use one of " + ", ".join(options) + "."
            continue
        for value in [value for value in values if value not in options[key]]:
            mend = f"Use one of {', '.join(sorted(options[key]))}."
            yield place, f"`{key}` has no option `{value}`", mend


def _sources(place: Place, model: Model, known: set[str] | None) -> Iterator[Problem]:
    if isinstance(model, Source):
        return
    for name in ("sources", "against"):
        for index, source in enumerate(getattr(model, name, ())):
            if known is not None and isinstance(source, str) and source not in known:
                mend = "Add it to `sources:` here or in sources.yaml, or name one that is there."
                yield (*place, name, index), f"there is no source `{source}`", mend
    if isinstance(model, Evidence) and model.points and not model.sources:
        yield place, "this counts, but no source is given", "Add `sources:`; every reason needs one."


def package_problems(packages: tuple[Package, ...], guide: GuideSpec | None) -> Iterator[Problem]:
    """Yield every mistake in a list of packages: where it is, what is wrong, and how to mend it."""
    options = {question.id: question.by_id for question in guide.questions} if guide else {}
    seen: set[str] = set()
    for place, package in enumerate(packages):
        at = ("packages", place)
        for name in {package.name, *package.imports} & seen:
            yield at, f"the name `{name}` is there twice", "Keep one of the entries."
        seen |= {package.name, *package.imports}
        for question, option in package.answers.items():
            if option not in options.get(question, {}):
                yield at, f"`{question}: {option}` is no answer of the guide", "Name a question and an option of it."
