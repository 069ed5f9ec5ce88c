"""How well labelled questions are answered, and how well descriptions of projects are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot import replies
from bot.advisor import Advisor
from bot.guide.description import DescriptionReader
from bot.replies import Reply

OUT_OF_SCOPE = "oos"
FOLLOW_UP = "followup"
META = "meta"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the topics that answer it; none for a message that must not be answered."""

    question: str
    right: tuple[str, ...]
    kind: str
    """"oos", "followup", "meta"; anything else is an ordinary question."""
    before: str | None = None
    """The question asked just before."""
    answered_by: str | None = None
    """The topic's question that answers it, where there is one."""
    says: tuple[str, ...] = ()
    """Patterns, each of which the lead must match somewhere, in any case."""


@dataclass(frozen=True, slots=True)
class EvaluatedQuestion:
    """What became of a labelled question."""

    labelled: Labelled
    answered: str | None
    """The topic of the answer, where there was one."""
    suggested: tuple[str, ...]
    asked: str | None = None
    """The topic's question that was answered, where it was one."""
    lead: str = ""
    """What was shown first."""

    @property
    def direct(self) -> bool:
        """Whether what was shown first answers the very question, as far as the labels can say."""
        expected = self.labelled.answered_by in (None, self.asked)
        return self.right and expected and all(re.search(p, self.lead, re.IGNORECASE) for p in self.labelled.says)

    @property
    def right(self) -> bool:
        """Whether it was answered at once with an acceptable topic, or rightly not answered."""
        return self.answered in self.labelled.right if self.labelled.right else self.answered is None

    @property
    def found(self) -> bool:
        """Whether an acceptable topic was the answer or among the suggestions."""
        return self.right or any(topic in self.labelled.right for topic in self.suggested)

    @property
    def wrong(self) -> bool:
        """Whether it was answered with a topic that is not acceptable."""
        return self.answered is not None and self.answered not in self.labelled.right


@dataclass(frozen=True)
class Evaluation:
    """The outcomes of a set of labelled questions, and the shares that sum them up (0 to 1)."""

    outcomes: Sequence[EvaluatedQuestion]
    figures: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "figures", _figures(self.outcomes))

    def misses(self) -> list[EvaluatedQuestion]:
        """Return what was not right, for a person to read."""
        return [outcome for outcome in self.outcomes if not outcome.right]

    def below(self, floors: dict[str, float]) -> list[str]:
        """Return a sentence for each figure that is under its floor, or over its ceiling for mistakes."""
        return below(self.figures, floors, CEILINGS)


FIGURES = ("right", "found", "wrong", "direct", "out_of_scope_answered", "followups", "meta")
"""The names of all figures; those of which the questions hold nothing are not measured."""
CEILINGS = {"wrong", "out_of_scope_answered"}
"""Figures that count mistakes: less is better."""


def evaluate(advisor: Advisor, questions: Iterable[Labelled]) -> Evaluation:
    """Ask every question, after the one before it where there is one."""
    return Evaluation([_ask(advisor, labelled) for labelled in questions])


def _ask(advisor: Advisor, labelled: Labelled) -> EvaluatedQuestion:
    context = advisor.ask(labelled.before).context if labelled.before else None
    reply = advisor.ask(labelled.question, context).reply
    return EvaluatedQuestion(labelled, answered_topic(reply, advisor), _suggested(reply), *_shown(reply))


def _shown(reply: Reply) -> tuple[str | None, str]:
    match reply:
        case replies.Answer(question=question, lead=lead):
            return question, _text(lead)
        case replies.Answers(parts):
            return parts[0].question, "\n".join(_text(part.lead) for part in parts)
        case _:
            return None, ""


def _text(lead: replies.Lead) -> str:
    return "\n".join([lead.text, *(f"{passage.name}: {passage.text}" for passage in lead.passages)])


def answered_topic(reply: Reply, advisor: Advisor) -> str | None:
    """Return the topic that a reply answers, where it is an answer."""
    about = advisor.knowledge.about
    match reply:
        case replies.Answer(topic=topic) | replies.CodeComparison(topic=topic):
            return topic
        case replies.Answers(parts):
            return parts[0].topic
        case replies.Interrupted(said):
            return answered_topic(said, advisor)
        case replies.Help():
            return about.help
        case replies.Comparison():
            return about.overview
        case replies.GuideQuestion() | replies.GuideReview() | replies.Recommendation():
            return about.choosing
        case _:
            return None


def _suggested(reply: Reply) -> tuple[str, ...]:
    return tuple(c.topic for c in reply.candidates) if isinstance(reply, replies.Suggestions) else ()


