"""The guide, as data. See `bot.guide` for the engine that steps through it."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import Field, HttpUrl, StringConstraints

from bot.knowledge.guide_phrases import GuideReading, Key, Pattern, When
from bot.knowledge.models import Model, SideId, Slug, Source, Word

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]$")]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=38)]
Ask = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=140)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

ON = "on"
OFF = "off"


class Weight(Model):
    """How far something speaks for a side; nothing for neither."""

    toward: SideId | None = None
    points: float = Field(default=0, ge=0, le=20)


class Case(Weight):
    """What holds instead where the condition is met."""

    when: When
    why: Why | None = None


class Evidence(Weight):
    """A pull with its grounds. The first case whose condition holds replaces the points (and the words, if any)."""

    why: Why = Field(description="One sentence that a reader is shown as the reason.")
    sources: tuple[Slug, ...] = Field(default=(), description="Who says so.")
    against: tuple[Slug, ...] = Field(default=(), description="Who says the opposite.")
    cases: tuple[Case, ...] = ()


class StepCase(Model):
    """Where to begin instead, for people of whom the condition holds."""

    when: When
    text: Why
    url: HttpUrl | None = None


class Step(Model):
    """Where to begin; the first case whose condition holds replaces it."""

    text: Why
    url: HttpUrl | None = None
    cases: tuple[StepCase, ...] = ()


class Sign(Model):
    """Evidence that something else than the sides does the job. Negative points speak against that."""

    when: When
    points: float = Field(ge=-20, le=20)
    why: Why | None = Field(default=None, description="Shown as a reason; only signs with positive points need it.")
    sources: tuple[Slug, ...] = ()


class Exit(Model):
    """A way out, to "neither": taken where its signs add up to `at`, without further questions from `stop_at`."""

    id: Key
    say: Why = Field(description="The recommendation in one sentence.")
    names: tuple[Word, ...] = Field(default=(), description="Tools to look at instead.")
    unless: Why = Field(description="What would speak against this, as a sentence.")
    first_step: Step | None = None
    at: float = Field(default=3, gt=0)
    stop_at: float = Field(default=4, gt=0)
    signs: tuple[Sign, ...] = Field(min_length=1)


class Note(Model):
    """Something worth adding under a result; it never changes one."""

    id: Key
    when: tuple[When, ...] = Field(min_length=1)
    results: tuple[Key, ...] = Field(default=(), description="Only under these results; under all where empty.")
    say: Why
    sources: tuple[Slug, ...] = ()


class TieBreak(Model):
    """What to do where the result is a tie: the first whose condition holds. No condition always holds."""

    when: tuple[When, ...] = ()
    say: Why


class Caveat(Model):
    """The honest weak point of a result, shown where no answer speaks against it."""

    text: Why
    sources: tuple[Slug, ...] = ()


class Verdict(Model):
    """How a side is recommended."""

    clear: Why
    leaning: Why
    caveat: Caveat
    first_step: Step


class Tie(Model):
    """How "either" is said."""

    say: Why
    caveat: Caveat
    first_step: Step | None = None
    breaks: tuple[TieBreak, ...] = ()


LONGEST_GUIDE = 16
"""Questions that still fit a button beside the circumstances and the owner."""


class Option(Evidence):
    """One button under a question."""

    id: Key
    code: Code | None = Field(default=None, description="Its letter in a token, where the derived one is taken.")
    label: Label
    in_short: Word | None = Field(default=None, description="What follows 'because of' where a result is foretold.")
    stop: bool = Field(default=False, description="Whether nothing more needs to be asked after this.")
    verdict: Why | None = Field(
        default=None, description="The recommendation where this answer settles it; `{side}` is the side's name."
    )
    unsure: bool = Field(default=False, description="Whether this means 'not sure': it stays open in the result.")
    words: tuple[Pattern, ...] = Field(default=(), description="How a description says it; see `GuideReading`.")
    unless: tuple[Pattern, ...] = Field(default=(), description="Phrases that forbid to read this option.")
    replies: tuple[Word, ...] = Field(default=(), description="Whole typed replies that mean this option.")


class Skip(Weight):
    """When a question is not needed, and what follows for the score."""

    when: When


class Question(Model):
    """Something that is asked."""

    id: Key
    code: Code | None = Field(default=None, description="Its letter in a token, where the derived one is taken.")
    ask: Ask
    help: Why | None = None
    lead: bool = Field(default=False, description="Asked before the others, in the order of the file.")
    opinion: bool = Field(default=False, description="Whether a team takes the mean here, not the most common answer.")
    answerability: float = Field(default=0.9, gt=0, le=1, description="Share of people who can answer this.")
    needs: When = Field(default={}, description="It makes sense only where this holds; else its answer does not count.")
    ask_if: tuple[When, ...] = Field(default=(), description="Asked only where one of these holds.")
    skip_if: tuple[Skip, ...] = Field(default=(), description="Not needed where one of these holds.")
    after: Key | None = Field(default=None, description="A question whose answer can make this one unnecessary.")
    fallback: Key = Field(default="not_sure", description="The option that stands for a missing answer.")
    options: tuple[Option, ...] = Field(min_length=2, max_length=5)

    @cached_property
    def by_id(self) -> Mapping[str, Option]:
        """The options by id."""
        return {option.id: option for option in self.options}


class Circumstance(Evidence):
    """A circumstance: a button under the result, or something that only a description says."""

    id: Key
    code: Code | None = Field(default=None, description="Its letter in a token, where the derived one is taken.")
    label: Label
    offered: bool = Field(default=True, description="Whether it is a button under the result.")
    words: tuple[Pattern, ...] = ()
    people: int | None = Field(default=None, ge=2, description="On where a description counts so many people.")


class Engine(Model):
    """The numbers that steer the engine."""

    clear: float = Field(default=5, gt=0, description="From so many points on, a result is clear.")
    lean: float = Field(default=1, gt=0, description="From so many points on, a result leans; below it is a tie.")
    most: int = Field(default=8, ge=1, le=LONGEST_GUIDE, description="Never ask more questions than this.")
    usual: int = Field(default=5, ge=1, description="How many questions people usually get.")
    finish_after: int = Field(default=3, ge=1, description="Offer the result after so many answers.")
    likely: float = Field(default=0.95, gt=0.5, le=1, description="Stop at this share of outcomes that agree.")


class Floors(Model):
    """What `guide audit` insists on, with every option taken equally often."""

    share: Mapping[Key, float] = Field(default={}, description="The least share of a result.")
    mean: float = Field(default=8, description="The largest mean number of questions.")


class GuideSpec(Model):
    """A whole guide."""

    title: Label
    version: int = Field(ge=1)
    engine: Engine = Engine()
    questions: tuple[Question, ...] = Field(min_length=1, max_length=LONGEST_GUIDE)
    exits: tuple[Exit, ...] = ()
    notes: tuple[Note, ...] = ()
    chips: tuple[Circumstance, ...] = ()
    verdicts: Mapping[SideId, Verdict]
    tie: Tie
    neither: Word = Field(default="Neither", description="How the result 'neither' is named.")
    record: Slug = Field(default="decision", description="What the file of a decision record is called.")
    either: Word = Field(default="Either", description="How the result 'either' is named.")
    reading: GuideReading = GuideReading()
    floors: Floors = Floors()
    sources: tuple[Source, ...] = Field(default=(), description="Sources that only the guide needs.")


ALPHABET = string.ascii_letters + string.digits


def short_hash(text: str, length: int) -> str:
    """Return `length` characters of `ALPHABET` that stand for a text. Not a secret, only a mark."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")
    marks = []
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        marks.append(ALPHABET[place])
    return "".join(marks)


def code_of(thing: Question | Option | Circumstance) -> str:
    """Return the letter of a question, an option (within its question) or a circumstance."""
    return thing.code or _letter(thing.id)


@lru_cache(maxsize=1024)
def _letter(identifier: str) -> str:
    return short_hash(identifier, 1)


def clashes(things: Iterable[Question | Option | Circumstance]) -> dict[str, list[str]]:
    """Return the letters that stand for more than one id, with those ids."""
    taken: dict[str, list[str]] = {}
    for thing in things:
        taken.setdefault(code_of(thing), []).append(thing.id)
    return {code: ids for code, ids in taken.items() if len(ids) > 1}
