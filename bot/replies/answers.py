"""Replies to a question: an answer, several, a question back, or an honest "I don't know"; lists to browse; notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certainty(StrEnum):
    """How sure the advisor is that it understood, in words."""

    SURE = "sure"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A topic to go to."""

    topic: str
    title: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that a message may have been about, or one of its questions; confidence from 0 to 1."""

    topic: str
    title: str
    confidence: float
    question: str = ""
    """Id of the topic's question; empty for the topic as such."""
    asks: str = ""
    """That question in words."""

    @property
    def label(self) -> str:
        """What is shown to choose it by."""
        return self.asks or self.title


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as a reader sees it under an answer."""

    title: str
    kind: str
    """The value of a `SourceKind`: article, official, ..."""
    section: str | None
    url: str | None
    checked: date | None
    reference: str | None = None
    """How to find a source that has no link, such as its author, publisher and date."""

    @property
    def from_article(self) -> bool:
        """Whether this is the article that the knowledge base was made from."""
        return self.kind == "article"

    @property
    def name(self) -> str:
        """Its title, with the reference where there is no link to follow."""
        title = f"the article “{self.title}”" if self.from_article else self.title
        return f"{title} ({self.reference})" if self.reference else title


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
class Lead:
    """What is shown first of an answer, and to everybody: a few sentences, and at most a line for each side."""

    text: str
    passages: tuple[SidePassage, ...] = ()
    correction: CorrectionLine | None = None
    """Where the article says something else, if the question touches that claim."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: the lead first, and all else that the topic says for whoever wants more.

    `passages` has the sides that were asked about; `other_sides` what can be opened.
    """

    topic: str
    title: str
    side: str | None
    """The side that was asked about: a side's id, "both", or None where nobody named one."""
    certainty: Certainty
    confidence: float
    lead: Lead
    short: str
    question: str | None = None
    """Id of the topic's question that it answers, where one was asked."""
    passages: tuple[SidePassage, ...] = ()
    other_sides: tuple[SidePassage, ...] = ()
    choice: str | None = None
    corrections: tuple[CorrectionLine, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    related: tuple[TopicLink, ...] = ()
    checked: date | None = None
    offers_guide: bool = False
    guide_token: str | None = None
    """Where the guide goes on from what the message said of a project; None where it said nothing of one."""
    candidates: tuple[Candidate, ...] = ()
    code: str | None = None
    """Id of the task that shows as code what this answers, where there is one."""

    @property
    def meta(self) -> bool:
        """Whether this is about the conversation (greeting, thanks), with nothing to rate, cite or toggle."""
        return not (self.passages or self.other_sides or self.sources)


@dataclass(frozen=True, slots=True)
class AnswerDetails:
    """Everything that an answer says below its lead."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Answers:
    """One message held several questions; each has its answer, in order. Two or three."""

    parts: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Did you mean ...? At most three candidates; "none of these" is always offered beside them.

    Where only one topic is near, they are the nearest of its questions.
    """

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
    """The topics of one area."""

    area: str
    title: str
    topics: tuple[TopicLink, ...]


@dataclass(frozen=True, slots=True)
class TopicList:
    """Everything that can be asked about, by area. With `only`, one area is open."""

    areas: tuple[AreaTopics, ...]
    only: str | None = None


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
    INFO = "info"
    """Anything else that one person has to know."""
    LEFT = "left"
    """The guide was left before its end."""
    NO_GUIDE = "no-guide"
    """This knowledge base has no guide."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A short word to one person."""

    kind: NoticeKind
    text: str
