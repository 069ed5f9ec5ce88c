"""What the matcher makes of a message, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.matching.fusion import Decision
from bot.matching.question_form import Choosing, QuestionForm
from bot.matching.questions import QuestionMatch


class Remark(StrEnum):
    """What somebody means who asks nothing of the knowledge base."""

    NOTHING = "nothing"
    """Single letters, numbers, signs: nothing can be made of it."""
    FOREIGN = "foreign"
    """It is written in another language than English."""
    LOST = "lost"
    """The last reply was not understood: "huh?"."""
    UNDECIDED = "undecided"
    """Somebody does not know what to say: "idk"."""
    STOP = "stop"
    """Enough: "never mind"."""
    PLEASED = "pleased"
    """Thanks in other words: "perfect"."""
    NOTED = "noted"
    """Heard, or laughed at: "lol", "ok"."""
    HELP = "help"
    """What is there? "menu"."""
    TOPICS = "topics"
    """Nothing but the name of a side, of which no topic tells what it is."""
    NONE_OF_THESE = "none-of-these"
    """None of the topics that were offered."""
    SOURCES = "sources"
    """Where the last answer comes from."""
    SHORTER = "shorter"
    """The last answer in fewer words."""


class Ranked(NamedTuple):
    """A topic and how likely it is meant, 0 to 1, calibrated."""

    topic: str
    confidence: float
    question: str = ""
    """Id of the question of the topic that is offered, where the topic is only offered and one is near."""


class Excerpt(NamedTuple):
    """A part of an answer."""

    text: str
    side: str | None
    """The side that it holds for alone; None where it is about all."""


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
    besides: tuple[Interpretation, ...] = ()
    """What the sentences of a story ask beside that, beyond doubt."""
    question: QuestionMatch | None = None
    """The specific question of the best topic that it asks, where one is near enough."""
    form: QuestionForm = QuestionForm.OTHER
    likelihood: float = 1.0
    """How likely it asks just that, among all that it might ask, 0 to 1."""
    guessed: bool = False
    """Whether it is answered for that question alone, as its topic is unsure."""
    fits: bool = False
    """Whether an answer that begins with Yes or No fits the way in which it asks."""
    continues: bool = False
    """Whether it asks for more about the topic before, or turns to another side of it; then its candidates, if they are
    only offered, are what else can be asked of that."""
    excerpt: Excerpt | None = None
    """The part of the last answer that it asks for; None where it asks for something else."""
    shows: bool = False
    """Whether it asks to see code for what was answered before, and there is some."""
    tells: bool = False
    """Whether a story is told around what it asks, or it asks several things."""
    choosing: Choosing = Choosing.NO
    """How far it asks what to choose."""
    remark: Remark | None = None
    """What somebody means who asks nothing, or who asks something about the last answer."""

    @property
    def asked(self) -> tuple[Interpretation, ...]:
        """All that is to be answered, what is asked first or most in front."""
        return self.parts or (self, *self.besides)


@dataclass(frozen=True, slots=True)
class WordExplained:
    """A word of the message."""

    written: str
    read: str
    """What it was taken for."""
    known: bool
    side: str | None
    """The side that it names."""


@dataclass(frozen=True, slots=True)
class NearPhrasing:
    """The phrasing of a topic, or of what is out of scope, that is most like the message."""

    group: str
    """The topic's id, or that of the out-of-scope group."""
    phrasing: str
    likeness: float
    """The share of the words of both that they have in common, 0 to 1."""
    words: float
    """What the words give the group, in log-odds up to a constant."""
    meaning: float | None
    """What the vectors give it; None without an encoder."""
    confidence: float | None
    """How likely the topic is meant; None for what is out of scope."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the matcher made of a message, and why."""

    words: tuple[WordExplained, ...]
    asking: tuple[str, ...]
    """The sentences that ask."""
    nearest: tuple[NearPhrasing, ...]
    reading: Interpretation
    answer_from: float
    suggest_from: float
    """The thresholds of this knowledge base."""

    @property
    def decided_by(self) -> str:
        """What decided, in a sentence."""
        reading = self.reading
        best = reading.ranked[0].confidence if reading.ranked else 0.0
        if reading.remark:
            return f"It asks nothing: {reading.remark.value}."
        if reading.continues:
            return "It hangs on the message before."
        if reading.out_of_scope and reading.outcome is Decision.UNKNOWN:
            return f"The out-of-scope group `{reading.out_of_scope}` fits better than every topic."
        match reading.outcome:
            case Decision.ANSWER if reading.guessed:
                likely = f"its question is asked with a probability of {reading.likelihood:.2f}"
                return f"Confidence {_beside(best, self.answer_from)}, but {likely}, so that is answered."
            case Decision.ANSWER if best < self.answer_from:
                return (
                    f"Confidence {_beside(best, self.answer_from)}, but no other topic comes near, so it is answered."
                )
            case Decision.ANSWER:
                return f"Confidence {_beside(best, self.answer_from)}, so it is answered."
            case Decision.SUGGEST if best >= self.answer_from:
                return f"Confidence {_beside(best, self.answer_from)}, but it asks for no answer that is known."
            case Decision.SUGGEST:
                return f"Confidence {_beside(best, self.answer_from)}, so topics are offered."
            case Decision.DESCRIPTION:
                return "It describes a project."
            case Decision.UNKNOWN if best >= self.suggest_from:
                return f"Confidence {_beside(best, self.suggest_from)}, but no topic can be offered."
            case Decision.UNKNOWN:
                return f"Confidence {_beside(best, self.suggest_from)}, so nothing is offered."
            case Decision.EMPTY:
                return "There is nothing to read in it."

    @property
    def yes_or_no(self) -> str:
        """Whether a Yes or No in front of the answer is kept, and why, in a sentence."""
        reading = self.reading
        if reading.question is None:
            return "No specific question is answered, so there is no Yes or No."
        if reading.fits:
            return "It asks for Yes or No in the same sense as the nearest wording, so that stays in front."
        if reading.form.value != "yes-no":
            return f"It asks for another kind of answer ({reading.form.value}), so a Yes or No in front is left out."
        return "It asks the opposite of the nearest wording, so a Yes or No in front is left out."


_MOST_DIGITS = 6


def _beside(value: float, threshold: float) -> str:
    """Return on which side of a threshold a value lies, with so many digits that they differ."""
    if value >= threshold:
        return f"{value:.2f} is at least {threshold:.2f}"
    digits = next((n for n in range(2, _MOST_DIGITS) if f"{value:.{n}f}" != f"{threshold:.{n}f}"), _MOST_DIGITS)
    return f"{value:.{digits}f} is below {threshold:.{digits}f}"
