"""Where a typed line leads: an answer, a command, something told beside what was asked, something supposed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.guide.compiled_guide import CompiledGuide, Facts, Phase, State
from bot.guide.description import DescriptionReader
from bot.guide.presenter import listed
from bot.guide.results import Result, named, outcome
from bot.guide.transitions import back, change, choose, next_question, onward
from bot.guide.typed_answers import TypedAnswers
from bot.knowledge.guide_models import Question
from bot.replies import Strength

WHAT_IS_WRONG = "Which of these should I change?"
VAGUE = "Which of these is closest?"
ONE_ONLY = "One of these, please: the one that matters more. If you can\u2019t tell, say \u201cnot sure\u201d."
NOTHING_YET = "I can\u2019t recommend anything before you have told me something. One answer is enough to begin with."
NO_SUCH_ANSWER = "You have not given so many answers yet. Which of these should I change?"
NOTED = "Noted: {}."
KNOWN = "I have that already: {}."
SO_FAR = " That is so far, and your answers stay as they are."
WHY_ASKED = "It can change the result."
REPEATED = 12
"""Words of a line, at most, that says again what is known."""
_LEAD = r"(?:(?:and|but|ok|okay|so|hm+|well|no|yes|yeah|actually|sorry|wait|oh|also|then|right)\b[,.!\s]*)*"
_SUPPOSES = re.compile(
    rf"\s*{_LEAD}(?:what if|what about if|how about if|suppose|supposing|imagine|and if|if)\b"
    r"\s*(?:that\s)?(?:(?:we|i|it|there|they|the \w+)\b\s*)?",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    rf"\s*{_LEAD}(?:we|we're|we\u2019re|i|i'm|it|it's|it\u2019s|there|our|my|nobody|people|users|they|no|without)\b",
    re.IGNORECASE,
)
"""What somebody begins with who corrects what a result was made of; "Django admin" asks about it."""
_WHY_ASKED = re.compile(
    r"(?:but |and |ok |hm )?why(?: (?:do|are|would) you (?:ask(?:ing)?|want to know|need to know)(?: me)?"
    r"(?: that| this)?| (?:this|that) question| does (?:it|that|this) matter| is (?:that|this|it) important)?[?!. ]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TypedStep:
    """Where a typed line leads."""

    state: State
    notice: str | None = None
    shows_answers: bool = False
    """Whether the answers so far are shown, to change one, instead of what comes next."""
    leaves: bool = False
    """Whether the person wants no more of it."""


@dataclass(frozen=True)
class TypedSteps:
    """Steps through the guide by typed lines."""

    guide: CompiledGuide
    understanding: DescriptionReader
    typed: TypedAnswers
    names: Mapping[str, str] = field(default_factory=dict)
    """How the sides are called."""

    def after(self, state: State, text: str) -> TypedStep | None:
        """Return where a typed line leads; None where it is neither an answer nor a command."""
        question = self._waiting(state)
        if question and self.typed.several(text):
            return TypedStep(state, ONE_ONLY)
        option = self.typed.option(question, text) if question else None
        if question and option:
            return TypedStep(choose(self.guide, self._noted(state, question, text), question.id, option.id))
        supposed = self._supposed(state, text, SO_FAR)
        return self._commanded(state, question, text) or supposed or self._told(state, question, text)

    def steered(self, state: State, text: str) -> TypedStep | None:
        """Return where a line leads once the result stands: a command, a correction, or something supposed.

        None where it is about something else.
        """
        if self.typed.command(text) in ("back", "restart", "answers", "no") or self.typed.changed(text):
            return self._commanded(state, None, text)
        return self._supposed(state, text) or (self._told(state, None, text) if _CORRECTS.match(text) else None)

    def _waiting(self, state: State) -> Question | None:
        """Return the question that waits for an answer; none where what was read waits to be confirmed."""
        reviewing = state.phase is Phase.REVIEW and not state.pending
        return None if reviewing else next_question(self.guide, state)

    def _noted(self, state: State, question: Question, text: str) -> State:
        """Take along what a longer answer says about other questions."""
        said = self.understanding.said(text).items()
        return state.with_read(tuple(pair for pair in said if pair[0] != question.id))

    def _told(self, state: State, question: Question | None, text: str) -> TypedStep | None:
        """Take what a line tells of the project though something else was asked; what was known may change by it."""
        describes = self.understanding.describes(text)
        if self.understanding.asks(text) and not describes:
            return None
        read = self.understanding.read(text, None if describes else dict(state.answers))
        new = {key: option for key, option in read.said.items() if state.option(key) != option}
        chips = tuple(chip for chip in read.chips if chip not in state.chips)
        if not new and not chips:
            return self._known(state, read.stated, text)
        kept = self._before(state, new) if describes else state
        for key in new:
            kept = kept.without(key)
        facts = self.guide.facts(replace(kept, answers=(*kept.answers, *new.items())))
        told = kept.with_read(tuple((key, option) for key, option in new.items() if key in facts))
        told = replace(told, chips=(*kept.chips, *chips))
        noted = [self.guide.in_short(*pair) for pair in new.items()]
        noted += [self.guide.chips[chip].label.lower() for chip in chips]
        waits = question or state.phase is Phase.DONE
        return TypedStep(told, NOTED.format(listed(noted)) if waits else None)

    def _known(self, state: State, said: Mapping[str, str], text: str) -> TypedStep | None:
        """Confirm what is said again, such as "no, we do need a login"; a longer line is about something else."""
        if not said or len(text.split()) > REPEATED:
            return None
        return TypedStep(state, KNOWN.format(listed([self.guide.in_short(*pair) for pair in said.items()])))

    def _before(self, state: State, new: Mapping[str, str]) -> State:
        """Return what still holds where a line describes another project: what was read in the first one does not."""
        first = self.guide.spec.questions[0].id
        another = first in new and state.has(first)
        return replace(state, answers=state.answers[state.read :], read=0, chips=()) if another else state

    def _supposed(self, state: State, text: str, so_far: str = "") -> TypedStep | None:
        """Say what a result would be if something were otherwise; the answers stay as they are."""
        supposing = _SUPPOSES.match(text)
        if supposing is None:
            return None
        rest = text[supposing.end() :].rstrip("?!. ")
        said = self.understanding.read(rest, dict(state.answers)).said or self.understanding.read(rest).stated
        facts = self.guide.facts(state)
        new = {key: option for key, option in said.items() if facts.get(key) != option}
        for key, option in new.items():
            facts = self.guide.supposing(facts, key, option)
        if not new:
            return None
        supposed = listed([self.guide.in_short(*pair) for pair in new.items()])
        now, then = outcome(self.guide, self.guide.facts(state)), outcome(self.guide, facts)
        return TypedStep(state, f"With {supposed}, it would {self._compared(now, then)}.{so_far}")

    def _compared(self, now: Result, then: Result) -> str:
        name = named(self.guide, then, self.names)
        if now.result != then.result:
            return f"more likely be {name}" if then.strength is Strength.LEANING else f"be {name}"
        if now.strength is then.strength:
            return f"still be {name}"
        return f"still be {name}, {'but less' if then.strength is Strength.LEANING else 'and more'} clearly"

    def _commanded(self, state: State, question: Question | None, text: str) -> TypedStep | None:
        number = self.typed.changed(text)
        if number:
            return self._changed(state, number)
        if question and _WHY_ASKED.fullmatch(text.strip()):
            return TypedStep(state, self._why_asked(question, self.guide.facts(state)))
        match self.typed.command(text):
            case "back":
                return TypedStep(back(state))
            case "restart":
                return TypedStep(State(owner=state.owner, team=state.team))
            case "cancel":
                return TypedStep(state, leaves=True)
            case "answers" if state.answers:
                return TypedStep(state, WHAT_IS_WRONG, shows_answers=True)
            case "finish":
                return self._finished(state)
            case "start":
                return TypedStep(state)
            case "unsure" if question:
                return TypedStep(choose(self.guide, state, question.id, question.fallback))
            case command:
                return self._agreed(state, question, command)

    def _why_asked(self, question: Question, facts: Facts) -> str:
        """Say why a question is asked: what its answers may speak for, the strongest one of each side."""
        options = [option for option in question.options if not option.unsure]
        ways = (min, max)
        strongest = [way(options, key=lambda option: self.guide.weight(option, facts)) for way in ways]
        return " ".join([WHY_ASKED, *dict.fromkeys(option.why for option in strongest)])

    def _agreed(self, state: State, question: Question | None, command: str | None) -> TypedStep | None:
        """Return where a yes or a no leads: on from a review; nowhere where more than that was asked."""
        if command in ("go", "unsure") and not question:
            return TypedStep(onward(state))
        if command in ("go", "no"):
            return TypedStep(state, VAGUE) if question else TypedStep(state, WHAT_IS_WRONG, shows_answers=True)
        return None

    def _finished(self, state: State) -> TypedStep:
        done = replace(state, phase=Phase.DONE, pending=None)
        return TypedStep(state, NOTHING_YET) if self.is_too_early(state) else TypedStep(done)

    def is_too_early(self, state: State) -> bool:
        """Return whether a result would be made of no answers; whoever was told so before may have it."""
        return state.phase is not Phase.DONE and not self.guide.knows_anything(state)

    def _changed(self, state: State, number: int) -> TypedStep:
        if number > len(state.answers):
            return TypedStep(state, NO_SUCH_ANSWER if state.answers else None, shows_answers=bool(state.answers))
        return TypedStep(change(self.guide, state, state.answers[number - 1][0]))
