"""How the guided choice can end, and what is said then."""

from __future__ import annotations

from pydantic import Field, HttpUrl

from bot.knowledge.guide_evidence import Key, When, Why
from bot.knowledge.models import Model, Slug, Word


class Step(Model):
    """Where to begin."""

    text: Why
    url: HttpUrl | None = None


class Sign(Model):
    """Evidence that something else than the sides does the job. Negative points speak against that."""

    when: When
    points: float = Field(ge=-20, le=20)
    why: Why | None = Field(default=None, description="Shown as a reason; only signs with positive points need it.")
    sources: tuple[Slug, ...] = ()


class Exit(Model):
    """A road to "neither": taken where its signs add up to `at`, without further questions from `stop_at`."""

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
