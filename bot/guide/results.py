"""From answers to points and a result, and why it came out: reasons for and against, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.guide.compiled_guide import EITHER, NEITHER, CompiledGuide, Facts, holds, possible
from bot.knowledge import GuideSpec, Knowledge
from bot.knowledge.guide_models import ON, Caveat, Exit, Option, Question
from bot.knowledge.models import Source
from bot.replies import Flip, OpenPoint, Reason, SourceLine, Strength


@dataclass(frozen=True, slots=True)
class Contribution:
    """One piece of evidence that counts."""

    key: str
    """The question or circumstance it comes from."""
    label: str
    amount: float
    """Signed points: negative for the first side."""
    why: str
    sources: tuple[str, ...]


def contributions(guide: CompiledGuide, facts: Facts) -> Iterator[Contribution]:
    """Yield what every answer and every circumstance says, in the order of the guide."""
    for question, option in guide.taken(facts):
        case = guide.case(option, facts)
        why = case.why if case and case.why else option.why
        yield Contribution(
            question.id, guide.in_short(question.id, option.id), guide.weight(option, facts), why, option.sources
        )
    for chip in guide.spec.chips:
        if facts[chip.id] == ON:
            case = guide.case(chip, facts)
            why = case.why if case and case.why else chip.why
            yield Contribution(chip.id, chip.label, guide.weight(chip, facts), why, chip.sources)


def implied(guide: CompiledGuide, facts: Facts) -> float:
    """Return what follows from questions that were not needed."""
    return sum(
        guide.amount(skip)
        for question in guide.spec.questions
        if question.id not in facts
        for skip in question.skip_if
        if holds(skip.when, facts)
    )


def score(guide: CompiledGuide, facts: Facts) -> float:
    """Return the score: negative speaks for the first side, positive for the second."""
    answers = sum(guide.weight(option, facts) for _, option in guide.taken(facts))
    chips = sum(guide.weight(chip, facts) for chip in guide.spec.chips if facts[chip.id] == ON)
    return round(answers + chips + implied(guide, facts), 3)


def exit_strength(guide: CompiledGuide, exit_: Exit, facts: Facts) -> float:
    """Return how many points speak for this exit."""
    total = 0.0
    for lines, points in guide.signs[exit_.id]:
        for key, options in lines:
            if facts.get(key) not in options:
                break
        else:
            total += points
    return total


def taken_exit(guide: CompiledGuide, facts: Facts) -> Exit | None:
    """Return the exit that is taken: the one furthest over its mark."""
    over = [
        (exit_strength(guide, exit_, facts) - exit_.at, -place, exit_) for place, exit_ in enumerate(guide.spec.exits)
    ]
    best = max(over, default=None)
    return best[2] if best and best[0] >= 0 else None


def exit_is_certain(guide: CompiledGuide, facts: Facts) -> bool:
    """Return whether an exit is so clear that nothing more needs to be asked."""
    return any(exit_strength(guide, exit_, facts) >= exit_.stop_at for exit_ in guide.spec.exits)


def exits_are_undecided(guide: CompiledGuide, facts: Facts) -> bool:
    """Return whether answers that are still missing could open or close an exit."""
    waiting = {question.id for question in guide.open_questions(facts)}
    return any(_could_turn(guide, exit_, facts, waiting) for exit_ in guide.spec.exits)


def _could_turn(guide: CompiledGuide, exit_: Exit, facts: Facts, waiting: set[str]) -> bool:
    now = exit_strength(guide, exit_, facts)
    pending = [
        sign.points
        for sign in exit_.signs
        if not holds(sign.when, facts) and possible(sign.when, facts) and (sign.when.keys() - facts.keys()) <= waiting
    ]
    if now >= exit_.at:
        return now + sum(points for points in pending if points < 0) < exit_.at
    return now + sum(points for points in pending if points > 0) >= exit_.at


@dataclass(frozen=True, slots=True)
class Result:
    """A result: a side's id, "either" or "neither", and how far to trust it."""

    result: str
    strength: Strength
    score: float
    exit_: Exit | None = None


