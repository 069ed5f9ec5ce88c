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

    toward: SideId | None = Field(default=None, description="The id of the side that it speaks for; none for neither.")
    points: float = Field(
        default=0, ge=0, le=20, description="How far: 0.5 a hint, 1 a bit, 2 a good reason, 3 a strong one."
    )


class Case(Weight):
    """What holds instead where the condition is met."""

    when: When = Field(description="Holds where each named question has one of these options.")
    why: Why | None = Field(default=None, description="The reason in this case; the usual one where absent.")


class Evidence(Weight):
    """A pull with its grounds. The first case whose condition holds replaces the points (and the words, if any)."""

    why: Why = Field(description="One sentence that a reader is shown as the reason.")
    sources: tuple[Slug, ...] = Field(default=(), description="Who says so.")
    against: tuple[Slug, ...] = Field(default=(), description="Who says the opposite.")
    cases: tuple[Case, ...] = Field(
        default=(), description="Other points in some cases; the first whose condition holds is taken."
    )


class StepCase(Model):
    """Where to begin instead, for people of whom the condition holds."""

    when: When = Field(description="Holds where each named question has one of these options.")
    text: Why = Field(description="What to do first, as one sentence.")
    url: HttpUrl | None = Field(default=None, description="Where to do it.")


class Step(Model):
    """Where to begin; the first case whose condition holds replaces it."""

    text: Why = Field(description="What to do first, as one sentence.")
    url: HttpUrl | None = Field(default=None, description="Where to do it.")
    cases: tuple[StepCase, ...] = Field(
        default=(), description="Where to begin instead, in some cases; the first that holds is taken."
    )


class Sign(Model):
    """Evidence that something else than the sides does the job. Negative points speak against that."""

    when: When = Field(description="Holds where each named question has one of these options.")
    points: float = Field(ge=-20, le=20, description="How far it speaks for this exit; negative ones speak against it.")
    why: Why | None = Field(default=None, description="Shown as a reason; only signs with positive points need it.")
    sources: tuple[Slug, ...] = Field(default=(), description="Who says so.")


class Exit(Model):
    """A way out, to "neither": taken where its signs add up to `at`, without further questions from `stop_at`."""

    id: Key = Field(description="Small letters, digits and _; at most 12.")
    say: Why = Field(description="The recommendation in one sentence.")
    names: tuple[Word, ...] = Field(default=(), description="Tools to look at instead.")
    unless: Why = Field(description="What would speak against this, as a sentence.")
    first_step: Step | None = Field(default=None, description="Where to begin.")
    at: float = Field(default=3, gt=0, description="Taken from so many points on.")
    stop_at: float = Field(default=4, gt=0, description="From so many points on nothing more is asked.")
    signs: tuple[Sign, ...] = Field(min_length=1, description="What speaks for this exit.")


class Note(Model):
    """Something worth adding under a result; it never changes one."""

    id: Key = Field(description="Small letters, digits and _; at most 12.")
    when: tuple[When, ...] = Field(min_length=1, description="Shown where one of these conditions holds.")
    results: tuple[Key, ...] = Field(default=(), description="Only under these results; under all where empty.")
    say: Why = Field(description="The sentence.")
    sources: tuple[Slug, ...] = Field(default=(), description="Who says so.")


class TieBreak(Model):
    """What to do where the result is a tie: the first whose condition holds. No condition always holds."""

    when: tuple[When, ...] = Field(
        default=(), description="Conditions of which one must hold; always taken where there is none."
    )
    say: Why = Field(description="What to do then, as one sentence.")


class Caveat(Model):
    """The honest weak point of a result, shown where no answer speaks against it."""

    text: Why = Field(description="One sentence.")
    sources: tuple[Slug, ...] = Field(default=(), description="Who says so.")


class Verdict(Model):
    """How a side is recommended."""

    clear: Why = Field(description="The recommendation where much speaks for it.")
    leaning: Why = Field(description="The recommendation where a little more speaks for it than against.")
    caveat: Caveat = Field(description="The weak point of this side.")
    first_step: Step = Field(description="Where to begin with this side.")


