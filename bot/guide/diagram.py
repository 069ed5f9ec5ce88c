"""The guide as a Mermaid flow chart, drawn from its data."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guide.compiled_guide import CompiledGuide
from bot.knowledge.guide_models import Exit, Option, Question
from bot.knowledge.guide_phrases import When


def diagram(guide: CompiledGuide, names: dict[str, str]) -> str:
    """Return a Mermaid flow chart: questions with their points, conditions between them, and the results.

    Args:
        guide: the guide.
        names: how the sides are called, by id.
    """
    lines = ["flowchart TD", '    start(["Start"])']
    lines += [_node(guide, question, names) for question in guide.spec.questions]
    lines += _chain(guide)
    lines += _conditions(guide)
    lines += _results(guide, names)
    return "\n".join(lines) + "\n"


def _node(guide: CompiledGuide, question: Question, names: dict[str, str]) -> str:
    rows = [f"<b>{_safe(question.ask)}</b>"]
    rows += [_option(guide, option, names) for option in question.options if not option.unsure]
    return f'    {question.id}["{"<br/>".join(rows)}"]'


def _option(guide: CompiledGuide, option: Option, names: dict[str, str]) -> str:
    points = f": {names[option.toward]} +{option.points:g}" if option.toward in guide.sides and option.toward else ""
    star = "*" if option.cases else ""
    return f"{_safe(option.label)}{points}{star}{' (stop)' if option.stop else ''}"


def _chain(guide: CompiledGuide) -> Iterator[str]:
    """Draw the questions that come first, in order, then the pool of the others."""
    first = [question for question in guide.spec.questions if question.lead and not question.needs]
    previous = "start"
    for question in first:
        arrow = "-.->" if question.ask_if else "-->"
        yield f"    {previous} {arrow} {question.id}"
        previous = question.id
    pool = [question.id for question in guide.spec.questions if not question.lead]
    yield '    subgraph pool["then whichever can change most"]'
    yield from (f"    {key}" for key in pool)
    yield "    end"
    yield f"    {previous} --> pool"


def _conditions(guide: CompiledGuide) -> Iterator[str]:
    for question in guide.spec.questions:
        yield from _edges(guide, question.needs, question.id, "-->")
        for skip in question.skip_if:
            yield from _edges(guide, skip.when, question.id, "-. not needed .->")


def _edges(guide: CompiledGuide, when: When, target: str, arrow: str) -> Iterator[str]:
    for key, options in when.items():
        if key in guide.questions:
            labels = " / ".join(_safe(guide.questions[key].by_id[option].label) for option in options)
            yield f'    {key} -->|"{labels}"| {target}' if arrow == "-->" else f"    {key} {arrow} {target}"


def _results(guide: CompiledGuide, names: dict[str, str]) -> Iterator[str]:
    engine = guide.spec.engine
    for side in guide.sides:
        yield f'    pool -->|"{names[side]} ahead by {engine.lean:g} or more"| result_{side}(["{names[side]}"])'
    yield f'    pool -->|"closer than that"| result_either(["{_safe(guide.spec.either)}"])'
    for exit_ in guide.spec.exits:
        yield f'    exit_{exit_.id}(["{_safe(guide.spec.neither)}: {_safe(", ".join(exit_.names) or exit_.say)}"])'
        yield from (f"    {key} -.-> exit_{exit_.id}" for key in _askers(guide, exit_))


def _askers(guide: CompiledGuide, exit_: Exit) -> list[str]:
    """Return the questions whose answers speak for an exit, in the order of the guide."""
    keys = {key for sign in exit_.signs if sign.points > 0 for key in sign.when}
    return [question.id for question in guide.spec.questions if question.id in keys]


def _safe(text: str) -> str:
    return text.replace('"', "#quot;")
