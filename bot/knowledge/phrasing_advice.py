"""What could be better about the phrasings of a knowledge base, beyond what every check looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from bot.knowledge.checks import Finding, asked_in, topic_file, words_of
from bot.knowledge.knowledge_base import Knowledge
from bot.knowledge.models import Topic

NEARLY_THE_SAME = 93.0
"""From 0 to 100, in any order of the words: from here on, the second one teaches nothing."""
FEW_NAMING = 2
NAMING_SHARE = 0.1
"""So many phrasings of a topic at most, and such a share of them, are lone ones."""
LEAST_BEYOND, MOST_BEYOND = 0.1, 1.5
"""Out-of-scope examples for each phrasing: with fewer, much is answered that should not be; more are left out."""
SHOWN = 3

Place = tuple[object, ...]


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