def winner(guide: CompiledGuide, points: float) -> str:
    """Return the side that a score speaks for, or "either"."""
    if abs(points) < guide.spec.engine.lean:
        return EITHER
    return guide.sides[1] if points > 0 else guide.sides[0]


def outcome(guide: CompiledGuide, facts: Facts) -> Result:
    """Return the result for what is known, whether or not everything was asked."""
    points = score(guide, facts)
    exit_ = taken_exit(guide, facts)
    if exit_ is not None:
        sure = exit_strength(guide, exit_, facts) >= exit_.stop_at
        return Result(NEITHER, Strength.CLEAR if sure else Strength.LEANING, points, exit_)
    return by_points(guide, points)


def by_points(guide: CompiledGuide, points: float) -> Result:
    """Return the result that a score stands for, where no exit is taken."""
    result = winner(guide, points)
    if result == EITHER:
        return Result(result, Strength.TIE, points)
    return Result(result, Strength.CLEAR if abs(points) >= guide.spec.engine.clear else Strength.LEANING, points)


def result_name(guide: CompiledGuide, side_names: Mapping[str, str], result: str) -> str:
    """Return how a result is called."""
    return {EITHER: guide.spec.either, NEITHER: guide.spec.neither}.get(result) or side_names[result]


def named(guide: CompiledGuide, result: Result, side_names: Mapping[str, str]) -> str:
    """Return how a result is called inside a sentence."""
    return in_sentence(result.result, result_name(guide, side_names, result.result))


def in_sentence(result: str, name: str) -> str:
    """Return the name of a result as it stands inside a sentence: "Django", "a tie", "neither"."""
    return "a tie" if result == EITHER else name[:1].lower() + name[1:] if result == NEITHER else name


def flips(guide: CompiledGuide, facts: Facts, names: dict[str, str]) -> tuple[Flip, ...]:
    """Return every change of one definite answer that leads to another result, the smallest change first."""
    now = outcome(guide, facts)
    found = [
        _flip(question, option, result_name(guide, names, then.result), then, now)
        for question, taken in guide.taken(facts)
        if not taken.unsure
        for option in question.options
        if option is not taken and not option.unsure
        for then in [outcome(guide, guide.supposing(facts, question.id, option.id))]
        if then.result != now.result
    ]
    return tuple(sorted(found, key=lambda flip: abs(flip.change)))


def _flip(question: Question, option: Option, name: str, then: Result, now: Result) -> Flip:
    change = round(then.score - now.score, 3)
    return Flip(question.id, question.ask, option.id, option.label, then.result, name, change)


def open_points(guide: CompiledGuide, facts: Facts) -> tuple[OpenPoint, ...]:
    """Return what nobody knew, and what was not asked though it could change the result."""
    now = outcome(guide, facts).result
    unsure = {question.id for question, option in guide.taken(facts) if option.unsure}
    points = []
    for question in guide.spec.questions:
        if question.id in unsure or (question.id not in facts and guide.applies(question, facts)):
            turns = any(_result(guide, facts, question.id, o.id) != now for o in question.options)
            if turns or question.id in unsure:
                points.append(OpenPoint(question.id, question.ask, turns))
    return tuple(points)


def _result(guide: CompiledGuide, facts: Facts, question: str, option: str) -> str:
    return outcome(guide, guide.supposing(facts, question, option)).result


@dataclass(frozen=True)
class SourceLookup:
    """Looks sources up in the guide and in its knowledge base."""

    spec: GuideSpec
    knowledge: Knowledge

    def lines(self, ids: Iterable[str]) -> tuple[SourceLine, ...]:
        """Return the sources with these ids, in order; unknown ones are left out."""
        own = {source.id: source for source in self.spec.sources}
        found = [own.get(key) or self.knowledge.sources.get(key) for key in ids]
        return tuple(_line(source) for source in found if source)

    def pair(self, ids: tuple[str, ...]) -> tuple[tuple[SourceLine, ...], bool]:
        """Return the sources, and whether the article is one of them."""
        return self.lines(ids), self.knowledge.about.article in ids


