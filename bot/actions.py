"""What a button says when it is pressed, as a closed union of frozen records.

A button carries its whole meaning, so it works after a restart or an update, and in any process; how it is written
into a button is for `bot.action_codec`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ShowTopic:
    """Answer with this topic, as a new message."""

    code: ClassVar[str] = "t"
    topic: str
    ref: str = ""
    """The turn whose suggestion this was, where it was one."""
    question: str = ""
    """The question of the topic that was meant; empty for its general subject."""


@dataclass(frozen=True, slots=True)
class ShowSide:
    """Open this side of the answer in place; "both" opens all."""

    code: ClassVar[str] = "s"
    topic: str
    side: str
    ref: str = ""
    question: str = ""
    """The question of the topic that was asked; empty for its general subject."""


@dataclass(frozen=True, slots=True)
class ShowMore:
    """Show what an answer says below its lead. `side` is empty where no side was asked about."""

    code: ClassVar[str] = "m"
    topic: str
    side: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class ShowCode:
    """Show as code what an answer is about. `side` is empty where no side was asked about."""

    code: ClassVar[str] = "c"
    topic: str
    side: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """None of the suggestions was meant."""

    code: ClassVar[str] = "n"
    ref: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Was this helpful, "yes" or "no"? `about` is a topic's id, "not-known" or "guide"."""

    code: ClassVar[str] = "r"
    about: str
    verdict: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class OpenGuide:
    """Begin the guide, as a new message."""

    code: ClassVar[str] = "g"
    token: str = ""
    """What was read of the presser's project already; empty begins with nothing."""


@dataclass(frozen=True, slots=True)
class GuideGo:
    """Go on to the next question: what was read in a description is right, or a result is to be reopened."""

    code: ClassVar[str] = "gg"
    token: str


@dataclass(frozen=True, slots=True)
class GuideChoose:
    """Answer a question of the guide."""

    code: ClassVar[str] = "gc"
    token: str
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class GuideBack:
    """Take the last answer back."""

    code: ClassVar[str] = "gb"
    token: str


@dataclass(frozen=True, slots=True)
class GuideChange:
    """Ask one question again, keeping the other answers."""

    code: ClassVar[str] = "gq"
    token: str
    question: str


@dataclass(frozen=True, slots=True)
class GuideAnswers:
    """Show the answers so far, to change one of them or to come back as they are."""

    code: ClassVar[str] = "ga"
    token: str


@dataclass(frozen=True, slots=True)
class GuideRestart:
    """Begin the guide again with nothing answered."""

    code: ClassVar[str] = "gr"
    token: str


@dataclass(frozen=True, slots=True)
class GuideFinish:
    """Show the result now."""

    code: ClassVar[str] = "gf"
    token: str


@dataclass(frozen=True, slots=True)
class GuideCircumstance:
    """Add a circumstance to a result, or take it away again."""

    code: ClassVar[str] = "gx"
    token: str
    chip: str


@dataclass(frozen=True, slots=True)
class SaveRecord:
    """Write the result as a decision record."""

    code: ClassVar[str] = "gd"
    token: str


@dataclass(frozen=True, slots=True)
class ShareTopic:
    """Post this answer where everybody can read it."""

    code: ClassVar[str] = "ht"
    topic: str
    side: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class ShareAnswers:
    """Post these answers where everybody can read them."""

    code: ClassVar[str] = "hs"
    parts: str
    """Two or three times a topic, the side that was asked about, and the question, with full stops between them, which
    are left out at the end; tildes between the answers."""


@dataclass(frozen=True, slots=True)
class ShareResult:
    """Post this recommendation where everybody can read it."""

    code: ClassVar[str] = "hr"
    token: str


@dataclass(frozen=True, slots=True)
class Delete:
    """Take the advisor's message away; only for `owner`, the mark of the person who asked."""

    code: ClassVar[str] = "d"
    owner: str


@dataclass(frozen=True, slots=True)
class ShowArea:
    """List the topics of an area; of all areas where it is empty."""

    code: ClassVar[str] = "a"
    area: str = ""


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """Say what can be asked."""

    code: ClassVar[str] = "h"


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    """Say what is stored."""

    code: ClassVar[str] = "p"


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Remove what is stored about the person who presses."""

    code: ClassVar[str] = "f"


@dataclass(frozen=True, slots=True)
class AskPerson:
    """Post the question where people of the workspace answer such questions."""

    code: ClassVar[str] = "q"
    ref: str = ""
    """The turn whose question it is."""


@dataclass(frozen=True, slots=True)
class JoinTeam:
    """Answer the guide in private for a team choice."""

    code: ClassVar[str] = "tj"
    team: str


@dataclass(frozen=True, slots=True)
class RevealTeam:
    """Show what a team decides; only for whoever began the team choice."""

    code: ClassVar[str] = "tr"
    team: str


_GuideStep = GuideGo | GuideChoose | GuideBack | GuideChange | GuideAnswers
GuideAction = _GuideStep | GuideRestart | GuideFinish | GuideCircumstance | SaveRecord
"""Presses that act on a guide's state, which has an owner."""

_Show = ShowTopic | ShowSide | ShowMore | ShowCode | ShowArea | ShowHelp | ShowPrivacy
_Respond = ShareTopic | ShareAnswers | ShareResult | NoneOfThese | Rate | Delete | ForgetMe | AskPerson
Action = _Show | _Respond | OpenGuide | GuideAction | JoinTeam | RevealTeam
