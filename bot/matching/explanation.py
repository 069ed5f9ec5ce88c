"""Why a message is read as it is: everything that the matcher saw, for authors of a knowledge base."""

from __future__ import annotations

from dataclasses import dataclass

from bot.matching.fusion import Decision
from bot.matching.interpretation import Interpretation


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
        if reading.out_of_scope:
            return f"The out-of-scope group `{reading.out_of_scope}` fits better than every topic."
        match reading.outcome:
            case Decision.ANSWER:
                return f"Confidence {best:.2f} is at least {self.answer_from:.2f}, so it is answered."
            case Decision.SUGGEST:
                return f"Confidence {best:.2f} is below {self.answer_from:.2f}, so topics are offered."
            case Decision.DESCRIPTION:
                return "It describes a project."
            case Decision.UNKNOWN:
                return f"Confidence {best:.2f} is below {self.suggest_from:.2f}, so nothing is offered."
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
