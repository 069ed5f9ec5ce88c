"""A walk over every path of a guide, which treats situations that cannot differ any more as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.guide.conditions import Facts
from bot.guide.course import next_question
from bot.guide.outcome import outcome
from bot.guide.plan import Plan
from bot.guide.reasons import Reasons
from bot.guide.scoring import score
from bot.guide.state import State
from bot.knowledge.guide_evidence import When
from bot.knowledge.guide_models import Option, Question


@dataclass(frozen=True, slots=True)
class Walked:
    """What lies behind a situation, with every option taken equally often."""

    shares: Mapping[str, float]
    mean: float
    longest: int


@dataclass
class Paths:
    """Walks the paths of one guide and remembers what it saw."""

    plan: Plan
    reasons: Reasons
    asked: set[str] = field(default_factory=set)
    roads: set[str] = field(default_factory=set)
    unexplained: list[str] = field(default_factory=list)
    _seen: dict[object, Walked] = field(default_factory=dict)
    _deciding: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many situations were told apart."""
        return len(self._seen)

    def walk(self, state: State | None = None) -> Walked:
        """Return what lies behind a situation; behind the beginning by default."""
        state = state or State()
        facts = self.plan.facts(state)
        key = self._key(state, facts)
        if key not in self._seen:
            question = next_question(self.plan, state)
            self._seen[key] = self._fork(state, question) if question else self._end(facts)
        return self._seen[key]

    def idle(self) -> list[str]:
        """Return the questions whose answers never made a difference, though they were asked."""
        return [key for key in self.plan.questions if key in self.asked and key not in self._deciding]

    def _fork(self, state: State, question: Question) -> Walked:
        behind = [self.walk(state.answered(question.id, option.id)) for option in question.options]
        self.asked.add(question.id)
        if any(branch.shares != behind[0].shares for branch in behind):
            self._deciding.add(question.id)
        total: Counter[str] = Counter()
        for branch in behind:
            for result, share in branch.shares.items():
                total[result] += share / len(behind)  # type: ignore[assignment]  # a Counter adds fractions as well
        mean = 1 + sum(branch.mean for branch in behind) / len(behind)
        return Walked(dict(total), mean, 1 + max(branch.longest for branch in behind))

    def _end(self, facts: Facts) -> Walked:
        result = outcome(self.plan, facts)
        if result.road:
            self.roads.add(result.road.id)
        if not self.reasons.favouring(result, facts):
            self.unexplained.append(f"there is no reason for {result.result!r} after {self._told(facts)}")
        return Walked({result.result: 1.0}, 0, 0)

    def _told(self, facts: Facts) -> str:
        return ", ".join(f"{key}={facts[key]}" for key in self.plan.questions if key in facts)

    def _key(self, state: State, facts: Facts) -> object:
        """What still tells one situation from another: the score, and what conditions will look at."""
        traits = tuple((q.id, self._traits[q.id, option.id]) for q, option in self.plan.taken(facts))
        return score(self.plan, facts), len(state.answers), traits

    @cached_property
    def _traits(self) -> Mapping[tuple[str, str], tuple[object, ...]]:
        lines = [(key, options) for when in _conditions(self.plan) for key, options in when.items()]
        return {(q.id, o.id): self._trait(q, o, lines) for q in self.plan.spec.questions for o in q.options}

    @staticmethod
    def _trait(question: Question, option: Option, lines: list[tuple[str, tuple[str, ...]]]) -> tuple[object, ...]:
        """Options that no condition tells apart are alike, apart from their points, which are in the score."""
        seen = tuple(option.id in options for key, options in lines if key == question.id)
        return (*seen, option.stop, option.id if option.cases else "")


def _conditions(plan: Plan) -> list[When]:
    """Return every condition that steers a path."""
    spec = plan.spec
    found = [question.needs for question in spec.questions]
    found += [when for question in spec.questions for when in question.ask_if]
    found += [skip.when for question in spec.questions for skip in question.skip_if]
    found += [case.when for question in spec.questions for option in question.options for case in option.cases]
    return found + [sign.when for road in spec.exits for sign in road.signs]