def _figures(outcomes: Sequence[EvaluatedQuestion]) -> dict[str, float]:
    kinds: dict[str, list[EvaluatedQuestion]] = {"question": [], OUT_OF_SCOPE: [], FOLLOW_UP: [], META: []}
    for outcome in outcomes:
        kinds.get(outcome.labelled.kind, kinds["question"]).append(outcome)
    asked, outside = kinds["question"], kinds[OUT_OF_SCOPE]
    specific = [o for o in outcomes if o.labelled.answered_by or o.labelled.says]
    shares = {
        "right": (asked, [o.right for o in asked]),
        "found": (asked, [o.found for o in asked]),
        "wrong": (asked, [o.wrong for o in asked]),
        "direct": (specific, [o.direct for o in specific]),
        "out_of_scope_answered": (outside, [o.answered is not None for o in outside]),
        "followups": (kinds[FOLLOW_UP], [o.right for o in kinds[FOLLOW_UP]]),
        "meta": (kinds[META], [o.right for o in kinds[META]]),
    }
    return {name: sum(hits) / len(of) for name, (of, hits) in shares.items() if of}


def below(figures: Mapping[str, float], floors: Mapping[str, float], ceilings: Collection[str]) -> list[str]:
    """Return a sentence for each figure that is under its floor, or over it where it counts mistakes.

    Args:
        figures: what was measured, as shares of 1, by name.
        floors: what is needed; one without a figure was not measured, and says nothing.
        ceilings: the names of those that count mistakes: less is better.
    """
    return [
        f"{name} is {value:.1%}, {'at most' if name in ceilings else 'at least'} {floor:.1%} is needed"
        for name, floor in floors.items()
        if (value := figures.get(name)) is not None and (value > floor if name in ceilings else value < floor)
    ]


DESCRIPTION_FIGURES = ("precision", "recall", "silent", "led", "misled")
DESCRIPTION_CEILINGS = frozenset({"silent", "misled"})
"""Figures that count mistakes: less is better."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message, with what a careful reader understands in it."""

    text: str
    understood: Mapping[str, str] = field(default_factory=dict)
    """Options by question."""
    project: bool = True
    """Whether it describes a project at all."""


@dataclass(frozen=True, slots=True)
class Slip:
    """An answer that was read wrongly: `right` is None where the description does not say it."""

    text: str
    question: str
    read: str
    right: str | None


@dataclass(frozen=True)
class DescriptionQuality:
    """What became of the examples."""

    right: Counter[str]
    """Answers read rightly, by question."""
    read: Counter[str]
    labelled: Counter[str]
    projects: int
    silent: int
    """Descriptions in which nothing was read."""
    led: int
    """Descriptions that lead into the guide."""
    others: int
    misled: int
    """Other messages that do."""
    slips: tuple[Slip, ...]

    @property
    def figures(self) -> dict[str, float]:
        """Every share by name, 0 to 1; those of which there are no examples are left out."""
        shares = {
            "precision": (self.right.total(), self.read.total()),
            "recall": (self.right.total(), self.labelled.total()),
            "silent": (self.silent, self.projects),
            "led": (self.led, self.projects),
            "misled": (self.misled, self.others),
        }
        return {name: part / whole for name, (part, whole) in shares.items() if whole}

    def below(self, floors: Mapping[str, float]) -> list[str]:
        """Return a sentence for each figure that is under its floor, or over its ceiling for mistakes."""
        return below(self.figures, floors, DESCRIPTION_CEILINGS)


def read_descriptions(reader: DescriptionReader, examples: Iterable[Example]) -> DescriptionQuality:
    """Read every example and count what was right."""
    right: Counter[str] = Counter()
    read: Counter[str] = Counter()
    labelled: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    slips: list[Slip] = []
    for example in examples:
        leads = reader.describes(example.text)
        if not example.project:
            counts.update(others=1, misled=leads)
            continue
        answers = reader.read(example.text).answers
        wrong = {question: option for question, option in answers.items() if example.understood.get(question) != option}
        counts.update(projects=1, silent=not answers, led=leads)
        read.update(answers.keys())
        labelled.update(example.understood.keys())
        right.update(answers.keys() - wrong.keys())
        slips += [Slip(example.text, key, option, example.understood.get(key)) for key, option in wrong.items()]
    return DescriptionQuality(
        right=right,
        read=read,
        labelled=labelled,
        projects=counts["projects"],
        silent=counts["silent"],
        led=counts["led"],
        others=counts["others"],
        misled=counts["misled"],
        slips=tuple(slips),
    )
