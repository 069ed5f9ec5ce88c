"""The state of a guide as one short token, for a button, a link or a chat message.

1 Gmk a 2 - kw hf dm . ds _ owner team sums
| |   | | |  |         |  |     |    checksum, with the guide's name as salt
| |   | | |  |         |  |     the team choice that it counts in, if any
| |   | | |  answers   |  who may press
| |   | | |            circumstances
| |   | | the question that is asked again
| |   | how many of the first answers were read in a description
| |   phase
| which guide it was made with
format
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.guide.compiled_guide import CompiledGuide, Phase, State
from bot.knowledge.guide_models import ALPHABET, GuideSpec, code_of, short_hash

LONGEST = 60
_FORMAT = "1"
_OWNER = 6
TEAM = 6
"""Characters that name a team choice."""
_SUM = 4
_MARK = 3
_HEAD = 1 + _MARK + 3
_NONE = "-"


_PASTED = re.compile(r"(?<![\w/.=-])[A-Za-z0-9_-]{12,60}(?![\w-])")
"""What may be a code inside a message. Whether it is one, its checksum says."""
_ALIKE = re.compile(r"1[A-Za-z0-9_-]{6,}-[A-Za-z0-9_-]*_[A-Za-z0-9_-]{4,}")
"""The parts of a code: with a wrong character in it, it is still nothing else."""
LONGEST_MESSAGE = 400
"""Characters of the longest message in which a code is looked for."""


class UnreadableTokenError(ValueError):
    """A token that is damaged, cut off, or of another knowledge base."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A token that was read."""

    state: State
    changed: bool
    """Whether the guide is not the one that the token was made with."""
    lost: int
    """How many of its answers do not exist any more."""


def pasted(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what may be a code in a message, and whether it is alike enough to one to be a damaged one."""
    if len(text) <= LONGEST_MESSAGE:
        yield from ((found[0], _ALIKE.fullmatch(found[0]) is not None) for found in _PASTED.finditer(text))


def owner_mark(owner: str) -> str:
    """Return the short mark that stands for a person in a token; nothing for nobody."""
    return short_hash(f"owner {owner}", _OWNER) if owner else ""


def guide_mark(spec: GuideSpec) -> str:
    """Return a few characters that change when the guide's logic does; better words leave it alone."""
    evidence = {"id", "toward", "points", "cases", "stop", "unsure"}
    question = {"id", "lead", "needs", "ask_if", "skip_if", "after"}
    logic = spec.model_dump_json(
        include={
            "engine": True,
            "questions": {"__all__": {**dict.fromkeys(question, True), "options": {"__all__": evidence}}},
            "chips": {"__all__": evidence},
            "exits": {"__all__": {"id": True, "at": True, "signs": {"__all__": {"when", "points"}}}},
        }
    )
    return short_hash(logic, _MARK)


@dataclass(frozen=True)
class Tokens:
    """Writes and reads the tokens of one guide."""

    guide: CompiledGuide
    name: str
    mark: str

    def write(self, state: State) -> str:
        """Return the token of a state: at most `LONGEST` characters of `A-Z a-z 0-9 _ -`."""
        questions = self.guide.questions
        answers = "".join(code_of(questions[q]) + code_of(questions[q].by_id[o]) for q, o in state.answers)
        chips = "".join(code_of(self.guide.chips[chip]) for chip in state.chips)
        pending = code_of(questions[state.pending]) if state.pending else _NONE
        head = f"{_FORMAT}{self.mark}{state.phase}{ALPHABET[state.read]}{pending}"
        body = f"{head}{answers}-{chips}_{state.owner}{state.team}"
        return body + self._checksum(body)

    def read(self, token: str) -> Opened:
        """Read what `write` wrote, also where the guide has changed since.

        Raises:
            UnreadableTokenError: it is damaged or belongs elsewhere.
        """
        body, checksum = token[:-_SUM], token[-_SUM:]
        if len(token) > LONGEST or not body.startswith(_FORMAT) or checksum != self._checksum(body):
            raise UnreadableTokenError(token)
        rest, _, owner = body.rpartition("_")
        answers, _, chips = rest[_HEAD:].rpartition("-")
        return self._opened(rest[:_HEAD], answers, chips, owner)

    def _opened(self, head: str, answers: str, chips: str, owner: str) -> Opened:
        pairs = [self._answer(answers[place : place + 2]) for place in range(0, len(answers), 2)]
        read = ALPHABET.index(head[-2])
        state = State(
            answers=tuple(pair for pair in pairs if pair),
            read=sum(1 for pair in pairs[:read] if pair),
            chips=tuple(chip.id for code in chips for chip in self.guide.spec.chips if code_of(chip) == code),
            phase=Phase(head[-3]),
            pending=next((q.id for q in self.guide.spec.questions if code_of(q) == head[-1]), None),
            owner=owner[:_OWNER],
            team=owner[_OWNER:],
        )
        lost = pairs.count(None) + len(chips) - len(state.chips)
        return Opened(state, changed=head[1 : 1 + _MARK] != self.mark, lost=lost)

    def _answer(self, codes: str) -> tuple[str, str] | None:
        for question in self.guide.spec.questions:
            if code_of(question) == codes[0]:
                return next(((question.id, o.id) for o in question.options if code_of(o) == codes[1]), None)
        return None

    def _checksum(self, body: str) -> str:
        return short_hash(f"{self.name} {body}", _SUM)
