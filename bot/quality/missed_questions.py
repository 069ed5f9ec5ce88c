"""What people asked in vain, made into work: similar questions together, each with the phrasing that would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from bot.advisor import Advisor
from bot.knowledge.knowledge_base import Knowledge
from bot.quality.evaluation import Evaluation, Labelled, evaluate

ALIKE = 72.0
"""Token sort ratio (0 to 100) from which two questions count as the same."""
LONGEST_PHRASING = 200


@dataclass(frozen=True, slots=True)
class MissedQuestion:
    """A question that was not answered at once."""

    text: str
    nearest: tuple[str, ...] = ()
    """Topics that came nearest, best first."""
    chosen: str | None = None
    """The suggestion that the person took."""
    turned_down: bool = False
    """Whether the person said that none of the suggestions was meant."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same thing."""

    text: str
    """The one that stands for the group: the shortest."""
    questions: tuple[MissedQuestion, ...]
    topic: str | None
    """The topic that most people chose, else the one that came nearest; None where all turned it down."""
    certain: bool
    """Whether people chose the topic themselves."""


@dataclass(frozen=True, slots=True)
class Change:
    """An expected answer that a patch would change."""

    question: str
    before: str
    after: str
    worse: bool


@dataclass(frozen=True, slots=True)
class Patch:
    """New phrasings by topic, and what they would change."""

    phrasings: Mapping[str, tuple[str, ...]]
    changes: tuple[Change, ...]
    refused: tuple[tuple[Group, tuple[Change, ...]], ...]
    """Groups that would spoil an expected answer, and which."""


def group(questions: Iterable[MissedQuestion]) -> list[Group]:
    """Put questions that ask the same thing together, largest group first."""
    leaders: list[str] = []
    members: list[list[MissedQuestion]] = []
    for question in sorted(questions, key=lambda q: (len(q.text), q.text)):
        near = process.extractOne(question.text.casefold(), leaders, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        if near:
            members[near[2]].append(question)
        else:
            leaders.append(question.text.casefold())
            members.append([question])
    groups = [_group(tuple(alike)) for alike in members]
    return sorted(groups, key=lambda g: (-len(g.questions), g.text))


def _group(questions: tuple[MissedQuestion, ...]) -> Group:
    chosen = Counter(q.chosen for q in questions if q.chosen)
    nearest = Counter(q.nearest[0] for q in questions if q.nearest and not q.turned_down)
    votes = chosen or nearest
    topic = votes.most_common(1)[0][0] if votes else None
    return Group(questions[0].text, questions, topic, certain=bool(chosen))


def patch(knowledge: Knowledge, groups: Sequence[Group], expected: Sequence[Labelled]) -> Patch:
    """Turn groups whose topic is known into new phrasings, leaving out those that would spoil an expected answer.

    Args:
        knowledge: what is answered now.
        groups: from `group`.
        expected: the golden questions.
    """
    first = evaluate(Advisor(knowledge), expected)
    accepted: dict[str, tuple[str, ...]] = {}
    refused = []
    current = first
    for candidate in groups:
        if candidate.topic not in knowledge.topics or _known(candidate, knowledge):
            continue
        trial = _with(accepted, candidate)
        after = evaluate(Advisor(extended(knowledge, trial)), expected)
        worse = tuple(change for change in _changes(current, after) if change.worse)
        if worse:
            refused.append((candidate, worse))
        else:
            accepted, current = trial, after
    return Patch(accepted, tuple(_changes(first, current)), tuple(refused))


def extended(knowledge: Knowledge, phrasings: Mapping[str, Sequence[str]]) -> Knowledge:
    """Return the knowledge with more phrasings in some topics."""
    topics = dict(knowledge.topics)
    for topic, more in phrasings.items():
        known = topics[topic]
        topics[topic] = known.model_copy(update={"phrasings": (*known.phrasings, *more)})
    return replace(knowledge, topics=topics)


def _known(candidate: Group, knowledge: Knowledge) -> bool:
    plain = candidate.text.casefold()
    return any(plain == phrasing.casefold() for t in knowledge.topics.values() for phrasing in t.all_phrasings)


def _with(accepted: Mapping[str, tuple[str, ...]], candidate: Group) -> dict[str, tuple[str, ...]]:
    topic = candidate.topic or ""
    return {**accepted, topic: (*accepted.get(topic, ()), candidate.text[:LONGEST_PHRASING])}


def _changes(before: Evaluation, after: Evaluation) -> Iterable[Change]:
    for old, new in zip(before.outcomes, after.outcomes, strict=True):
        if (old.answered, old.found) != (new.answered, new.found):
            worse = (new.right, new.found) < (old.right, old.found)
            yield Change(old.labelled.question, old.answered or "no answer", new.answered or "no answer", worse)
