"""Everything the advisor can say, as a closed union of frozen records.

A renderer matches on `Reply` and ends in `assert_never`: a new kind of reply that one platform forgot does not
type-check. Records hold plain text (with `code` spans in prose) and ids; no markup, no platform words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certainty(StrEnum):
    """How sure the advisor is that it understood, in words."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A topic to go to."""

    topic: str
    title: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that a question may have been about; confidence from 0 to 1."""

    topic: str
    title: str
    confidence: float


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as a reader sees it under an answer."""

    title: str
    kind: str
    """The value of a `SourceKind`: article, official, ..."""
    section: str | None
    url: str | None
    checked: date | None

    @property
    def from_article(self) -> bool:
        """Whether this is the article that the knowledge base was made from."""
        return self.kind == "article"


@dataclass(frozen=True, slots=True)
class SidePassage:
    """What holds for one side."""

    side: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """Where the article is wrong, outdated or misleading, and what holds."""

    says: str
    holds: str
    verdict: str
    since: str | None
    source: SourceLine


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question. `passages` has the sides that were asked about; `other_sides` what can be opened."""

    topic: str
    title: str
    side: str | None
    """The side that was asked about: a side's id, "both", or None where nobody named one."""
    certainty: Certainty
    confidence: float
    short: str
    passages: tuple[SidePassage, ...] = ()
    other_sides: tuple[SidePassage, ...] = ()
    choice: str | None = None
    corrections: tuple[CorrectionLine, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    related: tuple[TopicLink, ...] = ()
    checked: date | None = None
    offers_guide: bool = False
    candidates: tuple[Candidate, ...] = ()

    @property
    def meta(self) -> bool:
        """Whether this is about the conversation (greeting, thanks), with nothing to rate, cite or toggle."""
        return not (self.passages or self.other_sides or self.sources)


@dataclass(frozen=True, slots=True)
class Answers:
    """One message held several questions; each has its answer, in order. Two or three."""

    parts: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Did you mean ...? At most three candidates; "none of these" is always offered beside them."""

    candidates: tuple[Candidate, ...]
    side: str | None = None


class Unknown(StrEnum):
    """Why there is no answer."""

    EMPTY = "empty"
    """Nothing that could be read as a question."""
    NOT_FOUND = "not-found"
    """A question, but nothing in the knowledge base is near it."""
    OUT_OF_SCOPE = "out-of-scope"
    """A message of a kind that the knowledge base cannot know; `text` says which and what to do."""
    NONE_OF_THESE = "none-of-these"
    """The person turned the suggestions down."""


@dataclass(frozen=True, slots=True)
class NotKnown:
    """An honest "I don't know", with the nearest thing that can be done."""

    reason: Unknown
    text: str
    nearest: tuple[TopicLink, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Help:
    """What the advisor can do. Platforms add their own commands below."""

    text: str
    examples: tuple[str, ...]
    offers_guide: bool


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One line of the overview: a topic and a few words for each side, in the order of the sides."""

    topic: str
    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more sides next to each other, over the topics that say it in a few words."""

    title: str
    short: str
    sides: tuple[str, ...]
    """Names of the sides, as column heads."""
    rows: tuple[ComparisonRow, ...]
    offers_guide: bool


@dataclass(frozen=True, slots=True)
class AreaTopics:
    """One shelf of topics."""

    area: str
    title: str
    topics: tuple[TopicLink, ...]


@dataclass(frozen=True, slots=True)
class TopicList:
    """Everything that can be asked about, by area. With `only`, one area is open."""

    areas: tuple[AreaTopics, ...]
    only: str | None = None


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
    """The next question of the guided choice."""

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
    """The end of the guided choice."""

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


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A result as a Markdown architecture decision record."""

    filename: str
    markdown: str


class NoticeKind(StrEnum):
    """Things to say that are not about the subject."""

    STALE = "stale"
    """A button from another time, or one that cannot be read."""
    NOT_YOURS = "not-yours"
    """Somebody else's guide."""
    BUSY = "busy"
    """Too many questions at once."""
    FAILED = "failed"
    """Something broke; the log knows more."""
    THANKS = "thanks"
    """Feedback was kept."""
    PRIVACY = "privacy"
    FORGOTTEN = "forgotten"
    DELETED = "deleted"
    """The asker may take the message away; the platform does it."""
    NO_GUIDE = "no-guide"
    """This knowledge base has no guided choice."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A short word to one person."""

    kind: NoticeKind
    text: str


Reply = (
    Answer
    | Answers
    | Suggestions
    | NotKnown
    | Help
    | Comparison
    | TopicList
    | GuideQuestion
    | GuideReview
    | Recommendation
    | DecisionRecord
    | Notice
)
