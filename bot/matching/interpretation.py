"""What the matcher makes of a message."""

from __future__ import annotations

from typing import NamedTuple

from bot.matching.fusion import Decision
from bot.matching.question_form import Choosing, QuestionForm
from bot.matching.questions import QuestionMatch
from bot.matching.remarks import Remark


class Ranked(NamedTuple):
    """A topic and how likely it is meant, 0 to 1, calibrated."""

    topic: str
    confidence: float


class Interpretation(NamedTuple):
    """A message as the matcher understood it."""

    outcome: Decision
    side: str | None
    """The side it asks about: a side's id, "both", or None where nobody named one."""
    ranked: tuple[Ranked, ...] = ()
    """Candidates, best first, at most five."""
    out_of_scope: str | None = None
    """Id of the out-of-scope group that it belongs to, where one recognised it."""
    parts: tuple[Interpretation, ...] = ()
    """The questions of a message that holds several, each to be answered; empty for an ordinary message."""
    question: QuestionMatch | None = None
    """The specific question of the best topic that it asks, where one is near enough."""
    form: QuestionForm = QuestionForm.OTHER
    fits: bool = False
    """Whether an answer that begins with Yes or No fits the way in which it asks."""
    continues: bool = False
    """Whether it asks for more about the topic before, or turns to another side of it."""
    shows: bool = False
    """Whether it asks to see code for what was answered before, and there is some."""
    tells: bool = False
    """Whether a story is told around what it asks, or it asks several things."""
    choosing: Choosing = Choosing.NO
    """How far it asks what to choose."""
    remark: Remark | None = None
    """What somebody means who asks nothing, or who asks something about the last answer."""
