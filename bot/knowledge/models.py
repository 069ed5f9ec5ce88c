"""What a knowledge base says, as data: sides, sources, topics, out-of-scope groups.

Every model is frozen and refuses unknown keys, so a misspelt key is an error, not a silence.
Prose is plain text in which only `code` spans have a meaning; each platform renders those its own way.
The limits on lengths are what the narrowest surface can show in one message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
SideId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=20)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
Phrasing = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
ComparisonTemplate = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^{}]*\{\}[^{}]*$", max_length=80)
]

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=70)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=420)]
Passage = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=650)]
Remark = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=360)]
Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Glance = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]

ANSWER_LIMIT = 3_300
"""Characters of prose in one whole answer, both sides open: leaves room for headings, links and buttons."""


LEAD_LIMIT = 60
"""Words of what is shown first, the lines about the sides among them."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`“\"'(])")


class Model(BaseModel):
    """A frozen piece of knowledge that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Side(Model):
    """One of the things that are compared."""

    id: SideId = Field(description="Small letters, digits and _ (no hyphens); everything about this side names it.")
    name: Word = Field(description="How it is written in answers.")
    aliases: tuple[Word, ...] = Field(default=(), description="Nicknames and usual misspellings, lower case.")


class Area(Model):
    """Topics that are listed together."""

    id: Slug = Field(description="Small letters, digits and hyphens; topics name it.")
    title: Title = Field(description="The heading above its topics.")


class SourceKind(StrEnum):
    """What a source is, which says how far to trust it."""

    ARTICLE = "article"
    OFFICIAL = "official"
    STANDARD = "standard"
    MEASUREMENT = "measurement"
    SURVEY = "survey"
    PROJECT = "project"
    GUIDE = "guide"


class Source(Model):
    """Something that a statement can be traced to."""

    id: Slug = Field(description="Small letters, digits and hyphens; citations name it.")
    title: Title = Field(description="What readers see under an answer.")
    kind: SourceKind = Field(
        description="How far to trust it: its own documentation, a measurement, somebody's guide, ..."
    )
    author: Line | None = Field(default=None, description="Who wrote it.")
    publisher: Line | None = Field(default=None, description="Who published it.")
    published: date | None = Field(default=None, description="When it was published, where that is known.")
    url: HttpUrl | None = Field(
        default=None, description="Where readers can look it up; a link under each answer that cites it."
    )
    document: Line | None = Field(default=None, description="A file of this repository that describes it.")
    version: Line | None = Field(default=None, description="The version of the documents that was read.")
    package: Word | None = Field(default=None, description="The package whose version that is.")
    checked: date = Field(description="When somebody last compared it with what we say.")

    @property
    def reference(self) -> str | None:
        """How to find it without a link: the document, or author, publisher and date; none where there is a link."""
        if self.url or self.document:
            return None if self.url else self.document
        day = f"{self.published.day} {self.published:%B %Y}" if self.published else None
        return ", ".join(filter(None, (self.author, self.publisher, day))) or None


class Citation(Model):
    """A place in a source."""

    source: Slug = Field(description="The id of a source.")
    section: Line | None = Field(default=None, description="The heading in it, where readers find the statement.")
    url: HttpUrl | None = Field(default=None, description="The page; the source's own address where absent.")


class CorrectionVerdict(StrEnum):
    """What is the matter with a statement of the article."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    MISLEADING = "misleading"


class Correction(Model):
    """Where the article and better sources disagree."""

    id: Slug | None = Field(default=None, description="A name, so that a question can say that it touches this claim.")
    says: Line = Field(description="What the article says, in our words.")
    holds: Remark = Field(description="What holds instead.")
    verdict: CorrectionVerdict = Field(
        description="Whether the article was never right, is so no longer, or gives a wrong idea."
    )
    since: Line | None = Field(default=None, description="Since when, where it was once true.")
    source: Citation = Field(description="Who says what holds.")


class TopicQuestion(Model):
    """One specific question below a topic, with the answer to just that."""

    id: Slug = Field(description="Small letters, digits and hyphens; unique within the topic.")
    ask: tuple[Phrasing, ...] = Field(
        min_length=1, description="How people ask just this, as they type it: whatever `answer` settles."
    )
    answer: Statement = Field(description="1 to 3 sentences; the first words answer: yes, no, the step, the name.")
    sides: Mapping[SideId, Statement] = Field(
        default={}, description="The answer for each side, where they differ; each is read alone."
    )
    sources: tuple[Citation, ...] = Field(default=(), description="Where it is said; the topic's sources where absent.")
    code: Slug | None = Field(default=None, description="The task under `code/` that shows it.")
    correction: Slug | None = Field(default=None, description="The id of the topic's correction that it touches.")


