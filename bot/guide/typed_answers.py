"""What is typed where the guide waits: answers and commands, and what was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from bot import replies
from bot.guide.description import DescriptionReader
from bot.guide.phrases import plain_words
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
