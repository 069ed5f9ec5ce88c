"""What people asked in vain, made into work: similar questions together, each with the phrasing that would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process, utils

from bot.advisor import Advisor
from bot.evaluation import Evaluation, Labelled, evaluate
from bot.knowledge.knowledge_base import Knowledge
from bot.replies import NotKnown, Suggestions
from bot.replies.answers import Unknown

ALIKE = 72.0
"""Token sort ratio (0 to 100) from which two questions count as the same."""
LONGEST_PHRASING = 200
TOO_ALIKE = 90.0
"""Token sort ratio from which a question measures nothing beside a phrasing: only the order of the words differs."""
ROUNDS = 5
"""How often what spoils an expected answer is taken out and the rest is learned again, before nothing is proposed."""
Train = Callable[[Knowledge], Advisor]
"""Makes an advisor from knowledge; that takes some seconds."""


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
    offered: bool = True
    """Whether the nearest topics were near enough to be suggested; others are no reason to propose anything."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same thing."""

    text: str
    """The one that stands for the group: the shortest."""
    questions: tuple[MissedQuestion, ...]
    topic: str | None
    """The topic that most people chose, else the nearest one that was suggested; None where nobody meant any."""
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
    expected: tuple[Labelled, ...] = ()
    """For the groups that were worded in several ways: one that is no new phrasing, to measure with."""


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
    nearest = Counter(q.nearest[0] for q in questions if q.nearest and q.offered and not q.turned_down)
    votes = chosen or nearest
    topic = votes.most_common(1)[0][0] if votes else None
    return Group(questions[0].text, questions, topic, certain=bool(chosen))


def missed(advisor: Advisor, texts: Iterable[str]) -> list[MissedQuestion]:
    """Return those questions that the advisor does not answer at once; what is rightly out of scope is none of them."""
    found = []
    for text in texts:
        reply = advisor.ask(text).reply
        if isinstance(reply, Suggestions):
            found.append(MissedQuestion(text, tuple(candidate.topic for candidate in reply.candidates)))
        elif isinstance(reply, NotKnown) and reply.reason is Unknown.NOT_FOUND:
            nearest = tuple(candidate.topic for candidate in reply.candidates)
            found.append(MissedQuestion(text, nearest, offered=False))
    return found


def patch(knowledge: Knowledge, groups: Sequence[Group], expected: Sequence[Labelled], train: Train = Advisor) -> Patch:
    """Turn groups whose topic is known into new phrasings, leaving out those that would spoil an expected answer.

    All of them are learned together, and again only without those that spoil something.

    Args:
        knowledge: what is answered now.
        groups: from `group`.
        expected: the golden questions.
        train: makes an advisor of the knowledge with phrasings added.
    """
    first = evaluate(train(knowledge), expected)
    proposed = [each for each in groups if each.topic in knowledge.topics and not _known(each, knowledge)]
    refused: list[tuple[Group, tuple[Change, ...]]] = []
    for _ in range(ROUNDS):
        if not proposed:
            break
        trial = _phrasings(proposed)
        changes = tuple(_changes(first, evaluate(train(extended(knowledge, trial)), expected)))
        worse = [change for change in changes if change.worse]
        if not worse:
            return Patch(trial, changes, tuple(refused), tuple(_measuring(proposed, trial, knowledge, expected)))
        blamed = _blamed(proposed, worse)
        refused += blamed.items()
        proposed = [each for each in proposed if each not in blamed]
    return Patch({}, (), tuple(refused))


def _measuring(
    accepted: Sequence[Group],
    phrasings: Mapping[str, Sequence[str]],
    knowledge: Knowledge,
    expected: Sequence[Labelled],
) -> Iterator[Labelled]:
    """Yield for each group the wording that is least like what is learned, where one is different enough.

    No wording serves for both: a question that was learned is answered, however well or badly others are.
    """
    asked = {each.question.casefold() for each in expected}
    for one in accepted:
        topic = one.topic or ""
        learned = [text.casefold() for text in (*phrasings[topic], *knowledge.topics[topic].all_phrasings)]
        others = [each.text for each in one.questions if each.text.casefold() not in asked]
        likeness = {text: _likeness(text.casefold(), learned) for text in others}
        least = min(likeness, key=lambda text: likeness[text], default=None)
        if least is not None and likeness[least] < TOO_ALIKE:
            yield Labelled(least, (topic,), "question")


def _likeness(text: str, learned: Sequence[str]) -> float:
    near = process.extractOne(text, learned, scorer=fuzz.token_sort_ratio, processor=utils.default_process)
    return near[1] if near else 0.0


def _blamed(proposed: Sequence[Group], worse: Sequence[Change]) -> dict[Group, tuple[Change, ...]]:
    """Return the groups that probably spoiled expected answers, each with those: of the wrong topic, the most alike."""
    found: dict[Group, tuple[Change, ...]] = {}
    for change in worse:
        of_topic = [each for each in proposed if each.topic == change.after] or list(proposed)
        guilty = max(of_topic, key=lambda each: fuzz.token_set_ratio(each.text, change.question))
        found[guilty] = (*found.get(guilty, ()), change)
    return found


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


def _phrasings(groups: Iterable[Group]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in groups:
        topic = each.topic or ""
        found[topic] = (*found.get(topic, ()), each.text[:LONGEST_PHRASING])
    return found


def _changes(before: Evaluation, after: Evaluation) -> Iterable[Change]:
    for old, new in zip(before.outcomes, after.outcomes, strict=True):
        if (old.answered, old.found) != (new.answered, new.found):
            worse = (new.right, new.found) < (old.right, old.found)
            yield Change(old.labelled.question, old.answered or "no answer", new.answered or "no answer", worse)