class Topic(Model):
    """One thing that people ask about, and the answer."""

    id: Slug = Field(description="The name of this file without .yaml; stands in buttons.")
    area: Slug = Field(description="The id of an area of knowledge.yaml.")
    title: Title = Field(description="What the topic is called: a heading, a button, a line of a menu.")
    short: Short = Field(description="The point, first. Two or three sentences at the most.")
    sides: Mapping[SideId, Passage] = Field(default={}, description="One answer for each side.")
    glance: Mapping[SideId, Glance] = Field(default={}, description="A few words a side, for the overview table.")
    choice: Remark | None = Field(default=None, description="What follows for the choice between the sides.")
    corrections: tuple[Correction, ...] = Field(
        default=(), max_length=4, description="Where the article is wrong, outdated or misleading, and what holds."
    )
    sources: tuple[Citation, ...] = Field(
        default=(), description="Where the answer comes from, the best first; needed where there are sides."
    )
    related: tuple[Slug, ...] = Field(default=(), max_length=4, description="Ids of topics to read next; at most four.")
    questions: tuple[TopicQuestion, ...] = Field(
        default=(), description="Specific questions below the topic, each with an answer of its own."
    )
    phrasings: tuple[Phrasing, ...] = Field(
        default=(),
        description="How people ask about the general subject, as they type it: what `short` answers, and no question.",
    )
    keywords: tuple[Word, ...] = Field(default=(), description="Words that by themselves point to this topic.")
    checked: date | None = Field(default=None, description="When the answer was last checked against its sources.")
    guide: bool = Field(default=False, description="Whether the answer ends with an offer of the guide.")

    @property
    def meta(self) -> bool:
        """Whether this topic is about the conversation itself (greeting, thanks, help)."""
        return not self.sides

    @property
    def all_phrasings(self) -> tuple[str, ...]:
        """Every way to ask about this topic: its own phrasings, then those of its questions."""
        return (*self.phrasings, *(ask for question in self.questions for ask in question.ask))

    def question(self, question_id: str) -> TopicQuestion | None:
        """Return the question of this topic with this id."""
        return next((question for question in self.questions if question.id == question_id), None)

    def prose_length(self) -> int:
        """Characters that a reader sees when every side is open."""
        said = [self.title, self.short, self.choice or "", *self.sides.values()]
        said += [part for c in self.corrections for part in (c.says, c.holds, c.since or "")]
        return sum(map(len, said))

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        if not self.all_phrasings:
            problem = "nobody can ask this: it has neither `phrasings` nor `questions`"
            raise ValueError(problem)
        return self

    @model_validator(mode="after")
    def _fits_one_message(self) -> Self:
        if self.prose_length() > ANSWER_LIMIT:
            problem = f"the whole answer has {self.prose_length()} characters, more than the {ANSWER_LIMIT} that fit"
            raise ValueError(problem)
        return self


class OutOfScope(Model):
    """A kind of message that the knowledge base cannot know the answer to."""

    id: Slug = Field(description="Small letters, digits and hyphens.")
    title: Title = Field(description="What such messages are, for authors.")
    reply: Short = Field(description="What to say instead of an answer, with a way on.")
    signs: tuple[Phrasing, ...] = Field(
        default=(),
        description="Words or phrases that give such a message away wherever they stand, word for word in this order.",
    )
    phrasings: tuple[Phrasing, ...] = Field(
        default=(), description="Whole example messages, to learn from: five to ten, above all near misses."
    )


class Synonyms(Model):
    """Several ways to write one word of the field."""

    word: Word = Field(description="The word that the phrasings prefer.")
    also: tuple[Word, ...] = Field(min_length=1, description="What people write for it; several words are allowed.")


class Vocabulary(Model):
    """Words that help to read a message, whatever topic it is about."""

    synonyms: tuple[Synonyms, ...] = Field(
        default=(), description="Words of one meaning; applied blindly, in phrasings and in questions alike."
    )
    stop_words: tuple[Word, ...] = Field(default=(), description="Words that carry no topic.")
    both: tuple[Word, ...] = Field(default=(), description="Words that mean all sides at once, such as 'both'.")
    frames: tuple[ComparisonTemplate, ...] = Field(
        default=(), description="Comparisons of the sides in one respect, {} for what: 'who does {} better'."
    )
    products: tuple[Word, ...] = Field(
        default=(), description="Names of other products; a message about them alone is out of scope."
    )


class About(Model):
    """What the knowledge base is."""

    id: Slug = Field(description="Small letters, digits and hyphens; names what was learned in the cache.")
    title: Title = Field(
        description="The subject as a title; also what the advisor is called, where there is no `name`."
    )
    name: Line | None = Field(default=None, description="What the advisor is called; the title where absent.")
    subject: Line = Field(description="What it can answer, as the end of 'I know about ...'.")
    article: Slug | None = Field(default=None, description="The source it was first made from.")
    sides: tuple[Side, ...] = Field(
        min_length=2, description="What is compared. The guide decides between the first two."
    )
    kind: Word | None = Field(default=None, description="What each side is, as people say it: framework, drink.")
    areas: tuple[Area, ...] = Field(min_length=1, description="Groups of topics, in the order of lists and menus.")
    greeting: Slug | None = Field(default=None, description="The topic that answers a greeting.")
    thanks: Slug | None = Field(default=None, description="The topic that answers thanks.")
    help: Slug | None = Field(default=None, description="The topic that says what can be asked.")
    choosing: Slug | None = Field(default=None, description="The topic that leads into the guide.")
    overview: Slug | None = Field(default=None, description="The topic that a comparison without a topic shows.")
    examples: tuple[Phrasing, ...] = Field(default=(), description="Questions to try, shown on first screens.")
    inherit: bool = Field(
        default=True,
        description="Whether the chat words and out-of-scope examples that come with the program are used, too.",
    )

    @property
    def comparing(self) -> frozenset[str]:
        """The topics that weigh the sides as such: which to choose, and the overview, as far as there are any."""
        return frozenset(topic for topic in (self.choosing, self.overview) if topic)

    @property
    def meta_topics(self) -> frozenset[str]:
        """The topics about the conversation itself: greeting, thanks and help, as far as there are any."""
        return frozenset(topic for topic in (self.greeting, self.thanks, self.help) if topic)

    @property
    def called(self) -> str:
        """The name under which people meet the advisor: on install pages, in modals, in the manifest."""
        return self.name or self.title
