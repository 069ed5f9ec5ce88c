"""Replies of the guide: a question, a review of what was read, a recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.replies.answers import (
    Answer,
    AnswerDetails,
    Answers,
    Comparison,
    Help,
    Notice,
    NotKnown,
    SourceLine,
    Suggestions,
    TopicList,
)
from bot.replies.code import CodeComparison


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a guide question, as a button."""

    option: str
    label: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that the guide already has, which can be changed."""

    question: str
    ask: str
    option: str
    label: str
    from_text: bool = False
    """Whether it was read in the person's own words, and so deserves a second look."""
    unsure: bool = False
    """Whether it says that the person does not know."""


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """The next question of the guide."""

    token: str
    question: str
    ask: str
    help: str | None
    choices: tuple[Choice, ...]
    number: int
    """This is question `number` ..."""
    about: int
    """... of about so many."""
    given: tuple[Given, ...] = ()
    can_go_back: bool = False
    can_finish: bool = False
    """Whether "result now" is offered."""
    notice: str | None = None
    """Something to say first: what was not understood, or what changed in the guide since the last press."""


@dataclass(frozen=True, slots=True)
class GuideReview:
    """What a description already says, to be confirmed (`token` goes on) or changed before the first question."""

    token: str
    given: tuple[Given, ...]
    notice: str | None = None
    lean: str | None = None
    """Where that leans and why, what is still to be asked, and what was assumed; None where it says too little."""


Aside = (
    Answer | AnswerDetails | Answers | CodeComparison | Suggestions | NotKnown | Help | Comparison | TopicList | Notice
)
"""What may be said in the middle of the guide."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Something else was asked in the middle of the guide: the reply to it, and what is still open."""

    reply: Aside
    still_open: GuideQuestion | GuideReview


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a result is what it is."""

    text: str
    side: str | None
    """The side that it speaks for; None where it speaks for neither."""
    weight: float
    because: str
    """The answer it follows from, in the words of the button."""
    sources: tuple[SourceLine, ...]
    from_article: bool


@dataclass(frozen=True, slots=True)
class Flip:
    """A single change of one answer that would change the recommendation."""

    question: str
    ask: str
    option: str
    label: str
    result: str
    """What the recommendation would be: a side's id, "either" or "neither"."""
    result_name: str
    change: float
    """How far the score moves, in points."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that nobody knew yet."""

    question: str
    ask: str
    could_flip: bool


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A circumstance that can be added to a result with one tap."""

    chip: str
    label: str
    on: bool


class Strength(StrEnum):
    """How far a recommendation can be trusted to stay."""

    CLEAR = "clear"
    LEANING = "leaning"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Where to begin once the choice is made."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The end of the guide."""

    token: str
    code: str
    """Reopens this result anywhere; holds no owner."""
    result: str
    """A side's id, "either" or "neither"."""
    result_name: str
    strength: Strength
    headline: str
    """One sentence: the recommendation in words."""
    score: float
    """Negative speaks for the first side, positive for the second."""
    reasons: tuple[Reason, ...]
    against: Reason | None
    flips: tuple[Flip, ...]
    """Smallest change first; empty where no single answer changes the result."""
    flip_text: str
    """One line on what would change it, also where nothing would."""
    open_points: tuple[OpenPoint, ...]
    first_step: FirstStep | None
    notes: tuple[str, ...]
    given: tuple[Given, ...]
    asked: tuple[str, ...]
    """Ids of the questions that were asked, in order."""
    chips: tuple[Circumstance, ...]
    names: tuple[str, ...] = ()
    """Tools to look at where the result is "neither"."""
    notice: str | None = None
    team: str = ""
    """The team choice that it counts in; empty where a person chooses alone."""


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A result as a Markdown architecture decision record."""

    filename: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many members of a team stand where; never who."""

    label: str
    members: int


@dataclass(frozen=True, slots=True)
class Split:
    """A question on which a team is divided."""

    ask: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class TeamFlip:
    """An answer that would turn the verdict if the whole team agreed on it."""

    ask: str
    label: str
    result_name: str


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team choice that is open: members answer in private, and the card counts them."""

    team: str
    answered: int
    least: int
    """Members from which on the verdict can be revealed."""
    notice: str | None = None

    @property
    def ready(self) -> bool:
        """Whether enough members have answered."""
        return self.answered >= self.least


@dataclass(frozen=True, slots=True)
class TeamVerdict:
    """What a team decides together."""

    team: str
    """Names the team choice, for a second round; empty where it was put together from codes."""
    result: str
    result_name: str
    strength: Strength
    headline: str
    members: int
    alone: tuple[Share, ...]
    """Where the members land on their own."""
    reasons: tuple[Reason, ...]
    splits: tuple[Split, ...]
    """The questions that divide the team most."""
    to_agree: tuple[str, ...]
    """Facts on which the answers are tied."""
    flips: tuple[TeamFlip, ...]
    before: str | None = None
    """The verdict of the last round, where it was another."""
