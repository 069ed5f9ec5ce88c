"""A guide made ready to be stepped through, and where a person stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from bot.knowledge.guide_models import OFF, ON, Case, Circumstance, Evidence, GuideSpec, Option, Question, Weight
from bot.replies import Given

Facts = Mapping[str, str]
"""What is known: a question's or a circumstance's id, and the option that was taken ("on", "off")."""

Condition = Mapping[str, tuple[str, ...]]

Sign = tuple[tuple[tuple[str, tuple[str, ...]], ...], float]
"""The lines of a condition, and the points where they all hold."""

EITHER = "either"
NEITHER = "neither"


class Phase(StrEnum):
    """What the person sees."""

    REVIEW = "r"
    """What was read in a description waits to be confirmed."""
    ASKING = "a"
    DONE = "d"
    """The result was shown; changes go back to it."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything the guide knows about one run."""

    answers: tuple[tuple[str, str], ...] = ()
    """Questions and options, in the order in which they were answered."""
    read: int = 0
    """How many of the first answers were read in a description instead of asked."""
    chips: tuple[str, ...] = ()
    phase: Phase = Phase.ASKING
    pending: str | None = None
    """A question that is asked again on purpose."""
    owner: str = ""
    """The mark of the person who may press; empty for anybody."""
    team: str = ""
    """The team choice that the result counts in; empty where a person chooses alone."""

    @property
    def empty(self) -> bool:
        """Whether nothing is known: no answer, no circumstance."""
        return not (self.answers or self.chips)

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that were asked, in order."""
        return tuple(question for question, _ in self.answers[self.read :])

    def has(self, question: str) -> bool:
        """Whether the question has an answer."""
        return any(answered == question for answered, _ in self.answers)

    def option(self, question: str) -> str | None:
        """The option that was taken at a question."""
        return dict(self.answers).get(question)

    def without(self, question: str) -> State:
        """Forget the answer to one question."""
        kept = tuple(pair for pair in self.answers if pair[0] != question)
        read = sum(1 for answered, _ in self.answers[: self.read] if answered != question)
        return replace(self, answers=kept, read=read)

    def answered(self, question: str, option: str) -> State:
        """Take an answer; it becomes the latest one."""
        fresh = self.without(question)
        return replace(fresh, answers=(*fresh.answers, (question, option)), pending=None)

    def with_read(self, understood: tuple[tuple[str, str], ...]) -> State:
        """Put answers that were read in a description before the others, where nobody answered yet."""
        new = tuple((question, option) for question, option in understood if not self.has(question))
        return replace(
            self, answers=(*self.answers[: self.read], *new, *self.answers[self.read :]), read=self.read + len(new)
        )

    def toggled(self, chip: str) -> State:
        """Put a circumstance on, or take it off."""
        on = chip in self.chips
        return replace(self, chips=tuple(c for c in self.chips if c != chip) if on else (*self.chips, chip))


def holds(condition: Condition, facts: Facts) -> bool:
    """Return whether every line of the condition is known to be so."""
    for key, options in condition.items():  # noqa: SIM110  # a loop is twice as fast as all(), and this runs most
        if facts.get(key) not in options:
            return False
    return True


def any_holds(conditions: Iterable[Condition], facts: Facts) -> bool:
    """Return whether one of the conditions holds."""
    return any(holds(condition, facts) for condition in conditions)


def possible(condition: Condition, facts: Facts) -> bool:
    """Return whether nothing that is known speaks against the condition."""
    return all(key not in facts or facts[key] in options for key, options in condition.items())


@dataclass(frozen=True)
class CompiledGuide:
    """A guide and the two sides it decides between; the first counts as negative, the second as positive."""

    spec: GuideSpec
    sides: tuple[str, str]
    memory: dict[object, dict[int, float]] = field(default_factory=dict, compare=False)
    """Look-aheads that were computed before."""

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions by id."""
        return {question.id: question for question in self.spec.questions}

    @cached_property
    def chips(self) -> Mapping[str, Circumstance]:
        """The circumstances by id."""
        return {chip.id: chip for chip in self.spec.chips}

    @cached_property
    def signs(self) -> Mapping[str, tuple[Sign, ...]]:
        """The signs of every exit to "neither", flat, because they are looked at for every thinkable change."""
        exits = self.spec.exits
        return {exit_.id: tuple((tuple(sign.when.items()), sign.points) for sign in exit_.signs) for exit_ in exits}

    @cached_property
    def _needy(self) -> tuple[Question, ...]:
        return tuple(question for question in self.spec.questions if question.needs)

    @cached_property
    def _all_off(self) -> Mapping[str, str]:
        return dict.fromkeys(self.chips, OFF)

    def in_short(self, question: str, option: str) -> str:
        """Return an answer in a few words, to be said inside a sentence."""
        chosen = self.questions[question].by_id[option]
        return chosen.in_short or chosen.label[:1].lower() + chosen.label[1:]

    def facts(self, state: State) -> Facts:
        """Return what a state knows: answers to questions that still apply, and circumstances."""
        given = dict(state.answers)
        facts = {**self._all_off, **dict.fromkeys(state.chips, ON)}
        return facts | {key: option for key, option in given.items() if holds(self.questions[key].needs, given)}

    def knows_anything(self, state: State) -> bool:
        """Return whether a recommendation would be made of anything: an answer that is not "not sure", or more."""
        return bool(state.chips) or any(not option.unsure for _, option in self.taken(self.facts(state)))

    def supposing(self, facts: Facts, question: str, option: str) -> Facts:
        """Return what would be known if this one question were answered so, and the others as they are."""
        supposed = {**facts, question: option}
        for needy in self._needy:
            if needy.id in supposed and not holds(needy.needs, supposed):
                del supposed[needy.id]
        return supposed

    def applies(self, question: Question, facts: Facts) -> bool:
        """Return whether a question makes sense, given what is known."""
        if not holds(question.needs, facts) or (question.ask_if and not any_holds(question.ask_if, facts)):
            return False
        return not any(holds(skip.when, facts) for skip in question.skip_if)

    def amount(self, pull: Weight) -> float:
        """Return a pull's points with their sign."""
        return pull.points if pull.toward == self.sides[1] else -pull.points if pull.toward else 0.0

    def case(self, evidence: Evidence, facts: Facts) -> Case | None:
        """Return the special case that holds for a piece of evidence."""
        return next((case for case in evidence.cases if holds(case.when, facts)), None)

    def weight(self, evidence: Evidence, facts: Facts) -> float:
        """Return the signed points of a piece of evidence under what is known."""
        return self.amount(self.case(evidence, facts) or evidence)

    def taken(self, facts: Facts) -> Iterator[tuple[Question, Option]]:
        """Yield the answered questions with their options, in the order of the guide."""
        for question in self.spec.questions:
            if question.id in facts:
                yield question, question.by_id[facts[question.id]]

    def open_questions(self, facts: Facts) -> list[Question]:
        """Return the questions that apply and have no answer, in the order of the guide."""
        return [q for q in self.spec.questions if q.id not in facts and self.applies(q, facts)]


def given(guide: CompiledGuide, state: State) -> tuple[Given, ...]:
    """Return the answers so far, in the order in which they were given."""
    return tuple(_given(guide, key, option, place < state.read) for place, (key, option) in enumerate(state.answers))


def _given(guide: CompiledGuide, key: str, option: str, from_text: bool) -> Given:
    question = guide.questions[key]
    chosen = question.by_id[option]
    return Given(key, question.ask, option, chosen.label, from_text, chosen.unsure)
