"""What an author wants to see of a guide as a whole: every path walked, what is wrong with it, and a picture of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.guide.compiled_guide import EITHER, NEITHER, CompiledGuide, Facts, State
from bot.guide.results import Reasons, outcome, score
from bot.guide.transitions import next_question
from bot.knowledge.guide_models import Exit, GuideSpec, Option, Question
from bot.knowledge.guide_phrases import When


@dataclass(frozen=True, slots=True)
class Walk:
    """What lies behind a situation, with every option taken equally often."""

    shares: Mapping[str, float]
    mean: float
    longest: int


@dataclass
class PathWalker:
    """Walks the paths of one guide and remembers what it saw."""

    guide: CompiledGuide
    reasons: Reasons
    asked: set[str] = field(default_factory=set)
    exits: set[str] = field(default_factory=set)
    unexplained: list[str] = field(default_factory=list)
    _seen: dict[object, Walk] = field(default_factory=dict)
    _deciding: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many situations were told apart."""
        return len(self._seen)

    def walk(self, state: State | None = None) -> Walk:
        """Return what lies behind a situation; behind the beginning by default."""
        state = state or State()
        facts = self.guide.facts(state)
        key = self._key(state, facts)
        if key not in self._seen:
            question = next_question(self.guide, state)
            self._seen[key] = self._fork(state, question) if question else self._end(facts)
        return self._seen[key]

    def idle(self) -> list[str]:
        """Return the questions whose answers never made a difference, though they were asked."""
        return [key for key in self.guide.questions if key in self.asked and key not in self._deciding]

    def _fork(self, state: State, question: Question) -> Walk:
        behind = [self.walk(state.answered(question.id, option.id)) for option in question.options]
        self.asked.add(question.id)
        if any(branch.shares != behind[0].shares for branch in behind):
            self._deciding.add(question.id)
        total: Counter[str] = Counter()
        for branch in behind:
            for result, share in branch.shares.items():
                total[result] += share / len(behind)  # type: ignore[assignment]  # a Counter adds fractions as well
        mean = 1 + sum(branch.mean for branch in behind) / len(behind)
        return Walk(dict(total), mean, 1 + max(branch.longest for branch in behind))

    def _end(self, facts: Facts) -> Walk:
        result = outcome(self.guide, facts)
        if result.exit_:
            self.exits.add(result.exit_.id)
        if not self.reasons.favouring(result, facts):
            self.unexplained.append(f"there is no reason for {result.result!r} after {self._told(facts)}")
        return Walk({result.result: 1.0}, 0, 0)

    def _told(self, facts: Facts) -> str:
        return ", ".join(f"{key}={facts[key]}" for key in self.guide.questions if key in facts)

    def _key(self, state: State, facts: Facts) -> object:
        """What still tells one situation from another: the score, and what conditions will look at."""
        traits = tuple((q.id, self._traits[q.id, option.id]) for q, option in self.guide.taken(facts))
        return score(self.guide, facts), len(state.answers), traits

    @cached_property
    def _traits(self) -> Mapping[tuple[str, str], tuple[object, ...]]:
        lines = [(key, options) for when in _conditions(self.guide) for key, options in when.items()]
        return {(q.id, o.id): self._trait(q, o, lines) for q in self.guide.spec.questions for o in q.options}

    @staticmethod
    def _trait(question: Question, option: Option, lines: list[tuple[str, tuple[str, ...]]]) -> tuple[object, ...]:
        """Options that no condition tells apart are alike, apart from their points, which are in the score."""
        seen = tuple(option.id in options for key, options in lines if key == question.id)
        return (*seen, option.stop, option.id if option.cases else "")


def _conditions(guide: CompiledGuide) -> list[When]:
    """Return every condition that steers a path."""
    spec = guide.spec
    found = [question.needs for question in spec.questions]
    found += [when for question in spec.questions for when in question.ask_if]
    found += [skip.when for question in spec.questions for skip in question.skip_if]
    found += [case.when for question in spec.questions for option in question.options for case in option.cases]
    return found + [sign.when for exit_ in spec.exits for sign in exit_.signs]


_LINE = 300
"""The longest sentence about a flip that still reads well on every platform."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What a walk over every path has found. Shares and means hold where every option is taken equally often."""

    shares: Mapping[str, float]
    """Result to share of the paths, 0 to 1."""
    mean: float
    """Questions on a path."""
    longest: int
    states: int
    """Situations that were told apart."""
    failures: tuple[str, ...]
    """What has to be mended; a sentence each."""

    @property
    def ok(self) -> bool:
        """Whether nothing has to be mended."""
        return not self.failures


def audit(guide: CompiledGuide, reasons: Reasons) -> Audit:
    """Walk every path and hold the guide against its own floors."""
    paths = PathWalker(guide, reasons)
    walked = paths.walk()
    failures = [
        *_unreached(guide, paths, walked),
        *(f"the question {key!r} never matters: its answers lead to the same results" for key in paths.idle()),
        *paths.unexplained,
        *_long(guide.spec),
        *_floors(guide.spec, walked),
    ]
    return Audit(walked.shares, walked.mean, walked.longest, paths.count, tuple(failures))


def _unreached(guide: CompiledGuide, paths: PathWalker, walked: Walk) -> list[str]:
    results = [result for result in (*guide.sides, EITHER, NEITHER) if result != NEITHER or guide.spec.exits]
    missed = [f"no path leads to the result {result!r}" for result in results if not walked.shares.get(result)]
    exits = [exit_.id for exit_ in guide.spec.exits if exit_.id not in paths.exits and not _read_only(guide, exit_.id)]
    missed += [f"no path takes the exit {exit_!r}" for exit_ in exits]
    reached = paths.asked
    return missed + [f"the question {key!r} is never asked" for key in guide.questions if key not in reached]


def _read_only(guide: CompiledGuide, exit_: str) -> bool:
    """Whether an exit needs a circumstance, which only a description or a button can bring in."""
    signs = next(each.signs for each in guide.spec.exits if each.id == exit_)
    return any(key in guide.chips for sign in signs for key in sign.when)


def _long(spec: GuideSpec) -> list[str]:
    labels = [option.label for question in spec.questions for option in question.options]
    longest = max(map(len, labels)) + max(len(question.ask) for question in spec.questions)
    names = max(len(name) for name in (spec.either, spec.neither))
    return [f"a line on what would change a result can have {longest} characters"] if longest + names > _LINE else []


def _floors(spec: GuideSpec, walked: Walk) -> list[str]:
    low = [
        f"{result!r} is the result of {walked.shares.get(result, 0):.1%} of the paths, less than {floor:.1%}"
        for result, floor in spec.floors.share.items()
        if walked.shares.get(result, 0) < floor
    ]
    if walked.mean > spec.floors.mean:
        low.append(f"a path has {walked.mean:.2f} questions on average, more than {spec.floors.mean:g}")
    if walked.longest > spec.engine.most:
        low.append(f"a path has {walked.longest} questions, more than {spec.engine.most}")
    return low


def diagram(guide: CompiledGuide, names: dict[str, str]) -> str:
    """Return a Mermaid flow chart: questions with their points, conditions between them, and the results.

    Args:
        guide: the guide.
        names: how the sides are called, by id.
    """
    lines = ["flowchart TD", '    start(["Start"])']
    lines += [_node(guide, question, names) for question in guide.spec.questions]
    lines += _chain(guide)
    lines += _arrows(guide)
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


def _arrows(guide: CompiledGuide) -> Iterator[str]:
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