def _line(source: Source) -> SourceLine:
    url = str(source.url) if source.url else None
    return SourceLine(source.title, source.kind, None, url, source.checked, source.reference)


_MOST = 3
NOTHING_SPEAKS = "None of your answers tips the balance."


@dataclass(frozen=True)
class Reasons:
    """Finds the reasons for and against a result."""

    guide: CompiledGuide
    lookup: SourceLookup

    def favouring(self, result: Result, facts: Facts) -> tuple[Reason, ...]:
        """Return up to three reasons for a result, the strongest first; at least one."""
        if result.exit_ is not None:
            return self._signs(result.exit_, facts)[:_MOST]
        found = sorted(contributions(self.guide, facts), key=lambda c: -abs(c.amount))
        if result.result == EITHER:
            return self._for_tie(found)
        side = self._direction(result.result)
        chosen = [c for c in found if c.amount * side > 0][:_MOST]
        plain = Reason(self.guide.spec.verdicts[result.result].leaning, result.result, 0, "", (), from_article=False)
        return tuple(map(self._reason, chosen)) or (plain,)

    def opposing(self, result: Result, facts: Facts) -> Reason:
        """Return the strongest thing against a result; where no answer is, the honest weak point of the result."""
        found = sorted(contributions(self.guide, facts), key=lambda c: -abs(c.amount))
        side = self._direction(result.result)
        against = next((c for c in found if (c.amount * side < 0 if side else c.amount)), None)
        if result.result == EITHER:
            return self._caveat(self.guide.spec.tie.caveat, None)
        if against is not None and not (result.exit_ and abs(against.amount) < 1):
            return self._reason(against)
        if result.exit_ is not None:
            return Reason(result.exit_.unless, None, 0, "", (), from_article=False)
        return self._caveat(self.guide.spec.verdicts[result.result].caveat, self._other(result.result))

    def _for_tie(self, found: list[Contribution]) -> tuple[Reason, ...]:
        """One strong reason for each side, then what says that it does not matter."""
        pulls = [next((c for c in found if c.amount * way > 0), None) for way in (-1, 1)]
        even = [c for c in found if c.amount == 0 and c.sources]
        chosen = [c for c in (*pulls, *even) if c is not None][:_MOST]
        level = Reason(NOTHING_SPEAKS, None, 0, "", (), from_article=False)
        return tuple(map(self._reason, chosen)) or (level,)

    def _signs(self, exit_: Exit, facts: Facts) -> tuple[Reason, ...]:
        held = [sign for sign in exit_.signs if sign.points > 0 and sign.why and holds(sign.when, facts)]
        return tuple(
            Reason(
                sign.why or "",
                None,
                sign.points,
                self._labels(tuple(sign.when), facts),
                *self.lookup.pair(sign.sources),
            )
            for sign in sorted(held, key=lambda sign: -sign.points)
        )

    def _labels(self, keys: Iterable[str], facts: Facts) -> str:
        questions, chips = self.guide.questions, self.guide.chips
        return ", ".join(self.guide.in_short(key, facts[key]) if key in questions else chips[key].label for key in keys)

    def _reason(self, item: Contribution) -> Reason:
        side = None if item.amount == 0 else self.guide.sides[item.amount > 0]
        return Reason(item.why, side, abs(item.amount), item.label, *self.lookup.pair(item.sources))

    def _caveat(self, caveat: Caveat, side: str | None) -> Reason:
        return Reason(caveat.text, side, 0, "", *self.lookup.pair(caveat.sources))

    def _direction(self, result: str) -> int:
        return {EITHER: 0, NEITHER: 0, self.guide.sides[0]: -1}.get(result, 1)

    def _other(self, side: str) -> str:
        return self.guide.sides[side == self.guide.sides[0]]
