"""What is typed where the guide waits: answers, commands and where they lead, and what was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz

from bot import replies
from bot.guide.compiled_guide import CompiledGuide, Phase, State
from bot.guide.description import DescriptionReader
from bot.guide.phrases import plain_words
from bot.guide.transitions import back, change, choose, next_question, onward
from bot.knowledge.guide_models import Option, Question
from bot.knowledge.guide_phrases import Commands
from bot.replies import NotKnown, Reply, Unknown

_NUMBER = re.compile(r"(?:option |number |no |nr |answer |the )?#?([1-9])(?:st|nd|rd|th)?(?: 1)?")
_LETTER = re.compile(r"(?:option |answer )?([a-e])(?: 1)?")
_PLACE = r"(?:[1-9]|[a-e])"
_SEVERAL = re.compile(rf"(?:options? |answers? )?{_PLACE}(?: (?:and|or|,|plus|&)? ?{_PLACE})+")
_CHANGE = re.compile(
    r"(?:change|redo|edit) (?:my |the )?(?:answer |question |number |no |nr )?#?([1-9])(?:st|nd|rd|th)?(?: answer| 1)?"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ALIKE = 88
"""From this similarity on, 0 to 100, a typed line is taken for the label of a button."""

WHAT_IS_WRONG = "Which of these should I change?"
VAGUE = "Which of these is closest?"
ONE_ONLY = "One of these, please: the one that matters more. If you can\u2019t tell, say \u201cnot sure\u201d."
NOTHING_YET = "I can\u2019t recommend anything before you have told me something. One answer is enough to begin with."
NO_SUCH_ANSWER = "You have not given so many answers yet. Which of these should I change?"
NOTED = "Noted: {}."

STILL_OPEN = "Back to your choice. (Say \u201cstop\u201d to leave it.)"
NOT_UNDERSTOOD = (
    "I did not get that. Choose one of these, or say \u201cnot sure\u201d; \u201cstop\u201d closes the guide."
)
FEW_WORDS = 6
"""Words of the longest line that may have been an answer to the guide, where it is no question."""
FAINT = 0.3
"""Confidence below which a suggestion is worth less than to ask the guide's question again."""


@dataclass(frozen=True)
class TypedAnswers:
    """Reads what was typed at one question."""

    understanding: DescriptionReader
    kind: str = ""
    """What each side is, so that "which drink should I use" means what "which one should I use" does."""

    def command(self, text: str) -> str | None:
        """Return the name of the command in `Commands` that a whole message is, if it is one."""
        return self._commands.get(_bare(text))

    def several(self, text: str) -> bool:
        """Return whether a message takes more than one option at once: "both", "1 and 2"."""
        said = _spaced(text)
        return _SEVERAL.fullmatch(said) is not None or self.command(text) == "several"

    def changed(self, text: str) -> int:
        """Return the number of the answer that a message wants to change, from 1; 0 where it wants none."""
        match = _CHANGE.fullmatch(_bare(text))
        return int(match[1]) if match else 0

    def option(self, question: Question, text: str) -> Option | None:
        """Return the option that a message means; None where it does not clearly mean one."""
        said = _bare(text)
        return (
            self._numbered(question, said)
            or self._exact(question, said)
            or self._stated(question, text)
            or self._alike(question, said)
        )

    def _numbered(self, question: Question, said: str) -> Option | None:
        letter = _LETTER.fullmatch(said)
        if letter:
            return next(iter(question.options["abcde".index(letter[1]) :]), None)
        match = _NUMBER.fullmatch(said)
        ordinal = said.removeprefix("the ").removesuffix(" 1")
        place = int(match[1]) if match else _ORDINALS.index(ordinal) + 1 if ordinal in _ORDINALS else 0
        return question.options[place - 1] if 0 < place <= len(question.options) else None

    def _exact(self, question: Question, said: str) -> Option | None:
        for option in question.options:
            if said in {option.id, option.id.replace("_", " "), _bare(option.label), *map(_bare, option.replies)}:
                return option
        return None

    def _stated(self, question: Question, text: str) -> Option | None:
        if self.understanding.asks(text):
            return None
        found = self.understanding.claim(question, text)
        return question.by_id[found] if found else None

    def _alike(self, question: Question, said: str) -> Option | None:
        ranked = sorted(((fuzz.ratio(said, _bare(o.label)), o) for o in question.options), key=lambda pair: -pair[0])
        (best, option), (next_best, _) = ranked[:2]
        return option if best >= _ALIKE and best > next_best else None

    @cached_property
    def _commands(self) -> dict[str, str]:
        commands: Commands = self.understanding.spec.reading.commands
        which = f"which {self.kind or 'one'} "
        return {
            _bare(phrase): name
            for name, words in commands
            for word in words
            for phrase in (word, word.replace("which one ", which))
        }


def _spaced(text: str) -> str:
    """Return a message in lower case, with its commas and without other signs."""
    return " ".join(plain_words(text.replace("/", ",").replace("+", " and ").replace("&", " and ")).split())


def _bare(text: str) -> str:
    words = plain_words(text).replace("|", " ").replace(",", " ").split()
    return " ".join(words) or text.strip()


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

    def after(self, state: State, text: str) -> TypedStep | None:
        """Return where a typed line leads; None where it is neither an answer nor a command."""
        question = self._waiting(state)
        if question and self.typed.several(text):
            return TypedStep(state, ONE_ONLY)
        option = self.typed.option(question, text) if question else None
        if question and option:
            return TypedStep(choose(self.guide, self._noted(state, question, text), question.id, option.id))
        return self._commanded(state, question, text) or self._told(state, question, text)

    def steered(self, state: State, text: str) -> TypedStep | None:
        """Return where a command leads once the result stands; None where the line is none."""
        if self.typed.command(text) in ("back", "restart", "answers") or self.typed.changed(text):
            return self._commanded(state, None, text)
        return None

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
        tells = not self.understanding.asks(text) or self.understanding.describes(text)
        said = self.understanding.said(text) if tells else {}
        new = {key: option for key, option in said.items() if state.option(key) != option}
        if not new:
            return None
        kept = state
        for key in new:
            kept = kept.without(key)
        facts = self.guide.facts(replace(kept, answers=(*kept.answers, *new.items())))
        told = kept.with_read(tuple((key, option) for key, option in new.items() if key in facts))
        labels = (self.guide.questions[key].by_id[option].label for key, option in new.items())
        return TypedStep(told, NOTED.format(", ".join(labels)) if question else None)

    def _commanded(self, state: State, question: Question | None, text: str) -> TypedStep | None:
        number = self.typed.changed(text)
        if number:
            return self._changed(state, number)
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

    def _agreed(self, state: State, question: Question | None, command: str | None) -> TypedStep | None:
        """Return where a yes or a no leads: on from a review; nowhere where more than that was asked."""
        if command in ("go", "unsure") and not question:
            return TypedStep(onward(state))
        if command in ("go", "no"):
            return TypedStep(state, VAGUE if question else WHAT_IS_WRONG)
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


def is_unclear(reply: Reply, text: str) -> bool:
    """Return whether a message in the middle of the guide was, as it seems, an answer that was not understood."""
    answerlike = "?" not in text and len(text.split()) <= FEW_WORDS
    match reply:
        case NotKnown(reason=reason):
            return reason is Unknown.EMPTY or (answerlike and reason is not Unknown.OUT_OF_SCOPE)
        case replies.Suggestions(candidates):
            return answerlike and candidates[0].confidence < FAINT
        case _:
            return False
