"""What `advisor check --deep` finds: what a knowledge base confuses, what adds nothing, what nobody measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.knowledge.advice import placed
from bot.knowledge.checks import Finding, asked_in, topic_file, words_of
from bot.knowledge.golden import NAME, Row, unmeasured
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import Topic
from bot.knowledge.yaml_documents import Problem
from bot.matching.confusions import Confusion, Confusions, Progress, confusions
from bot.matching.semantic import SentenceEncoder

WORST = 20
"""Confusions that are listed, between topics and between questions each."""
WORST_REFUSED = 10
"""Phrasings that are listed of those that would be refused as out of scope."""
NEARLY_THE_SAME = 93.0
"""From 0 to 100, in any order of the words: from here on, the second one teaches nothing."""
FEW_NAMING = 2
NAMING_SHARE = 0.1
"""So many phrasings of a topic at most, and such a share of them, are lone ones."""
LEAST_BEYOND, MOST_BEYOND = 0.1, 1.5
"""Out-of-scope examples for each phrasing: with fewer, much is answered that should not be; more are left out."""
SHOWN = 3

Place = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class DeepCheck:
    """What was found, and what it amounts to."""

    confused: tuple[Problem, ...]
    """The worst first."""
    others: tuple[Problem, ...]
    """File by file."""
    summary: str


def deep_check(
    knowledge: Knowledge,
    folder: Path,
    golden: Sequence[Row],
    encoder: SentenceEncoder | None = None,
    progress: Progress = lambda _done, _all: None,
) -> DeepCheck:
    """Look at what can only be seen by learning.

    Args:
        knowledge: what was loaded from the folder.
        folder: where it was loaded from.
        golden: its expected answers.
        encoder: makes the vectors; without one, phrasings are read by their words alone.
        progress: is told how many of the steps are done.
    """
    found = confusions(knowledge, encoder, progress)
    answered, refused = _divided(found, knowledge)
    listed = [*answered[:WORST], *refused[:WORST_REFUSED]]
    worst = [*_misplaced(listed, knowledge), *_misasked(found.questions[:WORST], knowledge)]
    others = [*phrasing_advice(knowledge), *_unmeasured(golden, knowledge)]
    return DeepCheck(
        tuple(placed(folder, each) for each in worst),
        tuple(sorted(placed(folder, each) for each in others)),
        _summary(found, knowledge, encoder=encoder is not None),
    )


def _divided(found: Confusions, knowledge: Knowledge) -> tuple[list[Confusion], list[Confusion]]:
    """Return what another topic would answer, and what would be refused."""
    answered = [each for each in found.topics if each.goes in knowledge.topics]
    return answered, [each for each in found.topics if each.goes not in knowledge.topics]


def _misplaced(found: Sequence[Confusion], knowledge: Knowledge) -> Iterator[Finding]:
    for each in found:
        beyond = each.goes not in knowledge.topics
        goes = f"out of scope, to `{each.goes}`" if beyond else f"to `{each.goes}`"
        what = f"“{each.phrasing}” of `{each.belongs}` goes {goes} when it is left out ({each.surely:.2f} sure)"
        yield *_place(each, knowledge), what, _mend(each, knowledge)


def _mend(each: Confusion, knowledge: Knowledge) -> str:
    """Return what the author can do about a misplaced phrasing: into a group that is inherited, nothing moves."""
    if each.goes in knowledge.inherited:
        off = f"a group `{each.goes}` of your own switches the inherited one off"
        return f"Name its subject in it, or give its topic more phrasings like it; {off}."
    if each.topic not in knowledge.topics:
        return "Move it there if that topic answers it, or give its group more examples like it."
    return "Move it there, or give its own topic more phrasings that say what only that one answers."


def _misasked(found: Sequence[Confusion], knowledge: Knowledge) -> Iterator[Finding]:
    for each in found:
        what = f"“{each.phrasing}” of the question `{each.belongs}` goes to `{each.goes}` when it is left out"
        mend = "Move it there, or give its question more wordings like it; two questions with one answer are one."
        yield *_place(each, knowledge), f"{what} (ahead by {each.surely:.2f})", mend


def _place(each: Confusion, knowledge: Knowledge) -> tuple[str, tuple[object, ...]]:
    """Return the file and the place in it where a phrasing stands."""
    if topic := knowledge.topics.get(each.topic):
        return topic_file(topic.id), next(place for place, text in asked_in(topic) if text == each.phrasing)
    for number, group in enumerate(knowledge.out_of_scope):
        if group.id == each.topic and each.phrasing in group.phrasings:
            return "out-of-scope.yaml", ("out_of_scope", number, "phrasings", group.phrasings.index(each.phrasing))
    return "out-of-scope.yaml", ()


def _unmeasured(golden: Sequence[Row], knowledge: Knowledge) -> Iterator[Finding]:
    topics = unmeasured(golden, knowledge)
    if topics:
        named = "1 topic has" if len(topics) == 1 else f"{len(topics)} topics have"
        what = f"{named} no expected answer: {', '.join(topics)}"
        yield NAME, (), what, "Put aside two real questions for each, in words that no phrasing has."


def _summary(found: Confusions, knowledge: Knowledge, *, encoder: bool) -> str:
    answered, refused = _divided(found, knowledge)
    own = [each for each in answered if each.topic in knowledge.topics]
    read = "with the sentence encoder" if encoder else "by words alone"
    return (
        f"Left out and asked again, {read}: {_share(len(own), found.phrasings)} phrasings go to another topic, "
        f"{_share(len(refused), found.phrasings)} out of scope, "
        f"and {_share(len(found.questions), found.wordings)} wordings to another question of their topic."
    )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "0 of 0"


def phrasing_advice(knowledge: Knowledge) -> list[Finding]:
    """Return the phrasings that add nothing, those that mislead by a side's name, and what is out of balance."""
    found: list[Finding] = []
    names = [name for side in knowledge.about.sides for name in (side.name, *side.aliases)]
    naming = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    for topic in knowledge.topics.values():
        found += _near_copies(topic, naming)
        found += _lone_sides(topic, naming)
    return [*found, *_balance(knowledge)]


