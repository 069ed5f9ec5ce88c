"""How many phrasings bring what: the shipped knowledge base with fewer of them, asked its expected answers.

Each topic keeps so many of its phrasings, those of its questions included, chosen by chance; out-of-scope groups keep
the same share. Run it with `python tests/benchmarks/phrasings.py`; docs/writing-knowledge.md has its figures.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from adapters.cli.knowledge import read_labelled
from adapters.encoder import KeptVectors, open_encoder
from adapters.knowledge_base.model_cache import cache_folder
from bot.advisor import Advisor
from bot.evaluation import evaluate
from bot.knowledge import Knowledge, load
from bot.knowledge.models import OutOfScope, Topic
from bot.matching import learn

KNOWLEDGE = Path(__file__).parents[2] / "knowledge" / "flask-vs-django"
COUNTS = (5, 10, 20, 40, 80, 10_000)


def main() -> None:
    """Print right and found, without and with the encoder, for each number of phrasings."""
    knowledge, questions = load(KNOWLEDGE), read_labelled(KNOWLEDGE / "golden.jsonl")
    encoder = open_encoder(cache_folder(None))
    vectors = KeptVectors(encoder, cache_folder(None)) if encoder else None
    for count in COUNTS:
        fewer = thinned(knowledge, count)
        for name, used, meaning in (("words", None, None), ("words and meaning", vectors, encoder)):
            if name == "words" or encoder:
                figures = evaluate(Advisor(fewer, learn(fewer, used), meaning), questions).figures
                print(f"{count:>6} {name:>18} right {figures['right']:.1%} found {figures['found']:.1%}", flush=True)


def thinned(knowledge: Knowledge, count: int) -> Knowledge:
    """Return a knowledge base of which each topic has so many phrasings at most."""
    chance = random.Random(1)
    topics = {name: _topic(topic, count, chance) for name, topic in knowledge.topics.items()}
    before = sum(len(topic.all_phrasings) for topic in knowledge.topics.values())
    share = sum(len(topic.all_phrasings) for topic in topics.values()) / before
    outside = tuple(_outside(group, share, chance) for group in knowledge.out_of_scope)
    return replace(knowledge, topics=topics, out_of_scope=outside)


def _topic(topic: Topic, count: int, chance: random.Random) -> Topic:
    kept = set(chance.sample(topic.all_phrasings, min(count, len(topic.all_phrasings))))
    questions = [
        question.model_copy(update={"ask": tuple(ask for ask in question.ask if ask in kept) or question.ask[:1]})
        for question in topic.questions
    ]
    own = tuple(phrasing for phrasing in topic.phrasings if phrasing in kept)
    return topic.model_copy(update={"questions": tuple(questions), "phrasings": own})


def _outside(group: OutOfScope, share: float, chance: random.Random) -> OutOfScope:
    kept = chance.sample(group.phrasings, max(1, round(share * len(group.phrasings)))) if group.phrasings else ()
    return group.model_copy(update={"phrasings": tuple(kept)})


if __name__ == "__main__":
    main()