class Tie(Model):
    """How "either" is said."""

    say: Why = Field(description="The result in one sentence.")
    caveat: Caveat = Field(description="What speaks against taking either.")
    first_step: Step | None = Field(default=None, description="Where to begin.")
    breaks: tuple[TieBreak, ...] = Field(
        default=(), description="What may decide all the same; the first that holds is said."
    )


LONGEST_GUIDE = 16
"""Questions that still fit a button beside the circumstances and the owner."""


class Option(Evidence):
    """One button under a question."""

    id: Key = Field(description="Small letters, digits and _; at most 12. Put yes and no in quotes.")
    code: Code | None = Field(default=None, description="Its letter in a token, where the derived one is taken.")
    label: Label = Field(description="The button; at most 38 characters.")
    in_short: Word | None = Field(default=None, description="What follows 'in its favour' or 'I assumed'.")
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

    when: When = Field(description="Holds where each named question has one of these options.")


class Question(Model):
    """Something that is asked."""

    id: Key = Field(description="Small letters, digits and _; at most 12.")
    code: Code | None = Field(default=None, description="Its letter in a token, where the derived one is taken.")
    ask: Ask = Field(description="The question; at most 140 characters.")
    help: Why | None = Field(default=None, description="One sentence below it, for who wonders what is meant.")
    lead: bool = Field(default=False, description="Asked before the others, in the order of the file.")
    opinion: bool = Field(default=False, description="Whether a team takes the mean here, not the most common answer.")
    answerability: float = Field(default=0.9, gt=0, le=1, description="Share of people who can answer this.")
    needs: When = Field(default={}, description="It makes sense only where this holds; else its answer does not count.")
    ask_if: tuple[When, ...] = Field(
        default=(), description="Asked only where one of these holds, as in `[{budget: [money]}]`."
    )
    skip_if: tuple[Skip, ...] = Field(
        default=(), description="Not needed where one of these holds, as in `[{when: {budget: [money]}}]`."
    )
    after: Key | None = Field(default=None, description="A question whose answer can make this one unnecessary.")
    fallback: Key = Field(default="not_sure", description="The option that stands for a missing answer.")
    options: tuple[Option, ...] = Field(
        min_length=2, max_length=5, description="Two to five answers, `not_sure` among them (or another as `fallback`)."
    )

    @cached_property
    def by_id(self) -> Mapping[str, Option]:
        """The options by id."""
        return {option.id: option for option in self.options}


class Circumstance(Evidence):
    """A circumstance: a button under the result, or something that only a description says."""

    id: Key = Field(description="Small letters, digits and _; at most 12.")
    code: Code | None = Field(default=None, description="Its letter in a token, where the derived one is taken.")
    label: Label = Field(description="What can be ticked; at most 38 characters.")
    offered: bool = Field(default=True, description="Whether it is a button under the result.")
    words: tuple[Pattern, ...] = Field(default=(), description="How a description says it.")
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

    title: Label = Field(description="What the choice is called.")
    version: int = Field(ge=1, description="Raise it when the meaning of an id changes.")
    engine: Engine = Field(default=Engine(), description="When a result is clear, and how many questions there are.")
    questions: tuple[Question, ...] = Field(
        min_length=1,
        max_length=LONGEST_GUIDE,
        description="What is asked. The order of the file holds for `lead` ones; the others follow by what they tell.",
    )
    exits: tuple[Exit, ...] = Field(default=(), description='Roads to "neither".')
    notes: tuple[Note, ...] = Field(default=(), description="Sentences worth adding under some results.")
    chips: tuple[Circumstance, ...] = Field(default=(), description="Circumstances that can be ticked under a result.")
    verdicts: Mapping[SideId, Verdict] = Field(description="How each side is recommended: one entry for each.")
    tie: Tie = Field(description='What is said where neither side is ahead: "either".')
    neither: Word = Field(default="Neither", description="How the result 'neither' is named.")
    record: Slug = Field(default="decision", description="What the file of a decision record is called.")
    either: Word = Field(default="Either", description="How the result 'either' is named.")
    reading: GuideReading = Field(default=GuideReading(), description="How a description of a project is read.")
    floors: Floors = Field(default=Floors(), description="What `advisor guide audit` insists on.")
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