def _near_copies(topic: Topic, naming: re.Pattern[str]) -> Iterator[Finding]:
    """Yield the phrasings that nearly say what one before them says, in one sentence for each question."""
    lists: list[tuple[Place, Sequence[str]]] = [(("phrasings",), topic.phrasings)]
    lists += [(("questions", number, "ask"), question.ask) for number, question in enumerate(topic.questions)]
    for place, texts in lists:
        copies = _copies([words_of(text) for text in texts], naming)
        if copies:
            pairs = "; ".join(f"“{texts[copy]}” and “{texts[kept]}”" for copy, kept in copies[:SHOWN])
            more = f" and {len(copies) - SHOWN} more" if len(copies) > SHOWN else ""
            what = f"nearly the same: {pairs}{more}"
            yield topic_file(topic.id), (*place, copies[0][0]), what, "Keep one of each, and ask in other words."


def _copies(plain: Sequence[str], naming: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the places of texts that are nearly the same as one before, each with that one's.

    Those that name other numbers, or the sides in another order, are not.
    """
    in_order = [" ".join(sorted(text.split())) for text in plain]
    telling = [(*re.findall(r"\d+", text), *naming.findall(text)) for text in plain]
    found = []
    for place, text in enumerate(in_order):
        near = process.extractOne(text, in_order[:place], scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME)
        if near and text and telling[place] == telling[near[2]]:
            found.append((place, near[2]))
    return found


def _lone_sides(topic: Topic, naming: re.Pattern[str]) -> Iterator[Finding]:
    """Yield the few phrasings that name a side where all others of the topic name none."""
    asked = [*asked_in(topic)]
    lone = [(place, text) for place, text in asked if naming.search(text)]
    if topic.meta or not lone or len(lone) > min(FEW_NAMING, NAMING_SHARE * len(asked)):
        return
    for place, text in lone:
        what = f"“{text}” names a side, and nearly no other phrasing of the topic does: the name would decide for it"
        yield topic_file(topic.id), place, what, "Say “it”: whatever the side, the same topic is meant."


def _balance(knowledge: Knowledge) -> Iterator[Finding]:
    own = sum(len(group.phrasings) for group in knowledge.out_of_scope if group.id not in knowledge.inherited)
    beyond = sum(len(group.phrasings) for group in knowledge.out_of_scope)
    phrasings = sum(len(topic.all_phrasings) for topic in knowledge.topics.values())
    what = f"{beyond} out-of-scope examples ({own} of its own) stand beside {phrasings} phrasings"
    if beyond < LEAST_BEYOND * phrasings:
        yield (
            "out-of-scope.yaml",
            (),
            what,
            "Write more near misses: what is asked of the field and no topic answers.",
        )
    if own > MOST_BEYOND * phrasings:
        yield "out-of-scope.yaml", (), what, "Write more phrasings: of the examples, only as many are learned from."
